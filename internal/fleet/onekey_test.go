package fleet_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"rabta/store/postgres/cluster"
)

// TestOneKeyOnTwoNodes sends one request under one Idempotency-Key 32 times at once, to two nodes of a database. It has one effect. Each
// is answered with it, or hears that it is under way, and is answered with it when it is sent again.
func TestOneKeyOnTwoNodes(t *testing.T) {
	n := newNodes(t, cluster.ForTest(t), 2)
	staff := n.staff()
	position, made := send(t, n.servers[0].URL()+"/v1/employers", staff, `{"name":"Ravi Works","kind":"workshop"}`, "")
	employer := fmt.Sprint(made["id"])
	send(t, n.servers[1].URL()+"/v1/employers/"+employer, staff, "", position)
	for round := range 5 {
		create := ask{method: http.MethodPost, path: "/v1/postings", token: staff, key: fmt.Sprintf("one-%d", round),
			body: fmt.Appendf(nil, `{"employer":%q,"kind":"job","workplace":"site","trade":"mason","title":"Wall %d","vacancies":1,"location":{"lat":31.52,"lon":74.35}}`, employer, round)}
		ids, underWay, replayed := n.race(create, 32)
		t.Logf("round %d: %d answers with %d ids; %d were under way first, %d were replays", round, 32, len(ids), underWay, replayed)
		if len(ids) != 1 {
			t.Errorf("round %d: ids %v", round, ids)
		}
		if replayed != 31 {
			t.Errorf("round %d: %d of 32 answers say that they are replays", round, replayed)
		}
	}
	listed := put(n.ctx, &http.Client{}, n.servers[0].URL(), ask{method: http.MethodGet, path: "/v1/employers/" + employer + "/postings?limit=100", token: staff})
	var page struct{ Postings []any }
	if err := json.Unmarshal(listed.body, &page); err != nil || len(page.Postings) != 5 {
		t.Errorf("%d postings are stored: %v %.300s", len(page.Postings), err, listed.body)
	}
}

// race sends a request many times at once, by turns to each node, until each is answered for good.
func (n *nodes) race(a ask, times int) (ids map[string]int, underWay, replayed int) {
	n.Helper()
	ctx, cancel := context.WithTimeout(n.ctx, 30*time.Second)
	defer cancel()
	ids = map[string]int{}
	var mu sync.Mutex
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range times {
		all.Go(func() {
			c := &http.Client{Transport: &http.Transport{}}
			defer c.CloseIdleConnections()
			<-start
			waited := 0
			got := put(ctx, c, n.servers[i%2].URL(), a)
			for ; got.status == http.StatusConflict && got.header.Get("Retry-After") != ""; waited = 1 {
				time.Sleep(100 * time.Millisecond)
				got = put(ctx, c, n.servers[i%2].URL(), a)
			}
			mu.Lock()
			defer mu.Unlock()
			var made struct{ ID string }
			if err := json.Unmarshal(got.body, &made); err != nil || got.status != http.StatusCreated {
				n.Errorf("answered %d %.300s: %v", got.status, got.body, err)
			}
			ids[made.ID]++
			underWay += waited
			if got.header.Get("Idempotent-Replayed") == "true" {
				replayed++
			}
		})
	}
	close(start)
	all.Wait()
	return ids, underWay, replayed
}
