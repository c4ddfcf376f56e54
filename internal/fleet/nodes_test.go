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

	"rabta/internal/fleet"
	"rabta/store/postgres/cluster"
)

// TestANodeIsKilledUnderLoad kills one of two nodes again and again. None of what was acknowledged is lost or done twice, the other node
// goes on, and the killed one is back in five seconds.
func TestANodeIsKilledUnderLoad(t *testing.T) {
	n := newNodes(t, cluster.ForTest(t), 2)
	steady := n.load(4) // on both, as behind a balancer
	other, err := fleet.NewLoad(n.ctx, n.dir(0), 2, n.servers[0])
	if err != nil {
		t.Fatal(err)
	}
	steady.Begin(n.ctx)
	other.Begin(n.ctx)
	slowest := time.Duration(0)
	for range *kills {
		time.Sleep(300 * time.Millisecond)
		if err := n.servers[1].Kill(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(200 * time.Millisecond)
		took, err := n.servers[1].Start(n.ctx)
		if err != nil {
			t.Fatalf("%v\n%s", err, n.logged(1))
		}
		slowest = max(slowest, took)
	}
	steady.End(30 * time.Second)
	other.End(30 * time.Second)
	counts, others := n.sound(steady), n.sound(other)
	share, requests := other.Failed(0)
	t.Logf("%d kills: acknowledged %d, lost %d, twice %d; the other node failed %.2f %% of %d requests; back in %v at most", *kills,
		counts.Acknowledged+others.Acknowledged, counts.Lost+others.Lost, counts.Twice+others.Twice, 100*share, requests, slowest)
	if share > 0.01 {
		t.Errorf("the other node failed %.2f %% of its requests", 100*share)
	}
	if late(slowest, 5*time.Second) {
		t.Errorf("back after %v", slowest)
	}
}

// TestAWriterSeesItsOwnWritesOnAnyNode posts through one node and searches at once through the other, with the position of the write.
func TestAWriterSeesItsOwnWritesOnAnyNode(t *testing.T) {
	n := newNodes(t, cluster.ForTest(t), 2)
	staff, err := n.servers[0].Run(n.ctx, "token", "create", "--data", n.dir(0), "--role", "staff")
	if err != nil {
		t.Fatal(err)
	}
	const employer = `{"name":"Ravi Works","kind":"workshop"}`
	_, made := send(t, n.servers[0].URL()+"/v1/employers", staff, employer, "")
	for i := range 20 {
		posting := fmt.Sprintf(`{"employer":%q,"kind":"job","workplace":"site","trade":"mason","title":"Wall %d","vacancies":1,`+
			`"location":{"lat":31.52,"lon":74.35}}`, made["id"], i)
		position, made := send(t, n.servers[i%2].URL()+"/v1/postings", staff, posting, "")
		_, found := send(t, n.servers[1-i%2].URL()+"/v1/postings?trade=mason&lat=31.52&lon=74.35&limit=100", staff, "", position)
		if !strings.Contains(fmt.Sprint(found["results"]), fmt.Sprint(made["id"])) {
			t.Fatalf("posting %d is not found on the other node at %q", i, position)
		}
	}
}

// send posts a body, or gets without one, and gives the position of the answer and its JSON.
func send(t *testing.T, url, token, body, position string) (string, map[string]any) {
	t.Helper()
	method := http.MethodPost
	if body == "" {
		method = http.MethodGet
	}
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(token))
	request.Header.Set("Content-Type", "application/json")
	if position != "" {
		request.Header.Set("Rabta-Position", position)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	var read map[string]any
	if err := json.NewDecoder(answer.Body).Decode(&read); err != nil || answer.StatusCode >= 300 {
		t.Fatalf("%s %s: status %d, %v, %v", method, url, answer.StatusCode, read, err)
	}
	return answer.Header.Get("Rabta-Position"), read
}

// TestANodeJoinsWithAnEmptyDisk has a third node join two under load: it is ready once it has caught up, and shows what they show.
func TestANodeJoinsWithAnEmptyDisk(t *testing.T) {
	n := newNodes(t, cluster.ForTest(t), 2)
	l := n.load(4)
	l.Begin(n.ctx)
	time.Sleep(time.Second)
	took := n.join()
	time.Sleep(300 * time.Millisecond)
	l.End(30 * time.Second)
	counts := n.sound(l)
	t.Logf("joined in %v; acknowledged %d", took, counts.Acknowledged)
}

// TestPostgresGoesAwayUnderLoad stops PostgreSQL under load and starts it again: there are errors only meanwhile, reads from board and
// index go on, and the first write succeeds within two seconds of its return.
func TestPostgresGoesAwayUnderLoad(t *testing.T) {
	c := startCluster(t)
	n := newNodes(t, c.URL("postgres"), 2)
	l := n.load(4)
	l.Begin(n.ctx)
	time.Sleep(500 * time.Millisecond)
	if err := c.StopImmediately(); err != nil {
		t.Fatal(err)
	}
	for gone := time.Now(); time.Since(gone) < *away; time.Sleep(100 * time.Millisecond) {
		for i, s := range n.servers {
			if status := statusOf(n.ctx, s.URL()+"/v1/postings?lat=31.52&lon=74.35&trade=electrician"); status != http.StatusOK {
				t.Fatalf("node %d answers a search with %d while PostgreSQL is away\n%s", i, status, n.logged(i))
			}
		}
	}
	if err := c.Restart(n.ctx); err != nil {
		t.Fatal(err)
	}
	back := time.Now()
	took, ok := l.NextSuccess(n.ctx, back)
	l.End(30 * time.Second)
	counts := n.sound(l)
	t.Logf("away for %v: acknowledged %d, lost %d, twice %d; first success %v after its return", *away, counts.Acknowledged, counts.Lost, counts.Twice, took)
	if !ok || late(took, 2*time.Second) {
		t.Errorf("the first write succeeded %v after its return", took)
	}
}

// TestFailover loses the primary, all of its processes at once, to a synchronous replica. The nodes go on with it, nothing that was
// acknowledged is missing, and what was unknown is settled by its Idempotency-Key.
func TestFailover(t *testing.T) {
	for range *failovers {
		primary := startCluster(t)
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		defer cancel()
		replica, err := primary.Replica(ctx, cluster.DirForTest(t), "replica1", true)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = replica.Remove() })
		n := newNodes(t, hosts(primary.URL("postgres"), replica.URL("postgres")), 2)
		l := n.load(4)
		l.Begin(n.ctx)
		time.Sleep(time.Second)
		primary.Kill()
		lost := time.Now()
		if err := replica.Promote(n.ctx); err != nil {
			t.Fatal(err)
		}
		promoted := time.Since(lost)
		took, ok := l.NextSuccess(n.ctx, lost)
		time.Sleep(300 * time.Millisecond)
		l.End(30 * time.Second)
		counts := n.sound(l)
		t.Logf("failover: promoted after %v, first success after %v; acknowledged %d, lost %d, twice %d", promoted, took, counts.Acknowledged, counts.Lost, counts.Twice)
		if !ok || late(took, 3*time.Second) {
			t.Errorf("away for %v", took)
		}
	}
}

func startCluster(t *testing.T) *cluster.Cluster {
	t.Helper()
	c, err := cluster.Start(t.Context(), cluster.DirForTest(t), cluster.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Remove() })
	return c
}

func statusOf(ctx context.Context, url string) int {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0
	}
	_ = answer.Body.Close()
	return answer.StatusCode
}

// hosts makes one PostgreSQL URL of several that differ in their host alone: clients take the first that accepts writes.
func hosts(urls ...string) string {
	first, err := url.Parse(urls[0])
	if err != nil {
		return urls[0]
	}
	hosts := make([]string, len(urls))
	for i, text := range urls {
		if u, err := url.Parse(text); err == nil {
			hosts[i] = u.Host
		}
	}
	return strings.Replace(urls[0], first.Host, strings.Join(hosts, ","), 1)
}
