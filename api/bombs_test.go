package api

import (
	"fmt"
	"net/http/httptest"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// bombs are bodies that cost their sender little and a careless reader much. Each is refused.
func bombs(w *world) map[string]string {
	with := func(old, replacement string) string { return strings.Replace(w.postingBody(), old, replacement, 1) }
	numbered := func(n int, form string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, form, i)
		}
		return b.String()
	}
	const most = largestBody
	return map[string]string{
		"deep arrays":          strings.Repeat("[", most-1),
		"deep objects":         strings.Repeat(`{"a":`, most/6),
		"deep in a field":      with(`"yes"`, strings.Repeat("[", most/4)+strings.Repeat("]", most/4)),
		"many fields":          "{" + numbered(most/16, `"f%08d":0,`) + `"z":0}`,
		"one field many times": "{" + strings.Repeat(`"a":0,`, most/8) + `"a":0}`,
		"many entries":         with(`"vacancies":2`, `"vacancies":2,"required":[`+strings.Repeat("0,", most/4)+"0]"),
		"many empty objects":   with(`"vacancies":2`, `"vacancies":2,"licences":[`+strings.Repeat("{},", most/8)+"{}]"),
		"a long number":        with(`"vacancies":2`, `"vacancies":`+strings.Repeat("9", most/2)),
		"a huge power":         with(`"vacancies":2`, `"vacancies":1e999999999`),
		"a long text":          with(`"House wiring"`, `"`+strings.Repeat("x", most/2)+`"`),
		"a text of escapes":    with(`"House wiring"`, `"`+strings.Repeat(`\u0000`, most/8)+`"`),
		"a long name":          with(`{`, `{"`+strings.Repeat("n", most/2)+`":1,`),
		// Just within the bounds of skim, so that all of it is built and checked.
		"fields to the bound":  "{" + numbered(longestList-1, `"f%08d":0,`) + `"z":0}`,
		"entries to the bound": with(`"vacancies":2`, `"vacancies":2,"required":[`+strings.Repeat("0,", longestList-1)+"0]"),
		"values to the bound":  with(`"vacancies":2`, `"vacancies":2,"required":[[0`+strings.Repeat("],["+strings.Repeat("0,", longestList-1)+"0", widest/(longestList+2)-1)+"]]"),
		"fields of fields":     "{" + numbered(21, `"f%08d":{`+strings.Join(names(longestList/2), ",")+`},`) + `"z":0}`,
		"names to the bound":   "{" + numbered(longestList-1, `"`+strings.Repeat("n", longestName-20)+`%08d":0,`) + `"z":0}`,
		"texts to the bound":   with(`"House wiring"`, `"`+strings.Repeat("x", longestText-2)+`","description":"`+strings.Repeat("x", longestText-2)+`","duration":"`+strings.Repeat("x", longestText-2)+`"`),
		"megabytes":            with(`"House wiring"`, `"`+strings.Repeat("x", 64<<20)+`"`),
	}
}

// names are fields of an object, as many as are asked for.
func names(n int) []string {
	fields := make([]string, n)
	for i := range fields {
		fields[i] = fmt.Sprintf(`"g%d":0`, i)
	}
	return fields
}

// TestBombsAreRefusedInFlatMemory sends each bomb from many sides at once. How long a refusal takes is printed, and measured by
// BenchmarkBombs.
func TestBombsAreRefusedInFlatMemory(t *testing.T) {
	const senders, most = 8, 64 << 20
	w := newWorld(t)
	token := w.tokens["staff"]
	for name, body := range bombs(w) {
		t.Run(name, func(t *testing.T) {
			position := w.position()
			watch := watchHeap()
			took := make([]time.Duration, senders)
			var wait sync.WaitGroup
			for i := range senders {
				wait.Go(func() {
					began := time.Now()
					answer := w.ask("POST", "/v1/postings", token, body)
					took[i] = time.Since(began)
					if problemOf(t, answer); answer.Code != 400 && answer.Code != 413 && answer.Code != 422 {
						t.Errorf("answered %d %.200s", answer.Code, answer.Body)
					}
					if answer.Body.Len() > 64<<10 {
						t.Errorf("the refusal has %d KB", answer.Body.Len()>>10)
					}
				})
			}
			wait.Wait()
			grown := watch()
			if grown > most {
				t.Errorf("memory grew by %d MB", grown>>20)
			}
			if w.position() != position {
				t.Error("something was stored")
			}
			t.Logf("%d bytes, %d at once: at most %d MB more, refused in %s at the median", len(body), senders, grown>>20, median(took))
		})
	}
}

// watchHeap notes the heap from now on; the function it gives ends that and tells by how much it grew at most.
func watchHeap() func() int64 {
	before, most, stop, done := heapNow(), int64(0), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, int64(m.HeapAlloc)-before)
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	return func() int64 {
		close(stop)
		<-done
		return most
	}
}

func median(of []time.Duration) time.Duration {
	slices.Sort(of)
	return of[len(of)/2]
}

// bombRounds is in how many turns that is measured: a thousand searches take a tenth of a second, and whatever else the machine does in it
// is the 99th percentile.
const bombRounds = 7

// BenchmarkBombs measures one refusal, and what others wait meanwhile: the 99th percentile of a small search alone, beside four senders of
// such searches (an equal load of honest requests), and beside four senders of bombs; of each the median of several turns.
func BenchmarkBombs(b *testing.B) {
	w := newWorld(b)
	token := w.tokens["staff"]
	small := func() time.Duration {
		began := time.Now()
		if answer := w.ask("GET", "/v1/postings?lat=31.52&lon=74.36&within=25km", "", ""); answer.Code != 200 {
			b.Fatal(answer.Code)
		}
		return time.Since(began)
	}
	for name, body := range bombs(w) {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				w.ask("POST", "/v1/postings", token, body)
			}
			var alones, honests, bombeds []time.Duration
			for range bombRounds {
				alones = append(alones, p99(small))
				honests = append(honests, besideSenders(small, func() { small() }))
				bombeds = append(bombeds, besideSenders(small, func() { w.ask("POST", "/v1/postings", token, body) }))
			}
			alone, honest, bombed := median(alones), median(honests), median(bombeds)
			b.ReportMetric(float64(alone.Microseconds()), "p99-alone-µs")
			b.ReportMetric(float64(honest.Microseconds()), "p99-honest-µs")
			b.ReportMetric(float64(bombed.Microseconds()), "p99-bombs-µs")
			b.ReportMetric(float64(bombed)/float64(alone), "times-alone")
			b.ReportMetric(float64(bombed)/float64(honest), "times-honest")
		})
	}
}

// p99 asks a thousand times.
func p99(ask func() time.Duration) time.Duration {
	took := make([]time.Duration, 1_000)
	for i := range took {
		took[i] = ask()
	}
	slices.Sort(took)
	return took[len(took)*99/100]
}

// besideSenders is p99 while four send without a pause.
func besideSenders(ask func() time.Duration, send func()) time.Duration {
	stop := make(chan struct{})
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
					send()
				}
			}
		})
	}
	defer wait.Wait()
	defer close(stop)
	return p99(ask)
}

// TestHugeNumbersAreRefused: no list, radius or count is as long as its caller likes.
func TestHugeNumbersAreRefused(t *testing.T) {
	w := newWorld(t)
	live, own := string(w.live.ID), string(w.agreeing.ID)
	for _, target := range []string{
		"/v1/postings?limit=1000000000", "/v1/postings?limit=99999999999999999999", "/v1/postings?lat=31.5&lon=74.3&within=99999999km",
		"/v1/postings?q=" + strings.Repeat("x", 10_000), "/v1/places?q=lahore&limit=1000000", "/v1/places/nearest?lat=31.5&lon=74.3&limit=1000000",
		"/v1/trades?q=bijli&limit=1000000", "/v1/graduates?limit=1000000", "/v1/postings/" + live + "/candidates?limit=1000000",
		"/v1/postings/" + live + "/candidates?within=99999999km", "/v1/graduates/" + own + "/matches?limit=1000000",
		"/v1/employers/" + string(w.employerA.ID) + "/postings?limit=1000000", "/v1/postings?cursor=" + strings.Repeat("x", 10_000),
	} {
		var answer *httptest.ResponseRecorder
		watch := watchHeap()
		answer = w.ask("GET", target, w.tokens["staff"], "")
		if grown := watch(); grown > 16<<20 {
			t.Errorf("%.60s: memory grew by %d MB", target, grown>>20)
		}
		if p := problemOf(t, answer); answer.Code != 422 {
			t.Errorf("%.60s: %d %+v", target, answer.Code, p)
		}
	}
}
