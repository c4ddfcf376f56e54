package node

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/internal/intake"
	"rabta/internal/script"
	"rabta/seed"
	"rabta/store"
)

const (
	importBatch  = 2_000 // places a transaction
	importPulse  = 1_000 // rows between two words of progress
	faultsShown  = 100
	sameTownWide = 2_000 // metres within which a place of a shipped town's name is that town
)

// ImportOptions say how a file is taken in.
type ImportOptions struct {
	DryRun   bool           // read, check and compare, and store nothing
	Progress func(rows int) // hears how many rows have been read; nil: nobody listens
}

// ImportReport is what became of a file's rows. Rows = Imported + Changed + Unchanged + Known + Passed + Faulty.
type ImportReport struct {
	DryRun    bool              `json:"dry_run"`
	Rows      int               `json:"rows"`
	Imported  int               `json:"imported"`  // new to the store; with DryRun, what would be
	Changed   int               `json:"changed"`   // stored before with other content
	Unchanged int               `json:"unchanged"` // stored before as it is
	Known     int               `json:"known"`     // towns that Rabta ships with
	Passed    int               `json:"passed"`    // sound rows that are no settlement of Pakistan
	Faulty    int               `json:"faulty"`
	Faults    []intake.RowFault `json:"faults"`    // of the first 100 faulty rows
	Levels    map[geo.Level]int `json:"levels"`    // places of the file, known ones left out, by level
	Districts int               `json:"districts"` // in which something was imported or changed
}

// Accepted is how many rows name a settlement of Pakistan, whether or not it had to be stored.
func (r *ImportReport) Accepted() int { return r.Imported + r.Changed + r.Unchanged + r.Known }

// ImportPlaces takes in a table of places (intake.Places says which), each within the district that holds its point, and returns
// once names of them are found. Taking the same file in twice changes nothing. It stores 2,000 places at a time: when an error ends
// it, what was stored before stays and the report counts it, and the same file given again goes on. One import runs at a time; a second
// is a fault.Conflict.
func (n *Node) ImportPlaces(ctx context.Context, r io.Reader, opts ImportOptions) (ImportReport, error) {
	const op = "node.ImportPlaces"
	if !n.importing.TryLock() {
		return ImportReport{}, fault.New(fault.Conflict, op, "Another file of places is being taken in just now. Wait until it is done and try again.")
	}
	defer n.importing.Unlock()
	stored, err := n.storedPlaces(ctx)
	if err != nil {
		return ImportReport{}, fault.Wrap(op, err)
	}
	i := newPlaceImport(n.ref.Gazetteer, stored, opts)
	if !opts.DryRun {
		i.write = n.putPlaces
	}
	n.takingIn.Store(true)
	defer n.takingIn.Store(false)
	err = i.run(ctx, r)
	if i.last > 0 {
		// What is stored is shown, even if the caller has gone meanwhile.
		shown := context.WithoutCancel(ctx)
		waitErr := n.catchAll(shown, i.last)
		n.takingIn.Store(false) // before they are loaded: what the follower has left out until now is in the store
		err = cmp.Or(err, waitErr, n.loadPlaces(shown))
	}
	return i.report, fault.Wrap(op, err)
}

// CheckPlaces reads a table of places as ImportPlaces does with DryRun, against the shipped places alone: it needs no data directory.
func CheckPlaces(ctx context.Context, ref *seed.Reference, r io.Reader, progress func(rows int)) (ImportReport, error) {
	i := newPlaceImport(ref.Gazetteer, nil, ImportOptions{DryRun: true, Progress: progress})
	err := i.run(ctx, r)
	return i.report, fault.Wrap("node.CheckPlaces", err)
}

// digest stands for the content of a stored place.
type digest [sha256.Size]byte

// storedPlaces gives the content of every place that was imported before, by id.
func (n *Node) storedPlaces(ctx context.Context) (map[string]digest, error) {
	stored := map[string]digest{}
	_, err := n.store.EachPlace(ctx, func(p store.ImportedPlace) error {
		stored[p.ID] = sha256.Sum256(p.Body)
		return nil
	})
	return stored, err
}

// putPlaces stores a batch.
func (n *Node) putPlaces(ctx context.Context, batch []store.ImportedPlace) (store.Position, error) {
	return n.store.Update(ctx, func(tx store.Tx) error {
		for _, p := range batch {
			p.Imported = n.clock()
			if err := tx.PutPlace(ctx, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// placeImport is one file on its way in.
type placeImport struct {
	opts      ImportOptions
	gazetteer *geo.Gazetteer                                                       // the shipped one
	write     func(context.Context, []store.ImportedPlace) (store.Position, error) // nil: nothing is stored

	towns     map[string][]geo.Point // the shipped towns, by every name
	stored    map[string]digest
	rowOf     map[string]int // where in the file each place stands
	districts map[string]bool
	batch     []store.ImportedPlace
	fresh     int // of the batch, those that were not stored before
	last      store.Position
	report    ImportReport
}

func newPlaceImport(shipped *geo.Gazetteer, stored map[string]digest, opts ImportOptions) *placeImport {
	i := &placeImport{opts: opts, gazetteer: shipped, stored: stored, towns: map[string][]geo.Point{}, rowOf: map[string]int{},
		districts: map[string]bool{},
		report:    ImportReport{DryRun: opts.DryRun, Faults: []intake.RowFault{}, Levels: map[geo.Level]int{}}}
	for _, town := range shipped.All(geo.LevelTown) {
		for _, name := range spellings(&town) {
			i.towns[name] = append(i.towns[name], town.Point)
		}
	}
	return i
}

// spellings gives a place's names in the form in which they are compared: folded, without spaces.
func spellings(p *geo.Place) []string {
	var names []string
	for _, name := range append([]string{p.Names.En, p.Names.Ur, p.Names.Roman}, p.Other...) {
		if name = strings.ReplaceAll(script.Fold(name), " ", ""); name != "" {
			names = append(names, name)
		}
	}
	return names
}

func (i *placeImport) run(ctx context.Context, r io.Reader) error {
	for row, err := range intake.Places(r) {
		if err != nil {
			return err
		}
		i.report.Rows++
		if i.report.Rows%importPulse == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			i.pulse()
		}
		if err := i.take(&row); err != nil {
			return err
		}
		if len(i.batch) >= importBatch {
			if err := i.flush(ctx); err != nil {
				return err
			}
		}
	}
	err := i.flush(ctx)
	i.pulse()
	return err
}

func (i *placeImport) pulse() {
	if i.opts.Progress != nil {
		i.opts.Progress(i.report.Rows)
	}
}

// take counts one row and puts it into the batch when it has to be stored.
func (i *placeImport) take(row *intake.PlaceRow) error {
	switch {
	case row.Fault != nil:
		i.refuse(*row.Fault)
		return nil
	case !row.Taken():
		i.report.Passed++
		return nil
	}
	place := row.Place
	if before, twice := i.rowOf[place.ID]; twice {
		i.refuse(intake.RowFault{Row: row.Row, Column: "id", Found: place.ID,
			Expected: fmt.Sprintf("a place that stands once; it stands in row %d already", before)})
		return nil
	}
	i.rowOf[place.ID] = row.Row
	if i.isShipped(&place) {
		i.report.Known++
		return nil
	}
	district, ok := i.gazetteer.District(place.Point)
	if !ok {
		i.refuse(intake.RowFault{Row: row.Row, Expected: "a point in a district"})
		return nil
	}
	place.Parent = district.ID
	body, err := json.Marshal(place)
	if err != nil {
		return fmt.Errorf("writing place %q: %w", place.ID, err)
	}
	i.report.Levels[place.Level]++
	was, known := i.stored[place.ID]
	if known && was == sha256.Sum256(body) {
		i.report.Unchanged++
		return nil
	}
	if !known {
		i.fresh++
	}
	if !i.districts[district.ID] {
		i.districts[district.ID] = true
		i.report.Districts++
	}
	i.batch = append(i.batch, store.ImportedPlace{ID: place.ID, Source: row.Source, Body: body})
	return nil
}

func (i *placeImport) refuse(f intake.RowFault) {
	i.report.Faulty++
	if len(i.report.Faults) < faultsShown {
		i.report.Faults = append(i.report.Faults, f)
	}
}

// isShipped tells whether a place is a town that Rabta ships with, with its census figure: it bears one of its names within 2 km.
func (i *placeImport) isShipped(p *geo.Place) bool {
	for _, name := range spellings(p) {
		for _, town := range i.towns[name] {
			if geo.Distance(p.Point, town) <= sameTownWide {
				return true
			}
		}
	}
	return false
}

// flush stores the batch and counts it.
func (i *placeImport) flush(ctx context.Context) error {
	if len(i.batch) == 0 {
		return nil
	}
	if i.write != nil {
		position, err := i.write(ctx, i.batch)
		if err != nil {
			return err
		}
		i.last = position
	}
	i.report.Imported += i.fresh
	i.report.Changed += len(i.batch) - i.fresh
	i.batch, i.fresh = i.batch[:0], 0
	return nil
}
