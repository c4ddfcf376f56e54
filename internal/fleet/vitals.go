package fleet

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Vitals are what one look at a server tells of it.
type Vitals struct {
	At      time.Time
	Memory  float64       // resident, bytes
	Heap    float64       // in use by Go, bytes
	Anon    float64       // of Memory, what is the process's own: Go's and C's allocations, bytes; 0 where the system does not tell
	Outside float64       // of Anon, what Go has no part in: SQLite's page caches, mostly, bytes
	Next    float64       // at how much Go collects its garbage next: about twice what lives, bytes
	Mapped  float64       // of Memory, pages of files: the program, the index's segments, the WAL's index, bytes
	Handles float64       // open files and sockets
	Slow    time.Duration // 99th percentile of the readers' answers since the look before
	Answers int           // of readers, since the look before
}

// Look reads a server's metrics and what its readers have had since the last look.
func (s *Server) Look(ctx context.Context, r *Readers) (Vitals, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL()+"/metrics", nil)
	if err != nil {
		return Vitals{}, err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return Vitals{}, err
	}
	defer func() { _ = answer.Body.Close() }()
	v := Vitals{At: time.Now()}
	var system, released float64
	wanted := map[string]*float64{"process_resident_memory_bytes": &v.Memory, "go_memstats_heap_inuse_bytes": &v.Heap, "process_open_fds": &v.Handles,
		"go_memstats_sys_bytes": &system, "go_memstats_heap_released_bytes": &released, "go_memstats_next_gc_bytes": &v.Next}
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
		name, value, _ := strings.Cut(lines.Text(), " ")
		if to := wanted[name]; to != nil {
			if *to, err = strconv.ParseFloat(value, 64); err != nil {
				return Vitals{}, fmt.Errorf("metric %s: %w", name, err)
			}
		}
	}
	v.Anon, v.Mapped = residentParts(s.PID())
	v.Outside = v.Anon - (system - released)
	times := r.Take()
	if v.Answers = len(times); v.Answers > 0 {
		v.Slow = times[v.Answers*99/100]
	}
	return v, lines.Err()
}

// Trend is what became of a server over a time.
type Trend struct {
	MemorySlope, HeapSlope     float64 // MB a minute, by least squares
	AnonSlope, MappedSlope     float64 // of MemorySlope, MB a minute
	OutsideSlope, NextSlope    float64 // of AnonSlope, what is not Go's; and by how much later Go collects
	FirstHandles, LastHandles  float64 // medians of the first and the last third
	FirstSlow, LastSlow        time.Duration
	FirstMemory, HighestMemory float64 // MB
}

// Drift is how much slower the slowest hundredth of answers became, as a share.
func (t Trend) Drift() float64 { return t.LastSlow.Seconds()/t.FirstSlow.Seconds() - 1 }

// TrendOf reads the trend from looks at regular times, of which there must be three.
func TrendOf(looks []Vitals) Trend {
	third := len(looks) / 3
	first, last := looks[:third], looks[len(looks)-third:]
	handles := func(v Vitals) float64 { return v.Handles }
	slow := func(v Vitals) float64 { return v.Slow.Seconds() }
	memory := func(v Vitals) float64 { return v.Memory }
	const mb = 1e6
	t := Trend{MemorySlope: slope(looks, memory) / mb, HeapSlope: slope(looks, func(v Vitals) float64 { return v.Heap }) / mb,
		AnonSlope:    slope(looks, func(v Vitals) float64 { return v.Anon }) / mb,
		OutsideSlope: slope(looks, func(v Vitals) float64 { return v.Outside }) / mb,
		NextSlope:    slope(looks, func(v Vitals) float64 { return v.Next }) / mb,
		MappedSlope:  slope(looks, func(v Vitals) float64 { return v.Mapped }) / mb,
		FirstHandles: median(first, handles), LastHandles: median(last, handles),
		FirstSlow: time.Duration(median(first, slow) * float64(time.Second)), LastSlow: time.Duration(median(last, slow) * float64(time.Second)),
		FirstMemory: looks[0].Memory / mb}
	for _, v := range looks {
		t.HighestMemory = max(t.HighestMemory, v.Memory/mb)
	}
	return t
}

func median(looks []Vitals, of func(Vitals) float64) float64 {
	values := make([]float64, len(looks))
	for i, v := range looks {
		values[i] = of(v)
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// slope is the least-squares slope of a value over minutes.
func slope(looks []Vitals, of func(Vitals) float64) float64 {
	var meanX, meanY float64
	for _, v := range looks {
		meanX += v.At.Sub(looks[0].At).Minutes() / float64(len(looks))
		meanY += of(v) / float64(len(looks))
	}
	var over, under float64
	for _, v := range looks {
		x := v.At.Sub(looks[0].At).Minutes() - meanX
		over += x * (of(v) - meanY)
		under += x * x
	}
	return over / under
}
