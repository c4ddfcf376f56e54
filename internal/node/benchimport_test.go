//go:build benchimport

package node_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
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
)

// TestImportFigures takes a roster of RABTA_IMPORT_ROWS invented people into an empty store while another writer writes, and prints how
// long it took until all was stored, until all could be found, how long the writer waited, and how much memory was resident.
func TestImportFigures(t *testing.T) {
	rows, err := strconv.Atoi(os.Getenv("RABTA_IMPORT_ROWS"))
	if err != nil {
		t.Fatal("say how many rows: make bench-import ROWS=100000")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "roster.csv")
	writeRoster(t, file, rows)
	cfg := config(t, filepath.Join(dir, "data"))
	cfg.Now = nil
	n, err := node.Open(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer n.Close()
	w := worldOf(t, n)
	n.Reader()
	beside := startBeside(t, w)
	memory := startMemory()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Printf("load before: %s", load)
	began := time.Now()
	mode := store.ImportMode(os.Getenv("RABTA_IMPORT_MODE"))
	report, err := n.ImportGraduates(context.Background(), io.Reader(onlyReader{f}), node.FileOptions{Subject: "operator", Source: "bench", Mode: mode})
	if err != nil {
		t.Fatal(err)
	}
	stored := time.Since(began)
	waits := beside.stop()
	fmt.Printf("%d rows: %+v\n", rows, report.ImportCounts)
	fmt.Printf("stored in %.1f s, %.0f rows a second\n", stored.Seconds(), float64(rows)/stored.Seconds())
	fmt.Printf("another writer, %d writes: waited median %v, p99 %v, longest %v\n", len(waits), at50(waits, 50), at50(waits, 99), at50(waits, 100))
	if err := n.ShowUpTo(context.Background(), report.Position, nil); err != nil {
		t.Fatal(err)
	}
	fmt.Printf("found by all %.1f s later\n", time.Since(began).Seconds()-stored.Seconds())
	load, _ = os.ReadFile("/proc/loadavg")
	fmt.Printf("memory resident: %s\nload after: %s", memory.stop(), load)
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) == nil {
		fmt.Printf("processor time: %.0f s\n", time.Duration(usage.Utime.Nano()+usage.Stime.Nano()).Seconds())
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
	places := strings.Fields("Lahore Karachi Multan Peshawar Quetta Faisalabad Sialkot Khuzdar لاہور ملتان Sukkur Gujrat")
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
	waits []time.Duration // for the right to write
}

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
			_, err = w.Store().Update(context.Background(), func(tx store.Tx) error {
				b.waits = append(b.waits, time.Since(asked))
				return tx.PutPosting(context.Background(), p)
			})
			if err != nil {
				t.Error(err)
				return
			}
		}
	})
	return b
}

func (b *beside) stop() []time.Duration {
	close(b.done)
	b.ended.Wait()
	slices.Sort(b.waits)
	return b.waits
}

func at50(sorted []time.Duration, percent int) time.Duration {
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
			m.seen = append(m.seen, resident())
		}
	})
	return m
}

func resident() int {
	raw, _ := os.ReadFile("/proc/self/statm")
	fields := strings.Fields(string(raw))
	pages, _ := strconv.Atoi(fields[1])
	return pages * os.Getpagesize() >> 20
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
	return fmt.Sprintf("%d MB at most; by tenths of the time %s", slices.Max(m.seen), strings.Join(tenths, " "))
}
