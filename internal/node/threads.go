package node

import (
	"os"
	"runtime"
)

// threadsPerCore is how many threads run Go code for each core. Of one a core, a goroutine whose wait for the disk is over stands in Go's own
// queue behind imports, merges and the collector, for up to ten milliseconds each; the system lets a thread in that has slept long. Seen with
// 300,000 rows imported: others waited 24 ms for the right to write at p99 and 48 at most, with one a core 35 and 57.
const threadsPerCore = 2

// SpreadThreads gives a process that serves a node its threads, unless its GOMAXPROCS says how many.
func SpreadThreads() {
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(threadsPerCore * runtime.GOMAXPROCS(0))
	}
}
