package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/matching"
)

// theSifter is made once: it knows nothing of any query.
var theSifter = sync.OnceValue(NewSifter)

func sift(t testing.TB, docs []Document, noun string, q TextQuery) []Hit {
	t.Helper()
	s, err := theSifter().Begin(noun, q)
	if err != nil {
		t.Fatal(err)
	}
	for i := range docs {
		if err := s.Add(&docs[i]); err != nil {
			t.Fatal(err)
		}
	}
	hits, err := s.Hits(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return hits
}

// TestSiftingFindsWhatTheIndexFinds: the same documents with the same scores to the last bit, for every query and filter.
func TestSiftingFindsWhatTheIndexFinds(t *testing.T) {
	x := openIndex(t, t.TempDir())
	docs := market(250)
	for chunk := range slices.Chunk(docs, 97) {
		apply(t, x, Batch{Put: chunk})
	}
	lahore := geo.Point{Lat: 31.55, Lon: 74.34}
	filters := []TextQuery{{}, {Trade: "electrician"}, {Trade: "plumber", Kind: "job"}, {Employer: "emp_3"}, {Trade: "nothing"},
		{Near: &Circle{lahore, 3000}}, {Near: &Circle{lahore, 25_000}, Trade: "welder"}, {Near: &Circle{lahore, 900_000}}, {Near: &Circle{lahore, 0}}}
	found := 0
	same := func(t testing.TB, noun string, q TextQuery) {
		search := x.Postings
		if noun == NounGraduate {
			search = x.Graduates
		}
		want, err := search(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		if got := sift(t, docs, noun, q); len(want)+len(got) > 0 && !slices.Equal(want, got) {
			t.Errorf("%s %+v: %s", noun, q, gocmp.Diff(want, got))
		}
		found += len(want)
	}
	for _, text := range marketQueries {
		for _, q := range filters {
			q.Text = text
			same(t, NounPosting, q)
			same(t, NounGraduate, q)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		words := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(marketWords), rapid.StringN(1, 12, -1), rapid.Map(rapid.SampledFrom(marketWords), swapped)), 1, 5).Draw(r, "words")
		q := rapid.SampledFrom(filters).Draw(r, "filter")
		q.Text = strings.Join(words, " ")
		same(t, NounPosting, q)
	})
	if found == 0 {
		t.Error("nothing was ever found: the test shows nothing")
	}
}

// swapped is a word with two letters in the wrong order.
func swapped(word string) string {
	letters := []rune(word)
	if len(letters) > 3 {
		letters[1], letters[2] = letters[2], letters[1]
	}
	return string(letters)
}

func TestSiftRefusesWhatTheIndexRefuses(t *testing.T) {
	if _, err := NewSifter().Begin(NounPosting, TextQuery{Text: strings.Repeat("ا ", 600)}); fault.KindOf(err) != fault.Invalid || err == nil {
		t.Errorf("a text that is too long: %v", err)
	}
	s, err := NewSifter().Begin(NounPosting, TextQuery{Text: "ka ki ke"})
	if err != nil || !s.Empty() {
		t.Errorf("grammar alone: empty %t, %v", s.Empty(), err)
	}
	s, err = NewSifter().Begin(NounPosting, TextQuery{Text: "wiring"})
	if err != nil {
		t.Fatal(err)
	}
	d := posting("pst_a", "wiring")
	if err := s.Add(&d); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Hits(ctx); !errors.Is(err, context.Canceled) || fault.KindOf(err) != fault.Unavailable {
		t.Errorf("for a caller who has left: %v", err)
	}
}

func BenchmarkSift(b *testing.B) {
	docs := market(10_000)
	for i := range docs {
		docs[i].ID = matching.ID(fmt.Sprintf("pst_%06d", i))
	}
	s := NewSifter()
	for b.Loop() {
		t, err := s.Begin(NounPosting, TextQuery{Text: "bijli ki wiring lahore"})
		if err != nil {
			b.Fatal(err)
		}
		for i := range docs {
			if err := t.Add(&docs[i]); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := t.Hits(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}
