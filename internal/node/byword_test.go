package node_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/seed"
)

// wordQuestions is how many questions are compared.
var wordQuestions = flag.Int("word-questions", 4_000, "questions by words that are asked both ways")

// byWord draws searches by words.
type byWord struct {
	*comparison
	vocabulary []string
}

// newByWord takes words from the adverts themselves, beside those of people's queries.
func newByWord(t *testing.T, n *node.Node, number uint64) *byWord {
	w := &byWord{comparison: &comparison{rand.New(rand.NewPCG(number, 3)), n, newScan(t, n)}}
	for i := range w.scan.postings {
		p := &w.scan.postings[i]
		w.vocabulary = append(w.vocabulary, strings.Fields(p.Title+" "+p.Description)...)
	}
	return w
}

// text is a query: a person's, or some words of adverts, now and then with an error.
func (w *byWord) text() string {
	if w.IntN(3) == 0 {
		return texts[w.IntN(len(texts))]
	}
	var words []string
	for range 1 + w.IntN(3) {
		word := w.vocabulary[w.IntN(len(w.vocabulary))]
		if letters := []rune(word); len(letters) > 4 && w.IntN(5) == 0 {
			at := 1 + w.IntN(len(letters)-2)
			letters[at], letters[at+1] = letters[at+1], letters[at]
			word = string(letters)
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

func (w *byWord) request() node.SearchRequest {
	r := node.SearchRequest{Text: w.text(), At: asOfs[w.IntN(len(asOfs))], Limit: w.limit(), Brief: true}
	if w.IntN(3) > 0 {
		near := w.point()
		r.Near, r.Within = &near, w.radius()
	}
	if w.IntN(2) == 0 {
		r.Trade = w.scan.postings[w.IntN(len(w.scan.postings))].Trade
	}
	w.filter(&r)
	return r
}

// compare asks a question both ways, and for the next page.
func (w *byWord) compare(t *testing.T, r node.SearchRequest) (shown int) {
	t.Helper()
	for range 2 {
		plain, plainErr := w.n.SearchPlainly(context.Background(), r)
		got, err := w.n.Search(context.Background(), r)
		if fmt.Sprint(err) != fmt.Sprint(plainErr) {
			t.Fatalf("%+v: %v, plainly %v", r, err, plainErr)
		}
		if err != nil {
			return shown
		}
		if diff := cmp.Diff(plain, got); diff != "" {
			t.Fatalf("%+v: plainly (-) and in the order of the board (+): %s", r, diff)
		}
		shown += len(got.Results)
		if r.Cursor = got.Next; got.Next == "" {
			break
		}
	}
	return shown
}

// TestSearchesByWordsAreThoseFoundPlainly asks while writers write, boards merge, the index is built anew and purged, and compares whenever
// it stands still. With and without words in memory.
func TestSearchesByWordsAreThoseFoundPlainly(t *testing.T) {
	n := newNode(t, t.TempDir()+"/data")
	defer func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	}()
	m := seed.NewMarket(n.Reference(), seed.Size{Graduates: 100, Postings: 1_200}, 1, day)
	if err := n.LoadMarket(context.Background(), m, nil); err != nil {
		t.Fatal(err)
	}
	const rounds = 10
	asked, shown := 0, 0
	for round := range rounds {
		var beside sync.WaitGroup
		done := make(chan struct{})
		for i := range 2 {
			w := newByWord(t, n, uint64(round*10+i))
			beside.Go(func() { w.askUntil(t, done) })
		}
		if round%3 == 1 {
			beside.Go(func() {
				starved(t, n.RebuildIndex(context.Background()))
			})
		}
		changeAtRandom(t, n, 90)
		close(done)
		beside.Wait()
		w := newByWord(t, n, uint64(round))
		if round%2 == 0 { // else with whatever order there is just now, or none
			w.inOrder(t)
		}
		for i := range *wordQuestions / rounds / 2 {
			if i%100 == 50 {
				n.ForgetWords()
			}
			shown += w.compare(t, w.request())
			asked += 2
		}
	}
	if lists, _ := n.WordsKept(); lists == 0 || shown < asked/4 {
		t.Errorf("%d postings shown for %d questions, %d bytes of words: nothing was tried", shown, asked, lists)
	}
}

func (w *byWord) askUntil(t *testing.T, done <-chan struct{}) {
	for {
		select {
		case <-done:
			return
		default:
		}
		_, err := w.n.Search(context.Background(), w.request())
		starved(t, err)
	}
}

// starved lets pass that something took longer than it was given, which a machine with many other things to do is enough for: what the test
// is about are the answers.
func starved(t *testing.T, err error) {
	if fault.KindOf(err) == fault.Unavailable && err != nil {
		t.Logf("not in time: %v", err)
	} else if err != nil {
		t.Errorf("beside writers: %v", err)
	}
}

func (w *byWord) inOrder(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := w.n.AwaitWords(ctx); err != nil {
		t.Fatal(err)
	}
}
