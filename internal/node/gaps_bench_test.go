//go:build benchgaps

package node_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"slices"
	"strconv"
	"syscall"
	"testing"
	"time"

	"rabta/api"
	"rabta/seed"
)

// TestGapFigures measures figures of a sample market of RABTA_GAPS_PEOPLE graduates and a tenth as many postings, in the ledger of a node and not in its
// store, over HTTP on the loopback: make bench-gaps PEOPLE=1000000. It has a build tag of its own, for a million takes minutes.
func TestGapFigures(t *testing.T) {
	people, err := strconv.Atoi(os.Getenv("RABTA_GAPS_PEOPLE"))
	if err != nil {
		t.Fatal("RABTA_GAPS_PEOPLE is how many graduates")
	}
	n := openNode(t, t.TempDir()+"/data")
	ctx := context.Background()
	before := heap()
	began, cpu := time.Now(), processor(t)
	must(t, n.FillFigures(ctx, seed.NewMarket(n.Reference(), seed.Size{Graduates: people, Postings: people / 10}, 1, day)))
	t.Logf("made and filled in: %.1f s, %.1f s of a processor, %d MiB more", time.Since(began).Seconds(), (processor(t) - cpu).Seconds(), (heap()-before)>>20)
	began, cpu = time.Now(), processor(t)
	must(t, n.PublishToday(ctx))
	t.Logf("all trades in full, with a frame: %.1f s, %.1f s of processors, %d MiB in all", time.Since(began).Seconds(), (processor(t) - cpu).Seconds(), (heap()-before)>>20)

	secret, _, err := n.CreateToken(ctx, "staff", "staff of a test", time.Time{})
	must(t, err)
	server := httptest.NewServer(api.New(api.Config{Service: n, Now: func() time.Time { return day }}))
	t.Cleanup(server.Close)
	levels := []string{"by=country", "by=province", "by=district", "by=tehsil", "by=cell&resolution=4", "by=cell&resolution=5", "by=cell&resolution=6", "by=cell&resolution=7"}
	var trades []string
	for _, found := range n.Reference().Catalogue.All() {
		trades = append(trades, found.Slug)
	}
	for _, level := range levels {
		measure(t, server.URL+"/v1/gaps?"+level+"&trade=", secret, trades)
	}
	measure(t, server.URL+"/v1/gaps?by=cell&resolution=7&trade=", secret, []string{"all", "isco-7", "tailor", "electrician"})
	measure(t, server.URL+"/v1/gaps/trends?by=district&trade=", secret, []string{"tailor"})
	measure(t, server.URL+"/v1/gaps/advice?trade=", secret, []string{"tailor"})
}

// measure asks for each trade in turn, five times over, and prints how long the answers took.
func measure(t *testing.T, url, secret string, trades []string) {
	t.Helper()
	var took []time.Duration
	size, cpu := int64(0), processor(t)
	for range 5 {
		for _, trade := range trades {
			began := time.Now()
			r, err := http.NewRequest(http.MethodGet, url+trade, nil)
			must(t, err)
			r.Header.Set("Authorization", "Bearer "+secret)
			answer, err := http.DefaultClient.Do(r)
			must(t, err)
			length, err := io.Copy(io.Discard, answer.Body)
			must(t, err)
			must(t, answer.Body.Close())
			if answer.StatusCode != http.StatusOK {
				t.Fatalf("%s: %d", url+trade, answer.StatusCode)
			}
			took, size = append(took, time.Since(began)), max(size, length)
		}
	}
	spent := (processor(t) - cpu) / time.Duration(len(took))
	first := took[0]
	slices.Sort(took)
	fmt.Printf("%-70s n %4d  first %8.1f ms  p50 %7.1f  p99 %7.1f  worst %7.1f; processor %6.1f ms each; up to %d KiB\n", url[len("http://127.0.0.1:"):], len(took),
		ms(first), ms(took[len(took)/2]), ms(took[len(took)*99/100]), ms(took[len(took)-1]), ms(spent), size>>10)
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// heap gives the bytes in use after a collection.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// processor gives how long the process has had processors, which a busy machine stretches little.
func processor(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	must(t, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
