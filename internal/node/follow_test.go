package node_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
)

// TestAWriteIsSeenByItsWriter has eight writers, each of whom looks for every write as soon as it returned.
func TestAWriteIsSeenByItsWriter(t *testing.T) {
	w := newWorld(t)
	var writers sync.WaitGroup
	for i := range 8 {
		writers.Go(func() {
			for round := range 3 {
				if err := w.writeAndLook(fmt.Sprintf("Submersible motor %c%d", 'a'+i, round)); err != nil {
					t.Errorf("writer %d: %v", i, err)
					return
				}
			}
		})
	}
	writers.Wait()
	w.clean()
}

func (w *world) writeAndLook(title string) error {
	ctx := context.Background()
	p, g := w.wiring(), sparky()
	p.Title = title
	if _, err := w.CreatePosting(ctx, p); err != nil {
		return err
	}
	if _, err := w.CreateGraduate(ctx, g, &matching.Personal{Phone: "03922222222"}); err != nil {
		return err
	}
	if shown, err := w.lists(p, g); err != nil || !slices.Equal(shown, everywhere) {
		return fmt.Errorf("%s is shown by %q: %w", title, shown, errors.Join(err, errors.New("want all")))
	}
	p.Trade = "plumber"
	if _, err := w.ChangePosting(ctx, p); err != nil {
		return err
	}
	if shown, err := w.lists(p, g); err != nil || !slices.Equal(shown, []string{"search", "text"}) {
		return fmt.Errorf("%s, now a plumber's, is shown by %q: %w", title, shown, errors.Join(err, errors.New("want no matches")))
	}
	if _, err := w.ClosePosting(ctx, p.ID, p.Version, matching.Closed); err != nil {
		return err
	}
	if shown, err := w.lists(p, g); err != nil || len(shown) > 0 {
		return fmt.Errorf("%s is closed and shown by %q: %w", title, shown, errors.Join(err, errors.New("want none")))
	}
	return nil
}

func TestWaitForGivesUp(t *testing.T) {
	w := newWorld(t)
	head, err := w.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	err = w.WaitFor(context.Background(), head.Position+1)
	if waited := time.Since(began); fault.KindOf(err) != fault.Unavailable || waited < 2*time.Second || waited > 5*time.Second {
		t.Errorf("%v after %v, want unavailable after 2 s", err, waited)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	err = w.WaitFor(ended, head.Position+1)
	if fault.KindOf(err) != fault.Unavailable || !errors.Is(err, context.Canceled) {
		t.Errorf("for a caller who has left: %v", err)
	}
	if err := w.WaitFor(ended, head.Position); err != nil {
		t.Errorf("for what is here already: %v", err)
	}
	passed := make(chan error)
	go func() { passed <- w.WaitFor(context.Background(), head.Position+1) }()
	w.post()
	if err := <-passed; err != nil {
		t.Errorf("for what came meanwhile: %v", err)
	}
}

func TestAnEmployersAnsweringRateScoresItsPostingsAnew(t *testing.T) {
	w := newWorld(t)
	w.post()
	g := w.enrol()
	other := &matching.Employer{Name: "Jhelum Works", Kind: "shop"}
	w.done(w.CreateEmployer(context.Background(), other, nil))
	w.post(func(p *matching.Posting) { p.Employer = other.ID })
	score := func(employer matching.ID) float64 {
		r, err := w.Matches(context.Background(), node.MatchRequest{ID: g.ID})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range r.Results {
			if f.Posting.Employer == employer {
				return f.Score
			}
		}
		t.Fatalf("no posting of %s", employer)
		return 0
	}
	before, others := score(w.employer.ID), score(other.ID)
	w.employer.Asked, w.employer.Answered = 100, 2
	w.done(w.ChangeEmployer(context.Background(), w.employer, nil))
	rarely := score(w.employer.ID)
	w.employer.Answered = 100
	w.done(w.ChangeEmployer(context.Background(), w.employer, nil))
	always := score(w.employer.ID)
	if !(rarely < before && before < always) {
		t.Errorf("rarely %v, untold %v, always %v: want rising", rarely, before, always)
	}
	if now := score(other.ID); now != others {
		t.Errorf("another employer's went from %v to %v", others, now)
	}
	w.clean()
}

func TestOnlyOpenPostingsAreListed(t *testing.T) {
	w, now := timedWorld(t)
	g := w.enrol()
	for _, status := range matching.PostingStatuses {
		p := w.post()
		w.wantLists(p, g, everywhere...)
		p.Status = status
		w.done(w.ChangePosting(context.Background(), p))
		if status == matching.Open {
			w.wantLists(p, g, everywhere...)
			continue
		}
		w.wantLists(p, g)
		p.Status = matching.Open // and again
		w.done(w.ChangePosting(context.Background(), p))
		w.wantLists(p, g, everywhere...)
		p.Status = matching.Closed
		w.done(w.ChangePosting(context.Background(), p))
	}
	later := w.post(func(p *matching.Posting) { p.Posted = day.Add(time.Hour) })
	w.wantLists(later, g)
	soon := w.post(func(p *matching.Posting) { p.Expires = day.Add(time.Hour) })
	w.wantLists(soon, g, everywhere...)
	now.seconds.Store(3599)
	w.wantLists(later, g)
	w.wantLists(soon, g, everywhere...)
	now.seconds.Store(3600)
	w.wantLists(later, g, everywhere...)
	w.wantLists(soon, g)
	w.clean()
}

func TestOnlyGraduatesWhoSearchAreCandidates(t *testing.T) {
	w := newWorld(t)
	p, g := w.post(), w.enrol()
	for _, status := range []matching.Status{matching.Paused, matching.Placed} {
		g.Status = status
		w.done(w.ChangeGraduate(context.Background(), g, nil))
		w.wantLists(p, g, "search", "text")
		g.Status = matching.Searching
		w.done(w.ChangeGraduate(context.Background(), g, nil))
		w.wantLists(p, g, everywhere...)
	}
	g.Consent.Matching = false
	w.done(w.ChangeGraduate(context.Background(), g, nil))
	w.wantLists(p, g, "search", "text", "matches") // she sees the work, and nobody sees her
}

// TestADeletedGraduateIsGone from every list, from the index, and with all that was sealed of her.
func TestADeletedGraduateIsGone(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	p, stays, g := w.post(), w.enrol(), w.enrol()
	w.wantLists(p, g, everywhere...)
	w.done(w.DeleteGraduate(ctx, g.ID, g.Version))
	w.wantLists(p, g, "search", "text")
	w.wantLists(p, stays, everywhere...)
	hits, err := w.GraduatesByWords(ctx, "electrician")
	if err != nil || len(hits) != 1 || hits[0].ID != stays.ID {
		t.Errorf("the index finds %v, %v, want her who stays", hits, err)
	}
	_, record := w.Graduate(ctx, g.ID)
	_, personal := w.Personal(ctx, g.ID)
	_, matches := w.Matches(ctx, node.MatchRequest{ID: g.ID})
	_, _, err = w.CreateToken(ctx, "graduate", g.ID, time.Time{})
	for name, got := range map[string]string{"Graduate": refusal(record), "Personal": refusal(personal), "Matches": refusal(matches)} {
		if got != "not-found" {
			t.Errorf("%s: %s", name, got)
		}
	}
	if refusal(err) != "invalid subject" {
		t.Errorf("a token for her: %v", err)
	}
	w.clean()
}

// TestNothingPersonalIsInTheClear looks through every byte that the node keeps or logs.
func TestNothingPersonalIsInTheClear(t *testing.T) {
	dir := t.TempDir() + "/data"
	n, log := logged(t, dir)
	w := &world{t, n, &matching.Employer{Name: "Ravi Works", Kind: "workshop"}}
	ctx := context.Background()
	w.done(w.CreateEmployer(ctx, w.employer, &matching.EmployerContact{Person: "Zarqaperson", Phone: "03912345678", Email: "zarqa@mail.example"}))
	p := w.post()
	people := []*matching.Graduate{sparky(), sparky()}
	for _, g := range people {
		w.done(w.CreateGraduate(ctx, g, &matching.Personal{Name: "Marvarida Khanum", Phone: "03998765432", Whose: "markedfather",
			SafeHours: "markedhours", CNIC: "9110198765432", Address: "Gali Nishanzada"}))
	}
	secret, token, err := n.CreateToken(ctx, "graduate", people[0].ID, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	marks := []string{"Zarqaperson", "3912345678", "zarqa@mail", "Marvarida", "Khanum", "3998765432", "markedfather", "markedhours",
		"9110198765432", "98765432", "Nishanzada", secret, strings.TrimPrefix(secret, "rbt_")}
	look := func(when string) {
		t.Helper()
		for name, body := range filesOf(t, dir) {
			for _, mark := range marks {
				if bytes.Contains(bytes.ToLower(body), []byte(strings.ToLower(mark))) {
					t.Errorf("%s: %s holds %q", when, name, mark)
				}
			}
		}
	}
	look("while it runs")
	w.wantLists(p, people[0], everywhere...)
	w.done(w.DeleteGraduate(ctx, people[0].ID, 0))
	if err := n.RebuildIndex(ctx); err != nil {
		t.Fatal(err)
	}
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	look("when it is closed")
	for name, body := range filesOf(t, dir) {
		if strings.Contains(name, "index") && bytes.Contains(body, []byte(people[0].ID)) {
			t.Errorf("%s holds the deleted graduate's id", name)
		}
	}
	for _, mark := range append(marks, string(token.Hash)) {
		if strings.Contains(log.String(), mark) {
			t.Errorf("the log holds %q", mark)
		}
	}
}

// filesOf reads every file of a directory.
func filesOf(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		body, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) { // Bleve drops files as it goes
			return nil
		}
		files[path] = body
		return err
	})
	if err != nil || len(files) < 4 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	return files
}
