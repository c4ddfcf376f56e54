package seed

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"

	"rabta/geo"
	"rabta/matching"
	"rabta/matching/trades"
)

// Reference is all reference data that Rabta ships with, checked and ready. It is immutable and safe for concurrent use.
type Reference struct {
	Catalogue *trades.Catalogue
	Gazetteer *geo.Gazetteer
	Wages     *matching.Wages
	Model     *matching.Model // by the default weights; its version names these and the tables
	Sectors   []Sector        // by slug
	Schooling []Schooling     // from none upwards
	Licences  []Licence
	ISCO      map[string]string // title of each ISCO-08 unit group; ILO 2012

	land   []geo.Cell // of all districts, ascending
	sample *sampleTables
}

// Sector is a group of trades, as the pages list them.
type Sector struct {
	Slug  string       `json:"slug"`
	Names trades.Names `json:"names"`
}

// Schooling is one step of schooling, in rising order.
type Schooling struct {
	Code  string       `json:"code"`
	Order int          `json:"order"`
	Names trades.Names `json:"names"`
}

// Licence is a class of driving licence.
type Licence struct {
	Code  string       `json:"code"`
	Names trades.Names `json:"names"`
}

// Load reads the embedded tables. An error means that the binary was built from faulty tables; it names file and row. It takes
// some tens of milliseconds: call it once.
func Load() (*Reference, error) { return load(tables, matching.DefaultWeights()) }

// modelVersion is raised when the default weights or the meaning of a table change.
const modelVersion = "2"

func load(files fs.FS, weights matching.Weights) (*Reference, error) {
	ref := &Reference{}
	market, err := readTradeMarket(files)
	if err != nil {
		return nil, err
	}
	steps := []func() error{
		func() (err error) { ref.ISCO, err = readISCO(files); return },
		func() (err error) { ref.Sectors, err = readSectors(files); return },
		func() (err error) { ref.Schooling, err = readSchooling(files); return },
		func() (err error) { ref.Licences, err = readLicences(files); return },
		func() (err error) { ref.Catalogue, err = readCatalogue(files, ref.ISCO); return },
		func() (err error) { ref.Gazetteer, ref.land, err = readGazetteer(files); return },
		func() (err error) { ref.Wages, err = readWages(files, market); return },
		func() error { return ref.checkSlugs(market) },
		func() (err error) { ref.sample, err = readSampleTables(files, market); return },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, fmt.Errorf("reference data: %w", err)
		}
	}
	if err := weights.Check(); err != nil {
		return nil, fmt.Errorf("reference data: weights: %w", err)
	}
	version, err := version(files, weights)
	if err != nil {
		return nil, fmt.Errorf("reference data: %w", err)
	}
	schooling := make([]string, len(ref.Schooling))
	for i, s := range ref.Schooling {
		schooling[i] = s.Code
	}
	ref.Model = matching.NewModel(version, weights, ref.Catalogue, ref.Wages, schooling)
	return ref, nil
}

// version names the tables and weights by a hash: the same bytes give the same name on every machine.
func version(files fs.FS, weights matching.Weights) (string, error) {
	hash := sha256.New()
	if err := json.NewEncoder(hash).Encode(weights); err != nil {
		return "", fmt.Errorf("hashing the weights: %w", err)
	}
	// WalkDir goes in lexical order.
	err := fs.WalkDir(files, "tables", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		fmt.Fprintf(hash, "%s %d\n", name, len(body))
		hash.Write(body)
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("hashing the tables: %w", err)
	}
	return modelVersion + "-" + hex.EncodeToString(hash.Sum(nil)[:6]), nil
}

// checkSlugs holds the tables against each other: every trade has its sector and its row of the market.
func (ref *Reference) checkSlugs(market []tradeMarket) error {
	sectors := make(map[string]bool)
	for _, s := range ref.Sectors {
		sectors[s.Slug] = true
	}
	for _, t := range ref.Catalogue.All() {
		if !sectors[t.Sector] {
			return fmt.Errorf("tables/trades.tsv: %q has the unknown sector %q", t.Slug, t.Sector)
		}
	}
	if len(market) != ref.Catalogue.Len() {
		return fmt.Errorf("tables/trade_market.tsv: %d trades, want %d", len(market), ref.Catalogue.Len())
	}
	for i, t := range market {
		if want := ref.Catalogue.At(uint16(i)).Slug; t.trade != want {
			return fmt.Errorf("tables/trade_market.tsv: row %d: trade %q where %q comes by slug", i+2, t.trade, want)
		}
	}
	return nil
}

func readISCO(files fs.FS) (map[string]string, error) {
	titles := make(map[string]string)
	err := eachRow(files, "tables/isco.tsv", []string{"code", "title"}, func(r *row) error {
		titles[r.text("code")] = r.text("title")
		return nil
	})
	return titles, err
}

func readSectors(files fs.FS) ([]Sector, error) {
	var list []Sector
	err := eachRow(files, "tables/sectors.tsv", []string{"slug", "en", "ur", "roman"}, func(r *row) error {
		list = append(list, Sector{r.text("slug"), readNames(r)})
		return nil
	})
	return list, err
}

func readSchooling(files fs.FS) ([]Schooling, error) {
	var list []Schooling
	err := eachRow(files, "tables/schooling.tsv", []string{"code", "order", "en", "ur", "roman"}, func(r *row) error {
		s := Schooling{r.text("code"), r.whole("order"), readNames(r)}
		if s.Order != len(list) {
			return fmt.Errorf("order %d, want %d", s.Order, len(list))
		}
		list = append(list, s)
		return nil
	})
	return list, err
}

func readLicences(files fs.FS) ([]Licence, error) {
	var list []Licence
	err := eachRow(files, "tables/licences.tsv", []string{"code", "en", "ur", "roman"}, func(r *row) error {
		list = append(list, Licence{r.text("code"), readNames(r)})
		return nil
	})
	return list, err
}
