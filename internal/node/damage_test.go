package node_test

import (
	"flag"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"rabta/internal/node"
	"rabta/matching"
)

var damages = flag.Int("damages", 20, "how many random damages TestRandomDamage does")

// TestRandomDamage damages an index at random while its node is closed: bits flipped, files cut, emptied, removed, overwritten, each at
// random places of random files. Every answer is right at once, and the index is what the store says soon. Bolt leaves pages unused, and
// a description can be written in several ways: not every damage has an effect.
func TestRandomDamage(t *testing.T) {
	dir := t.TempDir() + "/data"
	n := newNode(t, dir)
	w := worldOf(t, n)
	g := w.enrol()
	var marked []matching.ID
	for i := range 40 {
		title := "House wiring"
		if i%5 == 0 {
			title = "Submersible pump wiring"
		}
		p := w.post(titled(title))
		if i%5 == 0 {
			marked = append(marked, p.ID)
		}
	}
	w.done(w.ClosePosting(t.Context(), marked[0], 1, matching.Closed)) // a document that is deleted and still in its segment
	marked = marked[1:]
	slices.Sort(marked)
	random := rand.New(rand.NewPCG(5, 8))
	noticed := 0
	for round := range *damages {
		if err := n.Close(); err != nil {
			t.Fatal(err)
		}
		what := "given up while the node was closed" // what was noticed late, in the background
		if index, err := n.IndexDir(); err == nil {
			what = damage(t, random, index)
		}
		n = newNode(t, dir)
		w := &world{t, n, w.employer}
		for range 2 { // at once, and when the index is in use again
			r := w.find(node.SearchRequest{Text: "submersible", Limit: -1, Brief: true})
			got := ids(r.Results)
			slices.Sort(got)
			if !slices.Equal(got, marked) {
				t.Errorf("round %d: %s: %v, want %v", round, what, got, marked)
			}
			w.clean()
		}
		if n.IndexState().Faults > 0 {
			noticed++
		}
		if t.Failed() {
			break
		}
	}
	if err := n.Close(); err != nil {
		t.Error(err)
	}
	if noticed < *damages/2 {
		t.Errorf("%d of %d damages were noticed: the test does too little", noticed, *damages)
	}
	t.Logf("%d damages, %d noticed, the others without effect (graduate %s)", *damages, noticed, g.ID)
}

// damage does one thing to one file of an index and says what.
func damage(t *testing.T, random *rand.Rand, index string) string {
	t.Helper()
	var files []string
	total := int64(0)
	err := filepath.WalkDir(index, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
			total += sizeOf(path)
		}
		return err
	})
	if err != nil || total == 0 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	path := files[random.IntN(len(files))]
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	if len(body) > 0 {
		at = random.IntN(len(body))
	}
	name := filepath.Base(path)
	switch random.IntN(6) {
	case 0:
		err, name = os.Remove(path), name+" removed"
	case 1:
		body, name = body[:at], name+" cut"
	case 2:
		body, name = nil, name+" emptied"
	case 3:
		end := min(len(body), at+512)
		clear(body[at:end])
		name += " overwritten with zeros"
	default:
		if len(body) > 0 {
			body[at] ^= 1 << random.IntN(8)
		}
		name += " one bit flipped"
	}
	if _, gone := os.Stat(path); gone == nil {
		err = os.WriteFile(path, body, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return name
}
