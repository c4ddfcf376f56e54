//go:build benchimport

package node_test

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"rabta/internal/node"
	"rabta/matching"
	"rabta/store"
	"rabta/store/postgres/cluster"
)

// TestImportFigures takes a roster of RABTA_IMPORT_ROWS invented people into an empty store (RABTA_IMPORT_STORE: sqlite or postgres) while
// another writer writes, and prints how long it took until all was stored, until all could be found, how long the writer waited, beside
// the import and alone, how long processors worked for it here and in PostgreSQL and kept it waiting, and how much memory was resident. With
// RABTA_IMPORT_PROFILES a directory, what Go's heap holds at a quarter, a half and the whole of the rows goes there, and where this process
// spent its time until all was stored.
func TestImportFigures(t *testing.T) {
	rows, err := strconv.Atoi(os.Getenv("RABTA_IMPORT_ROWS"))
	if err != nil {
		t.Fatal("say how many rows: make bench-import ROWS=100000")
	}
	node.SpreadThreads() // as a server does
	dir := t.TempDir()
	file := filepath.Join(dir, "roster.csv")
	writeRoster(t, file, rows)
	cfg := config(t, filepath.Join(dir, "data"))
	cfg.Now = nil
	kind := cmp.Or(os.Getenv("RABTA_IMPORT_STORE"), "sqlite")
	var server string
	if kind == "postgres" {
		server, cfg.Database = durableCluster(t)
	}
	n, err := node.Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	w := worldOf(t, n)
	n.Reader()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	fmt.Printf("%s, load before: %s\n", kind, loadAverage())
	beside := startBeside(t, w)
	time.Sleep(alone)
	beside.take().print("alone")
	memory := startMemory()
	endProfile := startProfile(t)
	before, queued, written, began := workOf(server), queueingNow(), writtenBytes(), time.Now()
	mode := store.ImportMode(os.Getenv("RABTA_IMPORT_MODE"))
	report, err := n.ImportGraduates(context.Background(), io.Reader(onlyReader{f}), node.FileOptions{Subject: "operator", Source: "bench", Mode: mode,
		Progress: heapsAt(rows)})
	if err != nil {
		t.Fatal(err)
	}
	stored, work := time.Since(began), workOf(server).since(before)
	during, waited := beside.take(), queueingNow().since(queued)
	endProfile()
	fmt.Printf("%d rows: %+v\n", rows, report.ImportCounts)
	fmt.Printf("stored in %.1f s, %.0f rows a second; %v\n", stored.Seconds(), float64(rows)/stored.Seconds(), work)
	during.print("beside the import")
	fmt.Println(waited)
	if err := n.ShowUpTo(context.Background(), report.Position, nil); err != nil {
		t.Fatal(err)
	}
	fmt.Printf("found by all %.1f s later\n", time.Since(began).Seconds()-stored.Seconds())
	time.Sleep(alone)
	beside.take().print("alone again")
	beside.stop()
	fmt.Printf("memory resident: %s\nwith what came after: %v; written by this process: %d MB\nload after: %s\n", memory.stop(),
		workOf(server).since(before), (writtenBytes()-written)>>20, loadAverage())
	if report.Faulty > 0 {
		t.Errorf("%d rows are refused, the first: %v", report.Faulty, report.Faults[0])
	}
}

// alone is how long the other writer writes before the import begins, and after it.
const alone = 15 * time.Second

// durableCluster runs a server that syncs, and gives the directory of its data and its URL.
func durableCluster(t *testing.T) (data, url string) {
	dir := cluster.DirForTest(t)
	c, err := cluster.Start(context.Background(), dir, cluster.Options{Durable: true, Settings: map[string]string{
		"shared_buffers": "256MB", "max_wal_size": "4GB"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Remove(); err != nil {
			t.Error(err)
		}
	})
	return filepath.Join(dir, "data"), c.URL("postgres")
}

func loadAverage() string {
	load, _ := os.ReadFile("/proc/loadavg")
	return strings.TrimSpace(string(load))
}

// startProfile notes where processors spend their time until the function that it gives is called; nothing where nobody has asked.
func startProfile(t *testing.T) (end func()) {
	dir := os.Getenv("RABTA_IMPORT_PROFILES")
	if dir == "" {
		return func() {}
	}
	f, err := os.Create(filepath.Join(dir, "cpu.prof"))
	if err == nil {
		err = pprof.StartCPUProfile(f)
	}
	if err != nil {
		t.Fatal(err)
	}
	return func() {
		pprof.StopCPUProfile()
		_ = f.Close()
	}
}

// work is for how long processors have worked for this process, and for the processes of its PostgreSQL.
type work struct{ user, sys, serverUser, serverSys time.Duration }

func (w work) since(before work) work {
	return work{w.user - before.user, w.sys - before.sys, w.serverUser - before.serverUser, w.serverSys - before.serverSys}
}

func (w work) String() string {
	text := fmt.Sprintf("processor time here %.1f s and %.1f s in the kernel", w.user.Seconds(), w.sys.Seconds())
	if w.serverUser > 0 {
		text += fmt.Sprintf(", of PostgreSQL %.1f s and %.1f s", w.serverUser.Seconds(), w.serverSys.Seconds())
	}
	return text
}

// workOf reads it; server is where the data of PostgreSQL lie, empty without one.
func workOf(server string) work {
	var w work
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) == nil {
		w.user, w.sys = time.Duration(usage.Utime.Nano()), time.Duration(usage.Stime.Nano())
	}
	if server == "" {
		return w
	}
	pidFile, _ := os.ReadFile(filepath.Join(server, "postmaster.pid"))
	postmaster, _, _ := strings.Cut(string(pidFile), "\n")
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		raw, _ := os.ReadFile(path)
		_, rest, _ := strings.Cut(string(raw), ") ")
		fields := strings.Fields(rest) // from the third on (man 5 proc_pid_stat): state, parent, …
		if len(fields) < 15 || fields[1] != postmaster && filepath.Base(filepath.Dir(path)) != postmaster {
			continue
		}
		w.serverUser, w.serverSys = w.serverUser+ticks(fields[11]), w.serverSys+ticks(fields[12])
		if fields[1] != postmaster { // it has waited for children
			w.serverUser, w.serverSys = w.serverUser+ticks(fields[13]), w.serverSys+ticks(fields[14])
		}
	}
	return w
}

// ticks reads a time of /proc: hundredths of a second on every Linux that Go knows.
func ticks(text string) time.Duration {
	n, _ := strconv.Atoi(text)
	return time.Duration(n) * 10 * time.Millisecond
}

// writtenBytes is how much this process has had written to disks (man 5 proc_pid_io).
func writtenBytes() int64 {
	raw, _ := os.ReadFile("/proc/self/io")
	_, rest, _ := strings.Cut(string(raw), "\nwrite_bytes: ")
	line, _, _ := strings.Cut(rest, "\n")
	n, _ := strconv.ParseInt(line, 10, 64)
	return n
}

// heapsAt prints what Go's heap holds once so many rows have been taken, garbage left out; nil where nobody has asked.
func heapsAt(rows int) func(int) {
	dir := os.Getenv("RABTA_IMPORT_PROFILES")
	if dir == "" {
		return nil
	}
	due := []int{rows / 4, rows / 2, rows}
	return func(taken int) {
		if len(due) == 0 || taken < due[0] {
			return
		}
		due = due[1:]
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		all, files := resident()
		fmt.Printf("at %d rows: heap %d MB, system %d MB, resident %d MB, of it files %d MB\n", taken, m.HeapAlloc>>20, m.Sys>>20, all, files)
		if f, err := os.Create(filepath.Join(dir, fmt.Sprintf("heap-%d.prof", taken))); err == nil {
			_ = pprof.Lookup("heap").WriteTo(f, 0)
			_ = f.Close()
		}
	}
}

type onlyReader struct{ io.Reader }

// writeRoster writes invented people: one in fifty has a wrong value, one in a hundred shares a phone.
func writeRoster(t testing.TB, path string, rows int) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	out := bufio.NewWriterSize(f, 1<<20)
	first := strings.Fields("Sana Ayesha Bilal Imran Nadia Rashid Farah Kamran Zainab Usman Hina Waqas Saima Tariq Rabia Asif")
	last := strings.Fields("Iqbal Bashir Akram Rafiq Siddiq Anwar Mushtaq Yousaf Saleem Nawaz Latif Hanif Ghafoor Aslam")
	trades := strings.Fields("Electrician Plumber Tailor Welder Mason Carpenter Beautician درزی الیکٹریشن bijli")
	places := strings.Fields("Lahore Karachi Multan Peshawar Quetta Faisalabad Sialkot Khuzdar کراچی ملتان Sukkur Gujrat")
	fmt.Fprintln(out, "Roll no,Name,Phone,CNIC,Gender,Date of birth,Trade,City,Level,Experience,Consent")
	for n := range rows {
		phone, level := 300_0000000+n, strconv.Itoa(1+n%5)
		if n%100 == 99 {
			phone -= 7
		}
		if n%50 == 49 {
			level = "ninth"
		}
		fmt.Fprintf(out, "R-%d,%s %s,0%d,%s,%s,%02d/%02d/%d,%s,%s,%s,%d months,yes\n", n, first[n%len(first)], last[n/7%len(last)], phone,
			fmt.Sprintf("35202-%07d-%d", n%10_000_000, 1+n%9), [2]string{"F", "M"}[n%2], 1+n%28, 1+n%12, 1980+n%25, trades[n%len(trades)], places[n/3%len(places)], level, n%60)
	}
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// beside is a writer who writes a posting now and then.
type beside struct {
	done  chan struct{}
	ended sync.WaitGroup
	mu    sync.Mutex
	seen  waits
}

// waits are how long each write of the other writer waited for the right to write, and took until it was durable.
type waits struct{ right, durable []time.Duration }

func startBeside(t testing.TB, w *world) *beside {
	b := &beside{done: make(chan struct{})}
	b.ended.Go(func() {
		for {
			select {
			case <-b.done:
				return
			case <-time.After(10 * time.Millisecond):
			}
			p := w.wiring()
			p.Posted, p.Expires, p.Status = time.Now().UTC(), time.Now().UTC().AddDate(0, 1, 0), matching.Open
			var err error
			if p.ID, err = node.NewPostingID(w.Node); err != nil {
				t.Error(err)
				return
			}
			asked := time.Now()
			var right time.Duration
			_, err = w.Store().Update(context.Background(), func(tx store.Tx) error {
				right = time.Since(asked)
				return tx.PutPosting(context.Background(), p)
			})
			if err != nil {
				t.Error(err)
				return
			}
			b.mu.Lock()
			b.seen.right, b.seen.durable = append(b.seen.right, right), append(b.seen.durable, time.Since(asked))
			b.mu.Unlock()
		}
	})
	return b
}

// take gives what was seen since it was last taken.
func (b *beside) take() waits {
	b.mu.Lock()
	defer b.mu.Unlock()
	seen := b.seen
	b.seen = waits{}
	slices.Sort(seen.right)
	slices.Sort(seen.durable)
	return seen
}

func (b *beside) stop() {
	close(b.done)
	b.ended.Wait()
}

// print says how the writer fared, with how many of its waits fell into which span.
func (w waits) print(when string) {
	for _, part := range []struct {
		what string
		seen []time.Duration
	}{{"for the right to write", w.right}, {"until it was durable", w.durable}} {
		var spans []string
		from := 0
		for _, most := range []int{10, 20, 30, 50, 100, 200} {
			to, _ := slices.BinarySearch(part.seen, time.Duration(most)*time.Millisecond)
			spans = append(spans, fmt.Sprintf("<%d ms: %d", most, to-from))
			from = to
		}
		fmt.Printf("another writer %s, %d writes, %s: median %v, p99 %v, longest %v (%s, more: %d)\n", when, len(part.seen), part.what,
			percentile(part.seen, 50), percentile(part.seen, 99), percentile(part.seen, 100), strings.Join(spans, ", "), len(part.seen)-from)
	}
}

func percentile(sorted []time.Duration, percent int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, len(sorted)*percent/100)].Round(100 * time.Microsecond)
}

// memory watches how much is resident, in ten parts of the time.
type memory struct {
	done  chan struct{}
	ended sync.WaitGroup
	seen  []int // MB, once a second
	own   int   // the most of it that is no file's
}

func startMemory() *memory {
	m := &memory{done: make(chan struct{})}
	m.ended.Go(func() {
		for {
			select {
			case <-m.done:
				return
			case <-time.After(time.Second):
			}
			all, files := resident()
			m.seen, m.own = append(m.seen, all), max(m.own, all-files)
		}
	})
	return m
}

// resident tells how many MB of this process are in memory, and how many of them are of mapped files, which the system takes away when it
// wants to.
func resident() (all, files int) {
	raw, _ := os.ReadFile("/proc/self/statm")
	fields := strings.Fields(string(raw))
	pages, _ := strconv.Atoi(fields[1])
	shared, _ := strconv.Atoi(fields[2])
	return pages * os.Getpagesize() >> 20, shared * os.Getpagesize() >> 20
}

func (m *memory) stop() string {
	close(m.done)
	m.ended.Wait()
	runtime.GC()
	if len(m.seen) == 0 {
		return "too short"
	}
	var tenths []string
	for n := range 10 {
		tenths = append(tenths, strconv.Itoa(m.seen[min(len(m.seen)-1, (n+1)*len(m.seen)/10)]))
	}
	return fmt.Sprintf("%d MB at most, without files %d MB; by tenths of the time %s", slices.Max(m.seen), m.own, strings.Join(tenths, " "))
}
