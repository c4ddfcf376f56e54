package node_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/internal/node"
)

// placesTable is an invented table of 24 places and 15 rows that give none.
func placesTable(t *testing.T) []byte {
	t.Helper()
	body, err := os.ReadFile("../intake/testdata/headed.tsv")
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// manyPlaces makes a table of n hamlets.
func manyPlaces(n int) []byte {
	var b bytes.Buffer
	b.WriteString("wof_id\tname\tlat\tlon\n")
	for i := range n {
		fmt.Fprintf(&b, "%d\tHamlet %d\t%.4f\t72.5\n", 800000000+i, i, 30+float64(i%2000)/1000)
	}
	return b.Bytes()
}

func importAll(t *testing.T, n *node.Node, body []byte, opts node.ImportOptions) node.ImportReport {
	t.Helper()
	report, err := n.ImportPlaces(context.Background(), bytes.NewReader(body), opts)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// counts gives a report's figures alone.
func counts(r node.ImportReport) [7]int {
	return [7]int{r.Rows, r.Imported, r.Changed, r.Unchanged, r.Known, r.Passed, r.Faulty}
}

func position(t *testing.T, n *node.Node) uint64 {
	t.Helper()
	head, err := n.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return uint64(head.Position)
}

func TestImportPlacesTwiceChangesNothing(t *testing.T) {
	n := openNode(t, t.TempDir()+"/data")
	body := placesTable(t)

	dry := importAll(t, n, body, node.ImportOptions{DryRun: true})
	if counts(dry) != [7]int{39, 24, 0, 0, 0, 2, 13} || !dry.DryRun || position(t, n) != 0 {
		t.Errorf("the dry run: %+v, and the journal is at %d", dry, position(t, n))
	}
	if found, err := n.Place("vil-gn90000002"); err == nil {
		t.Errorf("the dry run left %+v", found)
	}

	var heard []int
	first := importAll(t, n, body, node.ImportOptions{Progress: func(rows int) { heard = append(heard, rows) }})
	if counts(first) != counts(dry) || len(first.Faults) != 13 || first.Accepted() != 24 || first.Districts == 0 {
		t.Errorf("first: %+v", first)
	}
	if want := map[geo.Level]int{geo.LevelTown: 1, geo.LevelVillage: 23}; !maps.Equal(first.Levels, want) {
		t.Errorf("by level %v, want %v", first.Levels, want)
	}
	if len(heard) != 1 || heard[0] != 39 {
		t.Errorf("progress was told %v, want 39 at the end", heard)
	}

	at := position(t, n)
	second := importAll(t, n, body, node.ImportOptions{})
	if counts(second) != [7]int{39, 0, 0, 24, 0, 2, 13} || second.Districts != 0 || position(t, n) != at {
		t.Errorf("second: %+v, and the journal went from %d to %d", second, at, position(t, n))
	}

	moved := bytes.Replace(body, []byte("\tDhok Saleti\t33.231\t"), []byte("\tDhok Saleti\t33.232\t"), 1)
	third := importAll(t, n, moved, node.ImportOptions{})
	if counts(third) != [7]int{39, 0, 1, 23, 0, 2, 13} || third.Districts != 1 {
		t.Errorf("with one place moved: %+v", third)
	}
}

func TestImportedPlacesAreFound(t *testing.T) {
	dir := t.TempDir() + "/data"
	for _, name := range []string{"at once", "after opening again"} {
		t.Run(name, func(t *testing.T) {
			n := openNode(t, dir) // closed at the end of each run
			if name == "at once" {
				importAll(t, n, placesTable(t), node.ImportOptions{})
			}
			lookUp(t, n)
		})
	}
}

func lookUp(t *testing.T, n *node.Node) {
	t.Helper()
	tests := []struct{ query, id, how string }{
		{"Noorgarh Bala", "vil-gn90000002", geo.FoundExact},
		{"نورگڑھ بالا", "vil-gn90000002", geo.FoundExact},
		{"Noorgrah Bala", "vil-gn90000002", geo.FoundMisspelt},
		{"سكهن والا", "vil-gn90000006", geo.FoundExact}, // as an Arabic keyboard writes it
		{"Arnapur", "vil-wof900000001", geo.FoundExact},
		{"57/12 L", "vil-gn90000004", geo.FoundExact},
		{"چک ۱۱۸ ج ب", "vil-gn90000005", geo.FoundExact},
	}
	for _, tt := range tests {
		found := n.FindPlaces(tt.query, 1)
		if len(found) == 0 || found[0].Place.ID != tt.id || found[0].How != tt.how {
			t.Errorf("%q finds %+v, want %s as %s", tt.query, found, tt.id, tt.how)
			continue
		}
		chain := n.PlaceChain(tt.id)
		district, _ := n.DistrictAt(found[0].Place.Point)
		if len(chain) < 2 || chain[1].ID != district.ID || chain[len(chain)-1].Level != geo.LevelProvince {
			t.Errorf("%s lies within %+v, want its district %s and a province", tt.id, chain, district.ID)
		}
	}
	for _, text := range []string{"darzi in noorgarh bala", "نورگڑھ بالا میں درزی"} {
		r, err := n.Search(context.Background(), node.SearchRequest{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		if place := r.Understood.Place; place == nil || place.ID != "vil-gn90000002" {
			t.Errorf("%q is about %+v, want Noorgarh Bala", text, place)
		}
	}
}

func TestImportPlacesKnowsShippedTowns(t *testing.T) {
	n := openNode(t, t.TempDir()+"/data")
	town := n.Reference().Gazetteer.All(geo.LevelTown)[0]
	row := func(id int, name string, lat float64) string {
		return fmt.Sprintf("%d\t%s\t%f\t%f\n", id, name, lat, town.Point.Lon)
	}
	near, far := town.Point.Lat+0.01, town.Point.Lat+0.03 // 1.1 and 3.3 km to the north
	report := importAll(t, n, []byte("geonames_id\tname\tlat\tlon\n"+
		row(1, strings.ToUpper(town.Names.En), near)+row(2, town.Names.En, far)+row(3, "Nai Abadi Misal", near)+row(2, "Twice", far)), node.ImportOptions{})
	if counts(report) != [7]int{4, 2, 0, 0, 1, 0, 1} {
		t.Errorf("%+v, want one known, two imported, and one faulty because its number stood before", report)
	}
	if len(report.Faults) != 1 || report.Faults[0].Row != 5 || !strings.HasSuffix(report.Faults[0].Expected, "row 3 already") {
		t.Errorf("faults %+v", report.Faults)
	}
}

func TestImportPlacesGoesOnAfterAnError(t *testing.T) {
	n := openNode(t, t.TempDir()+"/data")
	body, torn := manyPlaces(2_500), errors.New("the line went dead")
	cut := bytes.Index(body, []byte("Hamlet 2400"))
	report, err := n.ImportPlaces(context.Background(), io.MultiReader(bytes.NewReader(body[:cut]), iotest.ErrReader(torn)), node.ImportOptions{})
	if !errors.Is(err, torn) || report.Imported != 2_000 {
		t.Errorf("%v after %+v, want the reader's error and one batch in", err, report)
	}
	if found := n.FindPlaces("Hamlet 1999", 1); len(found) != 1 || found[0].How != geo.FoundExact {
		t.Errorf("what was stored is not found: %+v", found)
	}
	if report = importAll(t, n, body, node.ImportOptions{}); counts(report) != [7]int{2_500, 500, 0, 2_000, 0, 0, 0} {
		t.Errorf("going on: %+v", report)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := n.ImportPlaces(ended, bytes.NewReader(body), node.ImportOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("with a context that has ended: %v", err)
	}
}

func TestImportPlacesOneAtATime(t *testing.T) {
	n := openNode(t, t.TempDir()+"/data")
	r, w := io.Pipe()
	var first sync.WaitGroup
	first.Go(func() {
		if _, err := n.ImportPlaces(context.Background(), r, node.ImportOptions{}); err != nil {
			t.Error(err)
		}
	})
	if _, err := w.Write(manyPlaces(1)); err != nil { // returns once the first import reads
		t.Fatal(err)
	}
	_, err := n.ImportPlaces(context.Background(), bytes.NewReader(manyPlaces(1)), node.ImportOptions{})
	if fault.KindOf(err) != fault.Conflict || err == nil {
		t.Errorf("a second import beside the first: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	first.Wait()
}

func TestImportPlacesBesideSearching(t *testing.T) {
	n := marketNode(t, 60, 60)
	done := make(chan struct{})
	var readers sync.WaitGroup
	multan := geo.Point{Lat: 30.2, Lon: 71.5}
	for _, ask := range []func() error{
		func() error {
			_, err := n.Search(context.Background(), node.SearchRequest{Text: "darzi in noorgarh bala"})
			return err
		},
		func() error {
			_, err := n.Search(context.Background(), node.SearchRequest{Place: "Multan"})
			return err
		},
		func() error {
			if len(n.FindPlaces("Multan", 1)) == 0 || len(n.NearestPlaces(multan, 1)) == 0 {
				return errors.New("Multan is gone")
			}
			return nil
		},
	} {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if err := ask(); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	importAll(t, n, placesTable(t), node.ImportOptions{})
	importAll(t, n, manyPlaces(300), node.ImportOptions{})
	close(done)
	readers.Wait()
	if found := n.FindPlaces("Hamlet 299", 1); len(found) != 1 || found[0].How != geo.FoundExact {
		t.Errorf("found %+v", found)
	}
}

func TestCheckPlacesNeedsNoDirectory(t *testing.T) {
	n := openNode(t, t.TempDir()+"/data")
	report, err := node.CheckPlaces(context.Background(), n.Reference(), bytes.NewReader(placesTable(t)), nil)
	if err != nil || counts(report) != [7]int{39, 24, 0, 0, 0, 2, 13} || !report.DryRun {
		t.Errorf("%+v, %v", report, err)
	}
}
