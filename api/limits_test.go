package api

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/store"
)

// limited gives the world a handler with limits, and a clock that the test moves on.
func (w *world) limited(l Limits) (advance func(time.Duration)) {
	var passed atomic.Int64
	w.handler = New(Config{Service: w.node, Limits: l, Now: func() time.Time { return today.Add(time.Duration(passed.Load())) }})
	return func(d time.Duration) { passed.Add(int64(d)) }
}

// from sends a request from an address.
func (w *world) from(address, target, token string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", target, nil)
	r.RemoteAddr = address
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	answer := httptest.NewRecorder()
	w.handler.ServeHTTP(answer, r)
	return answer
}

// allowed asks until it is refused, at most 20 times, and tells how often it was answered.
func (w *world) allowed(address, target, token string, headers ...string) (answered int, refused *httptest.ResponseRecorder) {
	for answered = range 20 {
		if refused = w.from(address, target, token, headers...); refused.Code == http.StatusTooManyRequests {
			return answered, refused
		}
	}
	return 20, nil
}

const oneTrade = "/v1/trades/electrician"

// TestEveryCallerHasARate walks the classes of callers, each on a handler of its own.
func TestEveryCallerHasARate(t *testing.T) {
	w := newWorld(t)
	limits := Limits{Address: Rate{1, 3}, Person: Rate{1, 5}, System: Rate{1, 7}, Costly: Rate{0.1, 2}, Guess: Rate{1, 4}}
	candidates := "/v1/postings/" + string(w.live.ID) + "/candidates"
	for _, c := range []struct {
		name, address, target, token string
		want                         int
	}{
		{"nobody", "203.0.113.7:1", oneTrade, "", 3},
		{"nobody, from a page", "203.0.113.7:1", "/openapi.json", "", 3},
		{"a graduate", "203.0.113.7:1", oneTrade, w.tokens["graduate-self"], 5},
		{"staff", "203.0.113.7:1", oneTrade, w.tokens["staff"], 7},
		{"a service", "203.0.113.7:1", oneTrade, w.tokens["service"], 7},
		{"costly reads of an employer", "203.0.113.7:1", candidates, w.tokens["employer-own"], 2},
		{"who may not call at all", "203.0.113.7:1", candidates, "", 2},
		{"who guesses tokens", "203.0.113.7:1", oneTrade, "rbt_guessed", 4},
		{"the machine itself", "127.0.0.1:1", oneTrade, "", 20},
		{"the machine itself by IPv6", "[::1]:1", oneTrade, "", 20},
		{"a proxy on the machine that nobody told of", "127.0.0.1:1", oneTrade, "", 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			advance := w.limited(limits)
			var headers []string
			if strings.Contains(c.name, "proxy") {
				headers = []string{"X-Forwarded-For", "203.0.113.99"}
			}
			answered, refused := w.allowed(c.address, c.target, c.token, headers...)
			if answered != c.want {
				t.Fatalf("answered %d times, want %d", answered, c.want)
			}
			if refused == nil {
				return
			}
			p := problemOf(t, refused)
			wait, err := strconv.Atoi(refused.Header().Get("Retry-After"))
			if err != nil || wait < 1 || wait > 10 || !p.Retry || p.Type != "urn:rabta:problem:too-many" {
				t.Errorf("Retry-After %q, %+v", refused.Header().Get("Retry-After"), p)
			}
			advance(time.Duration(wait) * time.Second)
			if later := w.from(c.address, c.target, c.token, headers...); later.Code == http.StatusTooManyRequests {
				t.Errorf("after the time that it was told: %s", later.Body)
			}
		})
	}
}

func TestRefusalsForHasteAreCountedAndInUrdu(t *testing.T) {
	w := newWorld(t)
	w.limited(Limits{Address: Rate{1, 1}})
	w.from("203.0.113.7:1", oneTrade, "")
	refused := w.from("203.0.113.7:1", oneTrade, "", "Accept-Language", "ur")
	if p := problemOf(t, refused); refused.Header().Get("Content-Language") != "ur" || !strings.Contains(p.Detail, "درخواستیں") {
		t.Errorf("%v %+v", refused.Header(), p)
	}
	metrics := w.from("127.0.0.1:1", "/metrics", "").Body.String()
	for _, part := range []string{`rabta_http_limited_total{limit="address"} 1`, "rabta_http_in_flight 1"} {
		if !strings.Contains(metrics, part) {
			t.Errorf("%s is not in the metrics", part)
		}
	}
	if strings.Contains(metrics, "203.0.113") {
		t.Error("the metrics name an address")
	}
}

// TestOneCallerLeavesTheOthers: who used up their own share takes nothing from others, nor are a subscriber's many addresses many.
func TestOneCallerLeavesTheOthers(t *testing.T) {
	w := newWorld(t)
	w.limited(Limits{Address: Rate{1, 3}, Person: Rate{1, 3}, Guess: Rate{1, 3}})
	w.allowed("203.0.113.7:1", oneTrade, "")
	w.allowed("203.0.113.7:1", oneTrade, "rbt_guessed")
	w.allowed("[2001:db8:1:1::5]:1", oneTrade, "")
	w.allowed("203.0.113.7:1", oneTrade, w.tokens["graduate-self"])
	for _, c := range []struct {
		name, address, token string
		refused              bool
	}{
		{"another address", "203.0.113.8:1", "", false},
		{"a token from the address that is used up", "203.0.113.7:1", w.tokens["graduate-other"], false},
		{"a token from elsewhere", "203.0.113.8:1", w.tokens["graduate-other"], false},
		{"a token that is used up, from elsewhere", "203.0.113.8:1", w.tokens["graduate-self"], true},
		{"another address of the /64", "[2001:db8:1:1:ffff::9]:1", "", true},
		{"another /64", "[2001:db8:1:2::5]:1", "", false},
		{"the IPv4 address written as IPv6", "[::ffff:203.0.113.7]:1", "", true},
	} {
		if got := w.from(c.address, oneTrade, c.token).Code == http.StatusTooManyRequests; got != c.refused {
			t.Errorf("%s: refused %t, want %t", c.name, got, c.refused)
		}
	}
}

func TestWhoseAddressItIs(t *testing.T) {
	l := newLimits(Limits{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}})
	for _, c := range []struct {
		name, peer string
		forwarded  []string
		want       string
		local      bool
	}{
		{"nobody between", "203.0.113.7:80", nil, "203.0.113.7/32", false},
		{"a stranger's header", "203.0.113.7:80", []string{"198.51.100.1"}, "203.0.113.7/32", false},
		{"a proxy", "10.0.0.1:80", []string{"198.51.100.1"}, "198.51.100.1/32", false},
		{"two proxies", "10.0.0.1:80", []string{"198.51.100.1, 10.0.0.2"}, "198.51.100.1/32", false},
		{"two proxies in two headers", "10.0.0.1:80", []string{"198.51.100.1", "10.0.0.2"}, "198.51.100.1/32", false},
		{"what the caller wrote itself", "10.0.0.1:80", []string{"192.0.2.66, 198.51.100.1"}, "198.51.100.1/32", false},
		{"by IPv6", "[fd00::1]:80", []string{"2001:db8::5"}, "2001:db8::/64", false},
		{"with a zone", "[fe80::5%eth0]:80", nil, "fe80::/64", false},
		{"a proxy that says nothing", "10.0.0.1:80", nil, "10.0.0.1/32", false},
		{"a proxy that says nonsense", "10.0.0.1:80", []string{"unknown"}, "10.0.0.1/32", false},
		{"nonsense behind a proxy", "10.0.0.1:80", []string{"198.51.100.1, nonsense, 10.0.0.3"}, "10.0.0.3/32", false},
		{"the machine", "127.0.0.1:80", nil, "127.0.0.1/32", true},
		{"someone behind a proxy on the machine", "127.0.0.1:80", []string{"198.51.100.1"}, "127.0.0.1/32", false},
		{"no address", "@", nil, "invalid Prefix", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := l.callerAt(&http.Request{RemoteAddr: c.peer, Header: http.Header{"X-Forwarded-For": c.forwarded}})
			if got.network.String() != c.want || got.local != c.local {
				t.Errorf("%s local %t, want %s local %t", got.network, got.local, c.want, c.local)
			}
		})
	}
}

// TestAFloodOfAddressesTakesNoMemory: the table of rates holds as many as it may, whoever comes.
func TestAFloodOfAddressesTakesNoMemory(t *testing.T) {
	const flood, tracked = 300_000, 4_096
	r := newRates[netip.Prefix]("address", Rate{1, 2}, tracked)
	before := heapNow()
	for i := range flood {
		at := netip.AddrFrom4([4]byte{100, byte(i >> 16), byte(i >> 8), byte(i)})
		r.take(networkOf(at), today)
	}
	grown := heapNow() - before
	if r.known.Len() != tracked || grown > 4<<20 {
		t.Errorf("%d callers known, %d KB more in use", r.known.Len(), grown>>10)
	}
	t.Logf("%d addresses: %d callers known, %d KB more in use", flood, r.known.Len(), grown>>10)
	runtime.KeepAlive(r)
}

func heapNow() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestAnEmployerChangesAPostingSoOftenADay, and staff as often as they like.
func TestAnEmployerChangesAPostingSoOftenADay(t *testing.T) {
	w := newWorld(t)
	advance := w.limited(Limits{PostingChanges: 3})
	target, version := "/v1/postings/"+string(w.live.ID), w.live.Version
	change := func(actor string, want int) *httptest.ResponseRecorder {
		t.Helper()
		answer := w.ask("PUT", target, w.tokens[actor], w.postingBody(), "If-Match", etag(version))
		if answer.Code != want {
			t.Fatalf("%s: %d, want %d; %s", actor, answer.Code, want, answer.Body)
		}
		if want == 200 {
			version++
		}
		return answer
	}
	for range 3 {
		change("employer-own", 200)
	}
	refused := change("employer-own", 429)
	if wait, err := strconv.Atoi(refused.Header().Get("Retry-After")); err != nil || wait < 3600 || wait > 24*3600 {
		t.Errorf("Retry-After %q", refused.Header().Get("Retry-After"))
	}
	change("staff", 200)
	other := w.posting(matching.Open)
	if answer := w.ask("PUT", "/v1/postings/"+string(other.ID), w.tokens["employer-own"], w.postingBody(), "If-Match", etag(other.Version)); answer.Code != 200 {
		t.Errorf("another posting of the employer: %d %s", answer.Code, answer.Body)
	}
	advance(8 * time.Hour)
	change("employer-own", 200)
	change("employer-own", 429)
}

// TestAnEmployerSeesCandidatesUnderSoManyTermsADay: new postings and changed ones count alike, pages and repeats of a list do not, other
// employers and staff are not held to it, and a node that is started anew has forgotten nothing.
func TestAnEmployerSeesCandidatesUnderSoManyTermsADay(t *testing.T) {
	w := newWorld(t)
	limits := Limits{CandidateTerms: 3}
	w.limited(limits)
	list := func(p *matching.Posting, actor string, want int) {
		t.Helper()
		answer := w.ask("GET", "/v1/postings/"+string(p.ID)+"/candidates", w.tokens[actor], "")
		if answer.Code != want || want == 429 && answer.Header().Get("Retry-After") == "" {
			t.Fatalf("%s: %d, want %d; %v %s", actor, answer.Code, want, answer.Header(), answer.Body)
		}
	}
	list(w.live, "employer-own", 200)
	list(w.live, "employer-own", 200)
	if answer := w.ask("PUT", "/v1/postings/"+string(w.live.ID), w.tokens["employer-own"], w.postingBody(), "If-Match", etag(w.live.Version)); answer.Code != 200 {
		t.Fatal(answer.Body)
	}
	list(w.live, "employer-own", 200)
	second, third := w.posting(matching.Open), w.posting(matching.Open)
	list(second, "employer-own", 200)
	list(third, "employer-own", 429)
	list(second, "employer-own", 200)
	list(third, "staff", 200)
	w.limited(limits) // another node of the same store
	list(third, "employer-own", 429)
	advance := w.limited(limits)
	advance(25 * time.Hour)
	list(third, "employer-own", 200)
}

// slow is a service whose searches end when the test, or their time, ends.
type slow struct {
	Service
	searching atomic.Int64
	most      atomic.Int64
	end       chan struct{}
}

func (s *slow) Search(ctx context.Context, _ node.SearchRequest) (*node.SearchResult, error) {
	now := s.searching.Add(1)
	defer s.searching.Add(-1)
	for most := s.most.Load(); now > most && !s.most.CompareAndSwap(most, now); most = s.most.Load() {
	}
	select {
	case <-s.end:
		return &node.SearchResult{}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (s *slow) Ready() error                                  { return nil }
func (s *slow) Head(context.Context) (store.Head, error)      { return store.Head{}, nil }
func (s *slow) WaitFor(context.Context, store.Position) error { return nil }

// TestABusyNodeRefusesAtOnce: so many are worked on, some wait, and the rest hear it in no time.
func TestABusyNodeRefusesAtOnce(t *testing.T) {
	const atOnce, queue, callers = 4, 8, 200
	service := &slow{end: make(chan struct{})}
	handler := New(Config{Service: service, Limits: Limits{Reads: atOnce, Queue: queue, Wait: time.Minute}})
	var wait sync.WaitGroup
	statuses := make(chan *httptest.ResponseRecorder, callers)
	for range callers {
		wait.Go(func() {
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, httptest.NewRequest("GET", "/v1/postings", nil))
			statuses <- answer
		})
	}
	for range callers - atOnce - queue {
		refused := <-statuses
		if p := problemOf(t, refused); refused.Code != 503 || refused.Header().Get("Retry-After") != "1" || !p.Retry {
			t.Errorf("%d %v %s", refused.Code, refused.Header(), refused.Body)
		}
	}
	ready := httptest.NewRecorder()
	handler.ServeHTTP(ready, httptest.NewRequest("GET", "/readyz", nil))
	if ready.Code != 200 {
		t.Errorf("a busy node is not ready: %d", ready.Code)
	}
	close(service.end)
	wait.Wait()
	for range atOnce + queue {
		if answer := <-statuses; answer.Code != 200 {
			t.Errorf("who waited for its turn: %d %s", answer.Code, answer.Body)
		}
	}
	if service.most.Load() != atOnce {
		t.Errorf("%d at once, want %d", service.most.Load(), atOnce)
	}
}

// TestWhoWaitsTooLongIsTold covers both ways in which waiting ends.
func TestWhoWaitsTooLongIsTold(t *testing.T) {
	service := &slow{end: make(chan struct{})}
	defer close(service.end)
	g := newGate(1, 1, 10*time.Millisecond)
	leave, err := g.enter(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.enter(context.Background()); fault.KindOf(err) != fault.Unavailable || err == nil {
		t.Errorf("out of patience: %v", err)
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := g.enter(gone); fault.KindOf(err) != fault.Unavailable || err == nil {
		t.Errorf("gone: %v", err)
	}
	leave()
	if leave, err = g.enter(context.Background()); err != nil {
		t.Errorf("with a free place: %v", err)
	} else {
		leave()
	}
}

// TestARequestHasItsTime: the deadline is set outside and reaches the service.
func TestARequestHasItsTime(t *testing.T) {
	service := &slow{end: make(chan struct{})}
	defer close(service.end)
	handler := New(Config{Service: service, Limits: Limits{Time: 20 * time.Millisecond}})
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, httptest.NewRequest("GET", "/v1/postings", nil))
	if p := problemOf(t, answer); answer.Code != 503 || !p.Retry {
		t.Errorf("%d %+v", answer.Code, p)
	}
}

// full is a service on a full disk: no change is made.
type full struct{ Service }

func (full) Attempt(context.Context, node.Attempt, func(context.Context) error) (*store.Reply, error) {
	return nil, &fault.Error{Kind: fault.Full, Err: fmt.Errorf("database or disk is full: %s", secretOfTheDatabase)}
}

// TestAFullDiskReachesEveryWriter: 507 as a problem document for each operation that changes something.
func TestAFullDiskReachesEveryWriter(t *testing.T) {
	w := newWorld(t)
	next := New(Config{Service: full{w.node}, Now: func() time.Time { return today }})
	w.handler = http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		r.Header.Set("Idempotency-Key", "k")
		next.ServeHTTP(out, r)
	})
	for _, item := range documentOf(t, w).Paths {
		for method, op := range item {
			if method == "get" {
				continue
			}
			answer := w.attempt(op.OperationID, "staff")
			if p := problemOf(t, answer); answer.Code != 507 || !p.Retry || strings.Contains(answer.Body.String(), "hunter2") || op.Responses["507"].Description == "" {
				t.Errorf("%s: %d %s", op.OperationID, answer.Code, answer.Body)
			}
		}
	}
	if read := w.ask("GET", oneTrade, "", ""); read.Code != 200 {
		t.Errorf("reading: %d", read.Code)
	}
}

func TestPackedBodiesAreRefused(t *testing.T) {
	w := newWorld(t)
	for encoding, want := range map[string]int{"gzip": 415, "br": 415, "deflate, gzip": 415, "identity": 201, "": 201} {
		answer := w.ask("POST", "/v1/postings", w.tokens["staff"], w.postingBody(), "Content-Encoding", encoding, "Accept-Language", "ur")
		if answer.Code != want {
			t.Errorf("%q: %d %s", encoding, answer.Code, answer.Body)
		}
		if want == 415 {
			if p := problemOf(t, answer); !strings.Contains(p.Detail, "Content-Encoding") || answer.Header().Get("Content-Language") != "ur" {
				t.Errorf("%q: %v %+v", encoding, answer.Header(), p)
			}
		}
	}
}
