package gaps

import (
	"runtime"
	"sync"

	"github.com/oklog/ulid/v2"

	"rabta/geo"
	"rabta/matching"
)

// Ledger holds the rows of the market by trade, those that have ended too, so that it can be asked for any day. Rows are put and
// dropped one at a time; what was computed for trades that they do not touch is kept. It is not safe for concurrent use; the
// tables that it gives are immutable and are.
type Ledger struct {
	set     Settings
	groups  *groups
	buckets []bucket
	people  map[ulid.ULID][]uint16 // trades whose buckets hold a row of the person, the main one first
	work    map[ulid.ULID]uint16
	paths   map[ulid.ULID]uint16 // of progress
	areas   map[geo.Cell]Area
	day     int32 // of the sheets that are kept
}

// bucket is the rows of one trade.
type bucket struct {
	searchers rows[seeking]
	vacancies rows[opening]
	progress  rows[path]
	aside     rows[other]
	sheet     *sheet // nil when it must be computed anew
}

// seeking, opening and path are rows with the cell of their place, which is looked up once.
type seeking struct {
	Searcher
	cell geo.Cell // of resolution 9
}

type opening struct {
	Vacancy
	cell geo.Cell // of resolution 9; 0 when remote
}

type path struct {
	Progress
	atom geo.Cell
}

// other is a person who holds the trade besides her main one.
type other struct {
	atom         geo.Cell
	since, until int32
}

// rows is a set of rows by key, dense so that they are read in one sweep. Their order means nothing.
type rows[T any] struct {
	all  []T
	keys []ulid.ULID
	at   map[ulid.ULID]int32
}

func (r *rows[T]) put(key ulid.ULID, row T) {
	if r.at == nil {
		r.at = make(map[ulid.ULID]int32)
	}
	if i, ok := r.at[key]; ok {
		r.all[i] = row
		return
	}
	r.at[key] = int32(len(r.all))
	r.all, r.keys = append(r.all, row), append(r.keys, key)
}

func (r *rows[T]) drop(key ulid.ULID) {
	i, ok := r.at[key]
	if !ok {
		return
	}
	last := len(r.all) - 1
	var none T
	r.all[i], r.keys[i] = r.all[last], r.keys[last]
	r.at[r.keys[i]] = i
	r.all[last] = none
	r.all, r.keys = r.all[:last], r.keys[:last]
	delete(r.at, key)
}

// NewLedger makes an empty ledger. It panics without a catalogue or without areas, since no figure would mean anything.
func NewLedger(set Settings) *Ledger {
	if set.Catalogue == nil || set.Area == nil {
		panic("gaps: a ledger needs a catalogue and areas")
	}
	return &Ledger{set: set, groups: newGroups(set.Catalogue), buckets: make([]bucket, set.Catalogue.Len()),
		people: make(map[ulid.ULID][]uint16), work: make(map[ulid.ULID]uint16), paths: make(map[ulid.ULID]uint16),
		areas: make(map[geo.Cell]Area), day: matching.NoDay}
}

// PutSearcher adds a person or replaces her row. One whose home is outside the box or whose trade is in no catalogue is left out.
func (l *Ledger) PutSearcher(s Searcher) {
	l.DropSearcher(s.Key)
	cell, err := geo.CellAt(s.Home, geo.HomeResolution)
	if err != nil || int(s.Trade) >= len(l.buckets) {
		return
	}
	l.searchersOf(s.Trade).put(s.Key, seeking{s, cell})
	atom, touched := l.atom(cell), []uint16{s.Trade}
	for _, t := range s.Others {
		if int(t) < len(l.buckets) && t != s.Trade {
			l.buckets[t].sheet = nil
			l.buckets[t].aside.put(s.Key, other{atom, s.Since, s.Until})
			touched = append(touched, t)
		}
	}
	l.people[s.Key] = touched
}

func (l *Ledger) searchersOf(trade uint16) *rows[seeking] {
	l.buckets[trade].sheet = nil
	return &l.buckets[trade].searchers
}

// DropSearcher takes a person out as if she had never been there.
func (l *Ledger) DropSearcher(key ulid.ULID) {
	touched, ok := l.people[key]
	if !ok {
		return
	}
	l.searchersOf(touched[0]).drop(key)
	for _, t := range touched[1:] {
		l.buckets[t].sheet = nil
		l.buckets[t].aside.drop(key)
	}
	delete(l.people, key)
}

// PutVacancy adds a posting or replaces its row. One outside the box or of a trade in no catalogue is left out.
func (l *Ledger) PutVacancy(v Vacancy) {
	l.DropVacancy(v.Key)
	if int(v.Trade) >= len(l.buckets) {
		return
	}
	o := opening{Vacancy: v}
	if !v.Remote {
		cell, err := geo.CellAt(v.At, geo.HomeResolution)
		if err != nil {
			return
		}
		o.cell = cell
		l.atom(cell)
	}
	o.Vacancies = min(o.Vacancies, maxVacancies)
	l.buckets[v.Trade].sheet = nil
	l.buckets[v.Trade].vacancies.put(v.Key, o)
	l.work[v.Key] = v.Trade
}

// DropVacancy takes a posting out as if it had never been there.
func (l *Ledger) DropVacancy(key ulid.ULID) {
	if trade, ok := l.work[key]; ok {
		l.buckets[trade].sheet = nil
		l.buckets[trade].vacancies.drop(key)
		delete(l.work, key)
	}
}

// PutProgress adds the stages that a person reached, or replaces them.
func (l *Ledger) PutProgress(p Progress) {
	l.DropProgress(p.Key)
	cell, err := geo.CellAt(p.Home, geo.HomeResolution)
	if err != nil || int(p.Trade) >= len(l.buckets) {
		return
	}
	l.buckets[p.Trade].sheet = nil
	l.buckets[p.Trade].progress.put(p.Key, path{p, l.atom(cell)})
	l.paths[p.Key] = p.Trade
}

// DropProgress takes a person's stages out.
func (l *Ledger) DropProgress(key ulid.ULID) {
	if trade, ok := l.paths[key]; ok {
		l.buckets[trade].sheet = nil
		l.buckets[trade].progress.drop(key)
		delete(l.paths, key)
	}
}

// atom gives the smallest place that holds a cell, and learns its units when it is new.
func (l *Ledger) atom(cell geo.Cell) geo.Cell {
	a := cell.Parent(AtomResolution)
	if _, known := l.areas[a]; !known {
		l.areas[a] = l.set.Area(a)
	}
	return a
}

// Table gives every measure of a day. Of the latest day that was asked for it keeps what it has computed, so that of that day only
// trades that changed since are computed again; an earlier day is computed in full beside it. It works on as many processors as there are.
func (l *Ledger) Table(day int32) *Table {
	if day > l.day {
		for i := range l.buckets {
			l.buckets[i].sheet = nil
		}
		l.day = day
	}
	sheets := make([]*sheet, len(l.buckets))
	if day == l.day {
		for i := range l.buckets {
			sheets[i] = l.buckets[i].sheet
		}
	}
	l.compute(sheets, day)
	if day == l.day {
		for i := range l.buckets {
			l.buckets[i].sheet = sheets[i]
		}
	}
	return l.table(day, sheets)
}

// compute fills in the sheets that are missing.
func (l *Ledger) compute(sheets []*sheet, day int32) {
	var wait sync.WaitGroup
	missing := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			for trade := range missing {
				sheets[trade] = l.set.sheet(&l.buckets[trade], day)
			}
		})
	}
	for trade := range sheets {
		if sheets[trade] == nil {
			missing <- trade
		}
	}
	close(missing)
	wait.Wait()
}

// Earliest gives the first day of which any row tells; matching.NoDay of an empty ledger.
func (l *Ledger) Earliest() int32 {
	first := int32(matching.NoDay)
	earlier := func(day int32) {
		if day != matching.NoDay && (first == matching.NoDay || day < first) {
			first = day
		}
	}
	for i := range l.buckets {
		for k := range l.buckets[i].searchers.all {
			earlier(l.buckets[i].searchers.all[k].Since)
		}
		for k := range l.buckets[i].vacancies.all {
			earlier(l.buckets[i].vacancies.all[k].Posted)
		}
	}
	return first
}

// EachRow visits every row in no order, for who compares two ledgers.
func (l *Ledger) EachRow(person func(Searcher), posting func(Vacancy), progress func(Progress)) {
	for i := range l.buckets {
		b := &l.buckets[i]
		for k := range b.searchers.all {
			person(b.searchers.all[k].Searcher)
		}
		for k := range b.vacancies.all {
			posting(b.vacancies.all[k].Vacancy)
		}
		for k := range b.progress.all {
			progress(b.progress.all[k].Progress)
		}
	}
}
