//go:build checkdata

package node_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"rabta/geo"
	"rabta/internal/node"
	"rabta/seed"
)

// The real tables are not in the repository: make check-data SHARED=DIR gives their directory in RABTA_SHARED and the tag checkdata.

const (
	realRows       = 132_704
	leastAccepted  = 130_000
	leastAgreement = 0.97
)

func realTable(t *testing.T) []byte {
	t.Helper()
	body, err := os.ReadFile(filepath.Join(os.Getenv("RABTA_SHARED"), "data/gazetteer/places_pk_all.tsv.gz"))
	if err != nil {
		t.Fatalf("the real table of places: %v", err)
	}
	return body
}

// TestRealPlacesImport takes the whole table in, twice, and looks names up.
func TestRealPlacesImport(t *testing.T) {
	body := realTable(t)
	dir := t.TempDir() + "/data"
	n, err := node.Open(context.Background(), node.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		name string
		opts node.ImportOptions
	}{{"dry run", node.ImportOptions{DryRun: true}}, {"import", node.ImportOptions{}}, {"import again", node.ImportOptions{}}} {
		start := time.Now()
		r := importAll(t, n, body, step.opts)
		t.Logf("%s: %d rows, %d accepted: %d imported, %d changed, %d unchanged, %d known; %d passed over, %d faults; %v; %d districts; %v",
			step.name, r.Rows, r.Accepted(), r.Imported, r.Changed, r.Unchanged, r.Known, r.Passed, r.Faulty, r.Levels, r.Districts,
			time.Since(start).Round(time.Millisecond))
		for _, f := range r.Faults {
			t.Log(f)
		}
		if r.Rows != realRows || r.Accepted() < leastAccepted {
			t.Errorf("%d of %d rows were accepted, want at least %d of %d", r.Accepted(), r.Rows, leastAccepted, realRows)
		}
		if step.name == "import again" && r.Imported+r.Changed != 0 {
			t.Errorf("a second import changed %d places", r.Imported+r.Changed)
		}
	}
	if err := n.Close(); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if n, err = node.Open(context.Background(), node.Config{Dir: dir}); err != nil {
		t.Fatal(err)
	}
	t.Logf("opened again in %v", time.Since(start).Round(time.Millisecond))
	for _, name := range []string{"Abdarra", "آب دارہ", "Abdara", "chak 57 TDA"} {
		start := time.Now()
		found := n.FindPlaces(name, 3)
		if len(found) == 0 {
			t.Errorf("%q is not found", name)
			continue
		}
		t.Logf("%q is %s %s in %s (%s), in %v", name, found[0].Place.ID, found[0].Place.Names.En, found[0].Place.Parent, found[0].How, time.Since(start))
	}
	if err := n.Close(); err != nil {
		t.Error(err)
	}
}

// TestRealPlacesAgreeOnDistricts holds the district of each point by our cells against the one that the table gives.
func TestRealPlacesAgreeOnDistricts(t *testing.T) {
	ref, err := seed.Load()
	if err != nil {
		t.Fatal(err)
	}
	codes := districtCodes(t)
	unpacked, err := gzip.NewReader(bytes.NewReader(realTable(t)))
	if err != nil {
		t.Fatal(err)
	}
	asked, agreed, wrong := 0, 0, map[string]int{}
	eachRecord(t, unpacked, func(r map[string]string) {
		lat, errLat := strconv.ParseFloat(r["lat"], 64)
		lon, errLon := strconv.ParseFloat(r["lon"], 64)
		want := r["cod2022_adm2_pcode"]
		if errLat != nil || errLon != nil || want == "" {
			return
		}
		asked++
		district, ok := ref.Gazetteer.District(geo.Point{Lat: lat, Lon: lon})
		if ok && codes[district.ID] == want {
			agreed++
		} else {
			wrong[want+" is "+district.ID]++
		}
	})
	share := float64(agreed) / float64(asked)
	t.Logf("districts: %d of %d points agree, %.3f %%, in %d pairs of districts that do not", agreed, asked, 100*share, len(wrong))
	if share < leastAgreement {
		t.Errorf("%.3f of the points agree, want %.2f: %v", share, leastAgreement, wrong)
	}
}

// districtCodes gives the p-code of each shipped district, by id.
func districtCodes(t *testing.T) map[string]string {
	t.Helper()
	body, err := os.ReadFile("../../seed/tables/places/districts.tsv")
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]string{}
	eachRecord(t, bytes.NewReader(body), func(r map[string]string) { codes[r["id"]] = r["pcode"] })
	return codes
}

// eachRecord visits the rows of a table with headings, by column.
func eachRecord(t *testing.T, r io.Reader, visit func(map[string]string)) {
	t.Helper()
	var head []string
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		if head == nil {
			head = fields
			continue
		}
		record := map[string]string{}
		for i, name := range head {
			if i < len(fields) {
				record[name] = strings.TrimSpace(fields[i])
			}
		}
		visit(record)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}
