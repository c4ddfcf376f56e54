package fleet_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"rabta/internal/fleet"
	"rabta/store/postgres/cluster"
)

// person is a graduate whose name and phone are known to the test.
type person struct{ id, name, phone string }

// enrolled makes people through a server, in an institute of their own.
func enrolled(t *testing.T, s *fleet.Server, staff string, n int) []person {
	t.Helper()
	_, school := send(t, s.URL()+"/v1/institutes", staff, `{"name":"Marked Institute"}`, "")
	people := make([]person, n)
	for i := range people {
		p := person{name: fmt.Sprintf("Markedname%03d", i), phone: fmt.Sprintf("+92391%07d", i)}
		_, made := send(t, s.URL()+"/v1/graduates", staff, fmt.Sprintf(`{"institute":%q,"trades":[{"trade":"electrician"}],"home":{"lat":31.55,"lon":74.34},
			"consent":{"matching":true,"officer":false},"personal":{"name":%q,"phone":%q}}`, school["id"], p.name, p.phone), "")
		p.id = fmt.Sprint(made["id"])
		people[i] = p
	}
	return people
}

// looked is what came of looking at people on one server.
type looked struct {
	opened, unavailable int
	wrong               []string // any other answer
}

// lookUntil opens what is personal of one after the other until ctx ends.
func lookUntil(ctx context.Context, s *fleet.Server, staff string, people []person) (l looked) {
	for i := 0; ctx.Err() == nil; i++ {
		p := people[i%len(people)]
		got := put(context.WithoutCancel(ctx), http.DefaultClient, s.URL(), ask{method: http.MethodGet, path: "/v1/graduates/" + p.id + "/personal", token: staff})
		switch {
		case got.status == http.StatusOK && strings.Contains(string(got.body), p.name) && strings.Contains(string(got.body), p.phone[3:]):
			l.opened++
		case got.status == http.StatusServiceUnavailable:
			l.unavailable++
		default:
			l.wrong = append(l.wrong, fmt.Sprintf("%d %.200s", got.status, got.body))
		}
		time.Sleep(5 * time.Millisecond)
	}
	return l
}

// TestKeysRotateUnderTwoNodes rotates both uses of keys on one of two nodes, each with a key file of its own, under writers and readers on
// both, and copies the file to the other some seconds later. The first never fails; the other says that it is unavailable until it has the
// file, and nothing else; nothing is lost, and afterwards nothing needs the old keys.
func TestKeysRotateUnderTwoNodes(t *testing.T) {
	n := newNodes(t, cluster.ForTest(t), 1)
	first := n.key
	n.key = filepath.Join(n.root, "second-key")
	n.copyKey(first, n.key)
	n.join()
	staff := strings.TrimSpace(n.run(0, "token", "create", "--role", "staff"))
	people := enrolled(t, n.servers[0], staff, 40)
	l := n.load(4)
	l.Begin(n.ctx)

	looks := func(during func()) (of [2]looked) {
		ctx, stop := context.WithCancel(n.ctx)
		var looking sync.WaitGroup
		for i, s := range n.servers {
			looking.Go(func() { of[i] = lookUntil(ctx, s, staff, people) })
		}
		during()
		stop()
		looking.Wait()
		return of
	}
	rotating := looks(func() {
		time.Sleep(300 * time.Millisecond)
		n.run(0, "keys", "rotate", "--use", "both")
		time.Sleep(time.Second)
	})
	n.copyKey(first, n.key)
	taken := time.Now()
	after := looks(func() { time.Sleep(time.Second) })
	l.End(30 * time.Second)
	counts := n.sound(l)
	failed, requests := l.Failed(0)
	failedOther, requestsOther := l.Failed(1)
	t.Logf("acknowledged %d, lost %d, twice %d; writes failed %.1f %% of %d on the node that rotates, %.1f %% of %d on the other; looks opened %d and %d, unavailable %d and %d; after the copy opened %d and %d, unavailable %d and %d",
		counts.Acknowledged, counts.Lost, counts.Twice, 100*failed, requests, 100*failedOther, requestsOther,
		rotating[0].opened, rotating[1].opened, rotating[0].unavailable, rotating[1].unavailable,
		after[0].opened, after[1].opened, after[0].unavailable, after[1].unavailable)
	for _, of := range [][2]looked{rotating, after} {
		for i, l := range of {
			if len(l.wrong) > 0 || l.opened == 0 && i == 0 {
				t.Errorf("node %d: opened %d, wrong %q", i, l.opened, l.wrong[:min(3, len(l.wrong))])
			}
		}
	}
	if failed > 0 || rotating[0].unavailable+after[0].unavailable > 0 {
		t.Errorf("the node that rotates failed %.2f %% of its writes and %d looks", 100*failed, rotating[0].unavailable+after[0].unavailable)
	}
	if after[1].opened == 0 || after[1].unavailable > 1 {
		t.Errorf("with the new file the other node opened %d and was unavailable %d times, within %v", after[1].opened, after[1].unavailable, time.Since(taken))
	}
	n.rotated(first, people, staff)
}

// rotated holds that nothing needs an older key than the newest, and that every node opens every person after the old ones are gone.
func (n *nodes) rotated(key string, people []person, staff string) {
	n.Helper()
	n.run(0, "keys", "rotate", "--finish")
	var report struct {
		Sealing, Lookup []uint32
		Used            []struct {
			Use              string
			Version, Records int
		}
	}
	if err := json.Unmarshal([]byte(n.run(0, "keys", "status", "--json")), &report); err != nil {
		n.Fatal(err)
	}
	for _, used := range report.Used {
		if used.Version != 2 && used.Records > 0 {
			n.Errorf("%d records need version %d for %s", used.Records, used.Version, used.Use)
		}
	}
	n.run(0, "keys", "prune")
	n.copyKey(key, n.key)
	for i, s := range n.servers {
		ctx, stop := context.WithTimeout(n.ctx, time.Second)
		if l := lookUntil(ctx, s, staff, people); l.opened == 0 || l.unavailable > 0 || len(l.wrong) > 0 {
			n.Errorf("node %d after the old keys are gone: %+v\n%s", i, l, n.logged(i))
		}
		stop()
	}
	n.run(0, "audit", "verify")
}

// copyKey puts one key file in the stead of another, as an operator does.
func (n *nodes) copyKey(from, to string) {
	n.Helper()
	text, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to+".new", text, 0o600)
	}
	if err == nil {
		err = os.Rename(to+".new", to)
	}
	if err != nil {
		n.Fatal(err)
	}
}

// run runs a subcommand beside a node.
func (n *nodes) run(i int, args ...string) string {
	n.Helper()
	out, err := n.servers[i].Run(n.ctx, append(args, "--data", n.dir(i))...)
	if err != nil {
		n.Fatalf("%v\n%s", err, n.logged(i))
	}
	return out
}
