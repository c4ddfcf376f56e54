package fleet_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"

	"rabta/store/postgres/cluster"
)

// What a request may take while the network is bad. The aim is the deadline and 50 ms, which -strict asks for; the margin is for a machine
// that does other work.
const (
	deadline = 2 * time.Second
	overtime = 50 * time.Millisecond
	margin   = time.Second

	few = 5 // goroutines that come and go by themselves; 54 clients would leave more

	usualPatience = time.Second // how long a list waits for the records of what it names
)

// TestASlowAndBrokenNetwork puts a proxy between a node and PostgreSQL that delays, narrows, swallows and cuts what passes. Meanwhile every
// request is answered within its deadline, searches go on from board and index, and nothing that was acknowledged is missing. Once it
// is over, writes go through again within five seconds, behind all that waited, and no goroutine stays behind.
func TestASlowAndBrokenNetwork(t *testing.T) {
	w := newBadWire(t)
	for _, bad := range []struct{ name, toxics string }{
		{"300 ms", `{"type":"latency","attributes":{"latency":300}}`},
		{"1 KB/s", `{"type":"bandwidth","attributes":{"rate":1}} {"type":"bandwidth","stream":"upstream","attributes":{"rate":1}}`},
		{"a black hole", `{"type":"timeout","attributes":{"timeout":0}} {"type":"timeout","stream":"upstream","attributes":{"timeout":0}}`},
		{"answers lost", `{"type":"timeout","attributes":{"timeout":0}}`},
		{"reset", `{"type":"reset_peer","attributes":{"timeout":0}}`},
	} {
		t.Run(bad.name, func(t *testing.T) { w.suffer(t, strings.Split(bad.toxics, " ")) })
	}
}

// badWire is a node that reaches its database through a proxy.
type badWire struct {
	nodes    *nodes
	proxy    *toxiproxy.Proxy
	at       string
	staff    string
	employer string
}

func newBadWire(t *testing.T) *badWire {
	t.Helper()
	database, err := url.Parse(cluster.ForTest(t))
	if err != nil {
		t.Fatal(err)
	}
	zerolog.SetGlobalLevel(zerolog.Disabled) // one of the toxics writes to the library's own log
	proxy := toxiproxy.NewProxy(toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop()), "postgres", "127.0.0.1:0", database.Host)
	if err := proxy.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(proxy.Stop)
	database.Host = proxy.Listen
	w := &badWire{nodes: newNodes(t, database.String(), 1, "--request-time", deadline.String()), proxy: proxy}
	server := w.nodes.servers[0]
	w.at = server.URL()
	staff, err := server.Run(w.nodes.ctx, "token", "create", "--data", w.nodes.dir(0), "--role", "staff")
	if err != nil {
		t.Fatal(err)
	}
	w.staff = strings.TrimSpace(staff)
	_, made := send(t, w.at+"/v1/employers", w.staff, `{"name":"Ravi Works","kind":"workshop"}`, "")
	w.employer = fmt.Sprint(made["id"])
	send(t, w.at+"/v1/postings", w.staff, fmt.Sprintf(`{"employer":%q,"kind":"job","workplace":"site","trade":"electrician","title":"Wiring","vacancies":1,`+
		`"location":{"lat":31.52,"lon":74.35}}`, w.employer), "")
	return w
}

// suffer asks while the toxics are at work and afterwards.
func (w *badWire) suffer(t *testing.T, toxics []string) {
	base := w.rest(t)
	var names []string
	for _, text := range toxics {
		toxic, err := w.proxy.Toxics.AddToxicJson(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, toxic.Name)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	reading, writing, searching := newCrowd(w.at), newCrowd(w.at), newCrowd(w.at)
	reading.set(ctx, 40, func(int, int) ask {
		return ask{method: http.MethodGet, path: "/v1/employers/" + w.employer, token: w.staff}
	})
	writing.set(ctx, 10, func(client, turn int) ask {
		return ask{method: http.MethodPost, path: "/v1/employers", token: w.staff, key: fmt.Sprintf("%s-%d-%d", t.Name()[len(t.Name())-5:], client, turn),
			body: []byte(`{"name":"Ravi Works","kind":"workshop"}`)}
	})
	searching.set(ctx, 4, func(int, int) ask {
		return ask{method: http.MethodGet, path: "/v1/postings?lat=31.52&lon=74.35&trade=electrician"}
	})
	time.Sleep(*bad)
	for _, name := range names {
		if err := w.proxy.Toxics.RemoveToxic(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
	first, back := w.firstWrite(t)
	stop()
	reads, writes, searches := reading.end(), writing.end(), searching.end()
	t.Logf("reads %v, writes %v, searches %v; the first write afterwards %d in %v, back after %v", counted(reads), counted(writes), counted(searches),
		first.status, first.took.Round(time.Millisecond), back.Round(time.Millisecond))
	w.inTime(t, "reads", reads, deadline, 200, 503)
	w.inTime(t, "writes", writes, deadline, 200, 201, 503)
	w.inTime(t, "searches", searches, usualPatience, 200)
	if late(back, 5*time.Second) {
		t.Errorf("back after %v\n%s", back, w.nodes.logged(0))
	}
	w.kept(t, writes)
	over := time.Now()
	now := w.goroutines(t)
	for now > base+few && time.Since(over) < 5*time.Second {
		time.Sleep(100 * time.Millisecond)
		now = w.goroutines(t)
	}
	t.Logf("%d goroutines before, %d after %v", base, now, time.Since(over).Round(time.Millisecond))
	if now > base+few {
		t.Errorf("%d goroutines before, %d five seconds after", base, now)
	}
}

// firstWrite writes until it succeeds, for ten seconds at most, and gives what the first try came to and how long it took in all.
func (w *badWire) firstWrite(t *testing.T) (first answer, back time.Duration) {
	t.Helper()
	c := &http.Client{}
	defer c.CloseIdleConnections()
	for began := time.Now(); time.Since(began) < 10*time.Second; {
		got := put(t.Context(), c, w.at, ask{method: http.MethodPost, path: "/v1/employers", token: w.staff, body: []byte(`{"name":"Chenab Works","kind":"workshop"}`)})
		if first.status == 0 {
			first = got
		}
		if back = time.Since(began); got.status == http.StatusCreated {
			return first, back
		}
	}
	return first, back
}

// inTime holds answers to what they may take and be.
func (w *badWire) inTime(t *testing.T, what string, answers []answer, within time.Duration, statuses ...int) {
	t.Helper()
	nearly, longest := p99(answers)
	most := within + overtime
	if !*strict {
		most += margin
	}
	t.Logf("%s: %d, 99 %% within %v, all within %v", what, len(answers), nearly.Round(time.Millisecond), longest.Round(time.Millisecond))
	if len(answers) == 0 || nearly > most {
		t.Errorf("%s: %d, 99 %% within %v, and the deadline is %v", what, len(answers), nearly, within)
	}
	may := map[int]bool{}
	for _, status := range statuses {
		may[status] = true
	}
	for _, a := range answers {
		if !may[a.status] {
			t.Errorf("%s: %d %.300s after %v", what, a.status, a.body, a.took)
			return
		}
	}
}

// kept looks every write up that was acknowledged.
func (w *badWire) kept(t *testing.T, writes []answer) {
	t.Helper()
	c := &http.Client{}
	for _, a := range writes {
		var made struct{ ID string }
		if a.status != http.StatusCreated {
			continue
		}
		if err := json.Unmarshal(a.body, &made); err != nil {
			t.Fatal(err)
		}
		if got := put(t.Context(), c, w.at, ask{method: http.MethodGet, path: "/v1/employers/" + made.ID, token: w.staff}); got.status != http.StatusOK {
			t.Fatalf("%s was acknowledged: %d %s", made.ID, got.status, got.body)
		}
	}
	c.CloseIdleConnections()
}

// rest waits until the node is ready and gives how many goroutines it then has.
func (w *badWire) rest(t *testing.T) int {
	t.Helper()
	http.DefaultClient.CloseIdleConnections()
	for statusOf(t.Context(), w.at+"/readyz") != http.StatusOK {
		time.Sleep(20 * time.Millisecond)
	}
	http.DefaultClient.CloseIdleConnections()
	time.Sleep(200 * time.Millisecond)
	return w.goroutines(t)
}

func (w *badWire) goroutines(t *testing.T) int { return int(gauge(t, w.at, "go_goroutines")) }
