package rabta_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowed is the drawing of ARCHITECTURE.md: for each package, whom of ours it may import. Tests of a package may import, over
// that, what alsoInTests lists.
var allowed = map[string][]string{
	"internal/script":        {},
	"internal/script/recall": {"internal/script"},
	"internal/fault":         {},
	"internal/fleet":         {},
	"internal/crash":         {"internal/fleet"},
	"internal/full":          {"internal/fleet"},
	"internal/soak":          {},
	"internal/compare":       {"internal/fault", "geo", "matching", "matching/board", "search", "store", "store/sqlite", "store/postgres/cluster", "seed", "internal/node"},
	"geo":                    {"internal/script", "internal/fault"},
	"matching/trades":        {"internal/script", "internal/fault", "geo"},
	"matching":               {"internal/script", "internal/fault", "geo", "matching/trades"},
	"matching/board":         {"internal/script", "internal/fault", "geo", "matching/trades", "matching"},
	"matching/gaps":          {"internal/script", "internal/fault", "geo", "matching/trades", "matching", "matching/board"},
	"search":                 {"internal/script", "internal/fault", "geo", "matching/trades", "matching", "matching/board"},
	"store":                  {"internal/script", "internal/fault", "geo", "matching/trades", "matching", "matching/board"},
	"store/layout":           {"internal/fault", "matching", "store"},
	"store/storetest":        {"internal/fault", "geo", "matching/trades", "matching", "store"},
	"store/sqlite":           {"internal/fault", "geo", "matching/trades", "matching", "store", "store/layout"},
	"store/postgres":         {"internal/fault", "geo", "matching/trades", "matching", "store", "store/layout"},
	"store/postgres/cluster": {"internal/fault"},
	"seed":                   {"internal/script", "internal/fault", "geo", "matching/trades", "matching", "matching/board"},
	"internal/intake":        {"internal/script", "internal/fault", "geo", "matching/trades", "matching", "matching/board", "search", "store", "seed"},
	"internal/sheet":         {"internal/script", "internal/fault", "geo", "matching/trades", "matching", "matching/gaps"},
	"internal/report":        {"internal/fault", "geo", "matching/trades", "matching/gaps"},
	"internal/node":          {"internal/script", "internal/fault", "geo", "matching/trades", "matching", "matching/board", "matching/gaps", "search", "store", "store/sqlite", "store/postgres", "seed", "internal/intake", "internal/report"},
	"api":                    {"internal/script", "internal/fault", "geo", "matching/trades", "matching", "matching/board", "matching/gaps", "search", "store", "seed", "internal/intake", "internal/report", "internal/sheet", "internal/node"},
	"cmd/rabta":              {"internal/script", "internal/fault", "geo", "matching/trades", "matching", "matching/board", "matching/gaps", "search", "store", "store/sqlite", "seed", "internal/intake", "internal/report", "internal/sheet", "internal/node", "api"},
}

var alsoInTests = map[string][]string{
	"store/sqlite":    {"store/storetest"},
	"store/postgres":  {"store/storetest", "store/sqlite", "store/postgres/cluster"},
	"internal/fleet":  {"store/postgres/cluster"},
	"internal/node":   {"store/postgres/cluster"},
	"matching":        {"seed"},
	"matching/gaps":   {"seed"},
	"internal/report": {"matching", "seed"},
	"search":          {"seed"},
	"":                {},
}

// homes says which packages alone may import a technology, their tests included. internal/compare speaks to the peers that we are held
// against in their own language.
var homes = map[string][]string{
	"github.com/gin-gonic/":           {"api"},
	"github.com/danielgtaylor/huma/":  {"api"},
	"github.com/blevesearch/":         {"search", "internal/compare"},
	"go.etcd.io/bbolt":                {"search"},
	"github.com/uber/h3-go/":          {"geo"},
	"github.com/jackc/":               {"store/postgres", "internal/compare"},
	"github.com/mattn/go-sqlite3":     {"store/sqlite"},
	"github.com/pressly/goose/":       {"store/sqlite", "store/postgres"},
	"github.com/alecthomas/kong":      {"cmd/rabta"},
	"github.com/prometheus/client_go": {"api"},
	"github.com/Shopify/toxiproxy/":   {"internal/fleet"},
}

var badNames = []string{"util", "utils", "common", "helpers", "models", "types"}

type goPackage struct {
	ImportPath, Name                   string
	Imports, TestImports, XTestImports []string
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Name,Imports,TestImports,XTestImports", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []goPackage
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			return packages
		}
		if err != nil {
			t.Fatalf("reading go list: %v", err)
		}
		packages = append(packages, p)
	}
}

// TestImportsFollowTheDrawing fails on any edge between our packages that ARCHITECTURE.md does not draw, and on a technology
// outside its one package.
func TestImportsFollowTheDrawing(t *testing.T) {
	packages := listPackages(t)
	if len(packages) < 10 {
		t.Fatalf("only %d packages listed: the check would see nothing", len(packages))
	}
	for _, p := range packages {
		name := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, "rabta"), "/")
		if slices.Contains(badNames, p.Name) {
			t.Errorf("%s: a package is named after what it holds, not %q", p.ImportPath, p.Name)
		}
		may, drawn := allowed[name]
		if !drawn && name != "" {
			t.Errorf("%s: not in the drawing; add it to ARCHITECTURE.md and to this test", p.ImportPath)
			continue
		}
		for _, imported := range p.Imports {
			checkEdge(t, name, imported, may)
		}
		mayInTests := slices.Concat(may, alsoInTests[name], []string{name})
		for _, imported := range slices.Concat(p.TestImports, p.XTestImports) {
			checkEdge(t, name, imported, mayInTests)
		}
	}
}

func checkEdge(t *testing.T, from, imported string, may []string) {
	t.Helper()
	if own, ours := strings.CutPrefix(imported, "rabta/"); ours && !slices.Contains(may, own) {
		t.Errorf("%s imports %s: against the drawing in ARCHITECTURE.md", from, own)
	}
	for technology, home := range homes {
		if strings.HasPrefix(imported, technology) && !slices.Contains(home, from) {
			t.Errorf("%s imports %s: only %s may", from, imported, strings.Join(home, " and "))
		}
	}
}
