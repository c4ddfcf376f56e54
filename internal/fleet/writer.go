package fleet

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// writer is a client that creates, changes and deletes records of its own employer and institute, one request after the other.
type writer struct {
	name      string
	ledger    *ledger
	random    *rand.Rand
	employer  *client // with the employer's token
	institute *client
	employee  string // id of the employer
	school    string // id of the institute
	records   []*record
	live      []*record     // of them, those that are there and whose version is known
	most      int           // live records that it keeps: past it one ends for each that begins; 0: no bound
	pace      time.Duration // from the beginning of one change to that of the next, at the least
	keys      int
}

// work writes until ctx ends; what is under way then is settled within patience.
func (w *writer) work(ctx, patience context.Context) {
	for ctx.Err() == nil {
		began := time.Now()
		w.step(patience)
		select {
		case <-time.After(w.pace - time.Since(began)):
		case <-ctx.Done():
		}
	}
}

func (w *writer) step(ctx context.Context) {
	switch r := w.pick(); {
	case r != nil && w.most > 0 && len(w.live) > w.most:
		w.end(ctx, r)
	case r == nil || w.random.IntN(3) == 0:
		if w.random.IntN(2) == 0 {
			w.createPosting(ctx)
		} else {
			w.createGraduate(ctx)
		}
	case r.noun == "graduate" && w.random.IntN(3) == 0:
		w.remove(ctx, r)
	default:
		w.change(ctx, r, "")
	}
}

// pick gives one of the writer's live records, nil when there is none.
func (w *writer) pick() *record {
	if len(w.live) == 0 {
		return nil
	}
	return w.live[w.random.IntN(len(w.live))]
}

// drop takes a record from the live ones.
func (w *writer) drop(r *record) {
	if at := slices.Index(w.live, r); at >= 0 {
		w.live = slices.Delete(w.live, at, at+1)
	}
}

// end takes a graduate or a posting off the market; an employer stays.
func (w *writer) end(ctx context.Context, r *record) {
	switch r.noun {
	case "graduate":
		w.remove(ctx, r)
	case "posting":
		w.change(ctx, r, "closed")
		w.drop(r)
	default:
		w.change(ctx, r, "")
	}
}

func (w *writer) key() string {
	w.keys++
	return w.name + "-" + strconv.Itoa(w.keys)
}

func (w *writer) createPosting(ctx context.Context) {
	r := &record{noun: "posting", mark: w.key()}
	w.create(ctx, w.employer, r, "/v1/postings", w.posting(r, 2))
}

func (w *writer) posting(r *record, vacancies int) map[string]any {
	return map[string]any{"employer": w.employee, "kind": "job", "workplace": "site", "trade": "electrician", "title": "House wiring " + r.mark,
		"vacancies": vacancies, "location": map[string]float64{"lat": 31.5204, "lon": 74.3587}}
}

func (w *writer) createGraduate(ctx context.Context) {
	w.create(ctx, w.institute, &record{noun: "graduate"}, "/v1/graduates", w.graduate(12_000))
}

func (w *writer) graduate(metres int) map[string]any {
	return map[string]any{"institute": w.school, "trades": []any{map[string]any{"trade": "electrician"}}, "home": map[string]float64{"lat": 31.55, "lon": 74.34},
		"consent": map[string]bool{"matching": true, "officer": false}, "travel": map[string]any{"max_metres": metres},
		"personal": map[string]string{"name": "Bashir", "phone": "03922222222"}}
}

func (w *writer) create(ctx context.Context, c *client, r *record, path string, body any) {
	w.records = append(w.records, r)
	r.created = unknown
	o := c.settle(ctx, request{method: http.MethodPost, path: path, body: body, key: w.key()})
	if !o.known {
		return
	}
	var made struct{ ID string }
	if o.status != http.StatusCreated || json.Unmarshal(o.body, &made) != nil {
		w.ledger.complain(fmt.Sprintf("creating a %s: status %d: %s", r.noun, o.status, o.body))
		return
	}
	r.created, r.id = acknowledged, made.ID
	w.live = append(w.live, r)
	w.ledger.acknowledge(o.sent)
}

// change replaces a record, a posting with a status where one is given; its version is then one higher, however often the request was sent.
func (w *writer) change(ctx context.Context, r *record, status string) {
	c, body := w.employer, any(nil)
	switch r.noun {
	case "posting":
		posting := w.posting(r, 1+w.random.IntN(5))
		if body = posting; status != "" {
			posting["status"] = status
		}
	case "employer":
		body = map[string]string{"name": fmt.Sprint("Ravi Works ", w.random.IntN(1000)), "kind": "workshop"}
	default:
		c, body = w.institute, w.graduate(10_000+w.random.IntN(5_000))
	}
	o := c.settle(ctx, request{method: http.MethodPut, path: r.path(), body: body, match: fmt.Sprintf(`"v%d"`, 1+r.changes), key: w.key()})
	switch {
	case !o.known:
		w.doubt(r)
	case !o.done():
		w.ledger.complain(fmt.Sprintf("changing a %s: status %d: %s", r.noun, o.status, o.body))
		w.doubt(r)
	case o.version() != 2+r.changes:
		w.ledger.complain(fmt.Sprintf("a %s is at %s after its change from %d", r.noun, o.etag, 1+r.changes))
		w.doubt(r)
	default:
		r.changes++
		w.ledger.acknowledge(o.sent)
	}
}

// doubt notes a change that may have been done, after which the record's version is not known.
func (w *writer) doubt(r *record) {
	r.unsure++
	w.drop(r)
}

func (w *writer) remove(ctx context.Context, r *record) {
	r.deleted = unknown
	w.drop(r)
	o := w.institute.settle(ctx, request{method: http.MethodDelete, path: r.path(), match: fmt.Sprintf(`"v%d"`, 1+r.changes), key: w.key()})
	switch {
	case !o.known:
	case o.status >= 300:
		w.ledger.complain(fmt.Sprintf("deleting a graduate: status %d: %s", o.status, o.body))
	default:
		r.deleted = acknowledged
		w.ledger.acknowledge(o.sent)
	}
}

func (r *record) path() string { return "/v1/" + r.noun + "s/" + r.id }
