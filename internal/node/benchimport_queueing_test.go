//go:build benchimport

package node_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/metrics"
	"strings"
	"time"
)

// queueing is for how long work of this process that could go on waited for a processor, since it began: goroutines for one of Go's, and
// threads for one of the machine's. Who waits beside an import waits for these too, and on a machine that does other work mostly for them.
type queueing struct {
	goroutines *metrics.Float64Histogram // seconds
	threads    time.Duration             // of those that have not ended
}

func queueingNow() queueing {
	sample := []metrics.Sample{{Name: "/sched/latencies:seconds"}}
	metrics.Read(sample)
	var threads time.Duration
	tasks, _ := filepath.Glob("/proc/self/task/*/schedstat")
	for _, path := range tasks {
		raw, _ := os.ReadFile(path)
		var ran, queued time.Duration // the file has nanoseconds
		if _, err := fmt.Fscan(strings.NewReader(string(raw)), &ran, &queued); err == nil {
			threads += queued
		}
	}
	return queueing{sample[0].Value.Float64Histogram(), threads}
}

// since tells of what came after before.
func (l queueing) since(before queueing) string {
	counts := make([]uint64, len(l.goroutines.Counts))
	var all uint64
	for i := range counts {
		counts[i] = l.goroutines.Counts[i] - before.goroutines.Counts[i]
		all += counts[i]
	}
	at := func(part float64) time.Duration {
		var seen uint64
		for i, n := range counts {
			if seen += n; float64(seen) >= part*float64(all) {
				return time.Duration(l.goroutines.Buckets[i] * float64(time.Second)).Round(10 * time.Microsecond)
			}
		}
		return 0
	}
	return fmt.Sprintf("a goroutine that could go on waited for a processor: p99 %v, p99.9 %v, longest %v; threads waited %.1f s in all",
		at(0.99), at(0.999), at(1), (l.threads - before.threads).Seconds())
}
