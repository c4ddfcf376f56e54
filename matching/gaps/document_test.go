package gaps

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var rewrite = flag.Bool("rewrite", false, "write the table of definitions in docs/GAPS.md anew")

// TestDocumentDefinesEveryFigure holds the table of docs/GAPS.md to Definitions.
func TestDocumentDefinesEveryFigure(t *testing.T) {
	const file = "../../docs/GAPS.md"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const begins, ends = "-rewrite -->\n", "<!-- end of definitions -->"
	before, rest, ok := strings.Cut(string(text), begins)
	_, after, closed := strings.Cut(rest, ends)
	if !ok || !closed {
		t.Fatalf("%s has lost the marks around its table", file)
	}
	var table strings.Builder
	table.WriteString("| figure | unit | what it is | source |\n|---|---|---|---|\n")
	cell := strings.NewReplacer("|", `\|`)
	for _, d := range Definitions() {
		table.WriteString("| `" + d.Name + "` | " + cell.Replace(d.Unit) + " | " + cell.Replace(d.Meaning) + " | " + cell.Replace(d.Source) + " |\n")
	}
	want := before + begins + table.String() + ends + after
	if *rewrite {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if string(text) != want {
		t.Errorf("the table of %s is not that of Definitions: go test ./matching/gaps -run Document -rewrite", file)
	}
}
