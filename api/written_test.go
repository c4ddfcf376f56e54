package api

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"rabta/internal/node"
	"rabta/matching"
	"rabta/seed"
)

// rewriting counts the pages that were given as they were written before.
type rewriting struct {
	Service
	given atomic.Int64
}

// Matches counts.
func (r *rewriting) Matches(ctx context.Context, ask node.MatchRequest) (*node.MatchResult, error) {
	found, err := r.Service.Matches(ctx, ask)
	if err == nil && found.Written != nil {
		r.given.Add(1)
	}
	return found, err
}

// writtenWorld is a market whose clock goes on, asked by staff.
type writtenWorld struct {
	*testing.T
	n       *node.Node
	passed  atomic.Int64 // seconds since today
	service *rewriting
	handler http.Handler
	token   string
	people  []matching.ID
	chance  *rand.Rand
}

func newWrittenWorld(t *testing.T) *writtenWorld {
	w := &writtenWorld{T: t, chance: rand.New(rand.NewPCG(1, 2))}
	clock := func() time.Time { return today.Add(time.Duration(w.passed.Load()) * time.Second) }
	var err error
	if w.n, err = node.Open(context.Background(), node.Config{Dir: t.TempDir() + "/data", Now: clock}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.must(w.n.Close()) })
	market := seed.NewMarket(w.n.Reference(), seed.Size{Graduates: 40, Postings: 400}, 1, today)
	w.must(w.n.LoadMarket(context.Background(), market, nil))
	w.token, _, err = w.n.CreateToken(context.Background(), string(AsStaff), "staff of a test", time.Time{})
	w.must(err)
	for g := range market.Graduates() {
		if g.Status == matching.Searching && len(w.people) < 12 {
			w.people = append(w.people, g.ID)
		}
	}
	w.service = &rewriting{Service: w.n}
	w.handler = New(Config{Service: w.service, Version: "test", Now: clock})
	return w
}

func (w *writtenWorld) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w *writtenWorld) get(target string) (int, string) {
	r := httptest.NewRequest(http.MethodGet, target, nil)
	r.Header.Set("Authorization", "Bearer "+w.token)
	answer := httptest.NewRecorder()
	w.handler.ServeHTTP(answer, r)
	return answer.Code, answer.Body.String()
}

// holdPages asks for everybody's matches, as people do and as of a time that is said, for which nothing is kept.
func (w *writtenWorld) holdPages(after string) {
	w.Helper()
	at := url.QueryEscape(today.Add(time.Duration(w.passed.Load()) * time.Second).Format(time.RFC3339))
	for _, id := range w.people {
		target := "/v1/graduates/" + string(id) + "/matches?within=60km"
		status, page := w.get(target)
		if again, fresh := w.get(target + "&at=" + at); status != again || page != fresh {
			w.Fatalf("after %s: %s is answered %d\n%s\nand as of now %d\n%s", after, id, status, page, again, fresh)
		}
	}
}

// change changes something that some pages hang on, and says what.
func (w *writtenWorld) change() string {
	w.Helper()
	ctx := context.Background()
	found, err := w.n.Matches(ctx, node.MatchRequest{ID: w.people[w.chance.IntN(len(w.people))], Within: 60_000})
	w.must(err)
	var p *matching.Posting
	if len(found.Results) > 0 {
		p, err = w.n.Posting(ctx, found.Results[w.chance.IntN(len(found.Results))].ID)
		w.must(err)
	}
	switch kind := w.chance.IntN(8); {
	case kind == 0:
		w.passed.Add(int64(w.chance.IntN(40)))
		return "some seconds"
	case kind == 1 || p == nil:
		w.passed.Add(int64(w.chance.IntN(50_000)))
		return "some hours"
	case kind == 2:
		p.Title = fmt.Sprintf("Number %d", w.chance.IntN(1_000))
		_, err = w.n.ChangePosting(ctx, p)
		w.must(err)
		return "another title"
	case kind == 3:
		p.ID, p.Status, p.Posted, p.Expires, p.Source, p.ExternalID = "", "", w.soon(-3), w.soon(3), "", ""
		_, err = w.n.CreatePosting(ctx, p)
		w.must(err)
		w.passed.Add(3_600)
		return "a posting that expires within hours"
	case kind == 4:
		_, err = w.n.ClosePosting(ctx, p.ID, p.Version, matching.Filled)
		w.must(err)
		return "a posting that was closed"
	case kind == 5:
		e, err := w.n.Employer(ctx, p.Employer)
		w.must(err)
		e.Name = fmt.Sprintf("Works %d", w.chance.IntN(1_000))
		_, err = w.n.ChangeEmployer(ctx, e, nil)
		w.must(err)
		return "another name"
	default:
		g, err := w.n.Graduate(ctx, w.people[w.chance.IntN(len(w.people))])
		w.must(err)
		g.Trades[0].Level = 1 + w.chance.IntN(5)
		g.AcceptsLiving = !g.AcceptsLiving
		_, err = w.n.ChangeGraduate(ctx, g, nil)
		w.must(err)
		return "another level"
	}
}

// soon is so many hours from now.
func (w *writtenWorld) soon(hours int) time.Time {
	return today.Add(time.Duration(w.passed.Load())*time.Second + time.Duration(hours)*time.Hour)
}

// TestPagesWrittenBeforeAreThoseOfNow: a page that is given as it was written before is, byte by byte, the one that would be written now,
// whatever has changed and however much time has passed.
func TestPagesWrittenBeforeAreThoseOfNow(t *testing.T) {
	w := newWrittenWorld(t)
	for range 3 {
		w.holdPages("the start")
	}
	if given := w.service.given.Load(); given != int64(len(w.people)) {
		t.Fatalf("%d pages of %d people were given again: the third time all are", given, len(w.people))
	}
	for range 60 {
		after := w.change()
		w.holdPages(after)
		w.holdPages(after + ", a second time")
	}
	if given := w.service.given.Load(); given < 200 {
		t.Errorf("%d pages were given again, too few to tell anything", given)
	}
	for _, id := range w.people {
		g, err := w.n.Graduate(context.Background(), id)
		w.must(err)
		_, err = w.n.DeleteGraduate(context.Background(), id, g.Version)
		w.must(err)
		if status, page := w.get("/v1/graduates/" + string(id) + "/matches?within=60km"); status != http.StatusNotFound {
			t.Errorf("who was deleted is answered %d\n%s", status, page)
		}
	}
}
