package node_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rabta/internal/node"
	"rabta/internal/script"
	"rabta/matching"
	"rabta/store"
)

var rewrite = flag.Bool("rewrite", false, "write the golden rankings anew instead of comparing with them")

// TestGolden ranks an invented market and compares with the rankings as they were written last, so that a changed weight is a diff
// that one can read. The grades are by hand; metrics.txt holds the rankings against them.
func TestGolden(t *testing.T) {
	n := openNode(t, t.TempDir()+"/data")
	g := &golden{t: t, n: n, keys: keysOf(t, n), market: loadInvented(t, n), known: map[string]bool{}}
	for _, key := range append(g.market.graduates, g.market.postings...) {
		g.known[key] = true
	}
	g.metrics.WriteString("# Recall counts grades of 2 and 3, of as many as could stand in so many places; MRR is by the first of them.\n" +
		"side       lists  recall@1  recall@10    MRR  nDCG@10\n")
	g.side("graduates", g.matches)
	g.side("postings", g.candidates)
	g.side("searches", g.search)
	g.keep("metrics.txt", g.metrics.String())
}

// golden writes the rankings of the golden market.
type golden struct {
	t       *testing.T
	n       *node.Node
	keys    *store.Keys
	market  *invented
	known   map[string]bool
	metrics strings.Builder
}

// side ranks for each query of a file of grades, and keeps the rankings and their mean figures.
func (g *golden) side(name string, rank func(query string) (heading string, results []node.Found)) {
	g.t.Helper()
	var text strings.Builder
	var all []figures
	for _, block := range readBlocks(g.t, "grades_"+name+".txt") {
		query, grades := block[0], g.grades(block)
		heading, results := rank(query)
		keys := make([]string, len(results))
		for i, f := range results {
			keys[i] = g.market.keyOf[f.ID]
		}
		f := judge(keys, grades)
		all = append(all, f)
		fmt.Fprintf(&text, "## %s\nMRR %.3f, nDCG@10 %.3f\n", heading, f.mrr, f.ndcg10)
		g.rows(&text, results, keys, grades)
		text.WriteString("\n")
	}
	m := mean(all)
	fmt.Fprintf(&g.metrics, "%-9s  %5d  %8.3f  %9.3f  %5.3f  %7.3f\n", name, len(all), m.recall1, m.recall10, m.mrr, m.ndcg10)
	g.keep(name+".txt", text.String())
}

// grades reads the lines that follow a query: a grade and the keys that have it.
func (g *golden) grades(block []string) map[string]int {
	grades := map[string]int{}
	for _, line := range block[1:] {
		words := strings.Fields(line)
		grade := strings.Index("0123", words[0])
		if grade < 1 {
			g.t.Fatalf("%s: a grade is 1, 2 or 3: %q", block[0], line)
		}
		for _, key := range words[1:] {
			if !g.known[key] || grades[key] > 0 {
				g.t.Fatalf("%s: %s is not in the market, or graded twice", block[0], key)
			}
			grades[key] = grade
		}
	}
	return grades
}

// rows writes a ranking: rank, grade, score, distance, key, title and sentence; then what was graded and is not in it.
func (g *golden) rows(text *strings.Builder, results []node.Found, keys []string, grades map[string]int) {
	shown := map[string]bool{}
	for i, f := range results {
		distance := "-"
		if f.Distance != nil {
			distance = fmt.Sprintf("%.1f km", *f.Distance/1000)
		}
		grade := "."
		if grades[keys[i]] > 0 {
			grade = fmt.Sprint(grades[keys[i]])
		}
		shown[keys[i]] = true
		fmt.Fprintf(text, "%2d  %s  %.4f  %8s  %s: %s\n", i+1, grade, f.Score, distance, keys[i], g.market.story[keys[i]])
		fmt.Fprintf(text, "        %s\n", strings.Join(append([]string{f.Why}, f.Notes...), " "))
	}
	for _, key := range append(g.market.graduates, g.market.postings...) {
		if grades[key] > 0 && !shown[key] {
			fmt.Fprintf(text, "missed: %d  %s\n", grades[key], key)
		}
	}
}

func (g *golden) matches(key string) (string, []node.Found) {
	r, err := g.n.Matches(context.Background(), node.MatchRequest{ID: goldenID(matching.GraduatePrefix, key), Limit: 10,
		Language: g.market.language[key]})
	if err != nil {
		g.t.Fatalf("%s: %v", key, err)
	}
	return fmt.Sprintf("%s: %s (%d in all)", key, g.market.story[key], r.Total), r.Results
}

// candidates ranks as the employer sees it. Pseudonyms differ from run to run, and so does the order of equals: here they come by key.
func (g *golden) candidates(key string) (string, []node.Found) {
	id := goldenID(matching.PostingPrefix, key)
	r, err := g.n.Candidates(context.Background(), node.MatchRequest{ID: id, Limit: -1})
	if err != nil {
		g.t.Fatalf("%s: %v", key, err)
	}
	posting, err := g.n.Posting(context.Background(), id)
	if err != nil {
		g.t.Fatalf("%s: %v", key, err)
	}
	for i := range r.Results {
		for _, graduate := range g.market.graduates {
			person := goldenID(matching.GraduatePrefix, graduate)
			if r.Results[i].ID == pseudonym(g.keys, posting, person) {
				r.Results[i].ID = person
			}
		}
	}
	slices.SortStableFunc(r.Results, func(a, b node.Found) int {
		if a.Score != b.Score || metresOf(a) != metresOf(b) {
			return 0
		}
		return strings.Compare(g.market.keyOf[a.ID], g.market.keyOf[b.ID])
	})
	return fmt.Sprintf("%s: %s (%d in all)", key, g.market.story[key], r.Total), r.Results[:min(10, len(r.Results))]
}

func metresOf(f node.Found) float64 {
	if f.Distance == nil {
		return 0
	}
	return *f.Distance
}

func (g *golden) search(text string) (string, []node.Found) {
	language := node.English
	if script.Of(text) == script.Ur {
		language = node.Urdu
	}
	r, err := g.n.Search(context.Background(), node.SearchRequest{Text: text, Limit: 10, Language: language})
	if err != nil {
		g.t.Fatalf("%s: %v", text, err)
	}
	return fmt.Sprintf("%s (%d in all)\n%s", text, r.Total, g.n.Reader().Explain(text)), r.Results
}

// keep compares a text with the file that was kept of it, or writes it anew.
func (g *golden) keep(name, got string) {
	g.t.Helper()
	if *rewrite {
		if err := os.WriteFile(goldenDir+name, []byte(got), 0o644); err != nil {
			g.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(goldenDir + name)
	if err != nil {
		g.t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		g.t.Errorf("%s has changed (-kept +now); if that is what was meant: make golden\n%s", name, diff)
	}
}
