package node

import (
	"bytes"
	"cmp"
	"context"
	"iter"
	"slices"

	"github.com/oklog/ulid/v2"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/matching/gaps"
	"rabta/store"
)

// marketLedger is the ledger of matching/gaps as the store would fill it at this moment, and what it takes to keep it so.
//
// What the records tell of the past is less than what was. A person has searched from her registration, or from when she left the work
// that had taken her off the market, until she was hired for lasting work, or until the last change of a record that says placed or
// paused: earlier spells of search are not known, and a change of something else after she paused makes her look as if she had searched
// until then. A posting was live from its time until it was filled, closed or expired; when it was closed is known by its last change
// alone. Of a live posting as many vacancies are counted on earlier days as are left today; of one that has ended, those that were
// filled through applications too. What was deleted was never there. Drafts, and what staff hold back, are no demand. So figures of earlier days are worked
// out anew, and the snapshots that are taken daily (gaps_snapshots.go) tell what was published then.
type marketLedger struct {
	*gaps.Ledger
	n       *Node
	hirings map[ulid.ULID][]hiring    // by posting, sorted
	hires   map[ulid.ULID][]ulid.ULID // by graduate: the postings that hired her
	trained map[ulid.ULID][]training  // by graduate
	texts   map[string]string         // of trained, each kept once
}

// hiring is that a posting hired somebody.
type hiring struct {
	graduate ulid.ULID
	day      int32
}

// passed is one application in little: what of its way is counted.
type passed struct {
	posting ulid.ULID
	steps   []passedStep
	keeps   bool // she stays on the lists when she is hired
}

type passedStep struct {
	state matching.State
	day   int32
}

func passedOf(a *matching.Application) passed {
	p := passed{posting: a.Posting.ULID(), keeps: a.KeepsSearching, steps: make([]passedStep, 0, len(a.Steps))}
	for _, s := range a.Steps {
		if i := slices.Index(matching.States[:], s.State); i >= 0 { // ours, so that the record's text is not kept
			p.steps = append(p.steps, passedStep{matching.States[i], matching.Day(s.At)})
		}
	}
	return p
}

// day gives the day of the last step to a state.
func (p *passed) day(state matching.State) (int32, bool) {
	for _, s := range slices.Backward(p.steps) {
		if s.state == state {
			return s.day, true
		}
	}
	return 0, false
}

func (n *Node) newMarketLedger() *marketLedger {
	return &marketLedger{Ledger: gaps.NewLedger(gaps.DefaultSettings(n.model(), n.gazetteer())), n: n,
		hirings: map[ulid.ULID][]hiring{}, hires: map[ulid.ULID][]ulid.ULID{}, trained: map[ulid.ULID][]training{}, texts: map[string]string{}}
}

// walks are what a ledger is filled from; a store is such.
type walks interface {
	EachApplication(ctx context.Context, after matching.ID, visit func(*matching.Application) error) (store.Head, error)
	EachPosting(ctx context.Context, after matching.ID, visit func(*matching.Posting) error) (store.Head, error)
	EachGraduate(ctx context.Context, after matching.ID, visit func(*matching.Graduate) error) (store.Head, error)
}

// fill reads everything. What changes meanwhile is read again afterwards.
func (m *marketLedger) fill(ctx context.Context, from walks) error {
	ways := map[ulid.ULID][]passed{} // by graduate
	_, err := from.EachApplication(ctx, "", func(a *matching.Application) error {
		p, graduate := passedOf(a), a.Graduate.ULID()
		ways[graduate] = append(ways[graduate], p)
		if day, hired := p.day(matching.Hired); hired {
			m.hirings[p.posting] = append(m.hirings[p.posting], hiring{graduate, day})
			m.hires[graduate] = append(m.hires[graduate], p.posting)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, all := range m.hirings {
		slices.SortFunc(all, compareHirings)
	}
	lasting := map[ulid.ULID]bool{}
	_, err = from.EachPosting(ctx, "", func(p *matching.Posting) error {
		if p.Kind.Lasting() {
			lasting[p.ID.ULID()] = true
		}
		m.putPosting(p)
		return nil
	})
	if err != nil {
		return err
	}
	_, err = from.EachGraduate(ctx, "", func(g *matching.Graduate) error {
		m.putGraduate(g, ways[g.ID.ULID()], func(posting ulid.ULID) bool { return lasting[posting] })
		delete(ways, g.ID.ULID())
		return nil
	})
	return err
}

func compareHirings(a, b hiring) int {
	return cmp.Or(bytes.Compare(a.graduate[:], b.graduate[:]), cmp.Compare(a.day, b.day))
}

// putPosting makes a posting's row anew.
func (m *marketLedger) putPosting(p *matching.Posting) {
	ended, filled := postingEnd(p, m.hirings[p.ID.ULID()])
	counted := *p
	if p.Status != matching.Open {
		counted.Vacancies += len(m.hirings[p.ID.ULID()])
	}
	v, ok := gaps.VacancyOf(m.n.model(), &counted, m.n.facts.of(p.Employer), ended, filled)
	if !ok || p.Status == matching.Draft || p.Status == matching.Held {
		m.DropVacancy(p.ID.ULID())
		return
	}
	m.PutVacancy(v)
}

// postingEnd gives the first day on which a posting was or will be no longer live, and whether it ended because it was filled.
func postingEnd(p *matching.Posting, hirings []hiring) (ended int32, filled bool) {
	ended = matching.Day(p.Updated)
	switch {
	case p.Status == matching.Open && p.Vacancies > 0:
		return matching.Day(p.Expires), false
	case p.Status == matching.Open || p.Vacancies == 0:
		filled = true
		if len(hirings) > 0 {
			ended = slices.MaxFunc(hirings, func(a, b hiring) int { return cmp.Compare(a.day, b.day) }).day
		}
	case p.Status == matching.Filled:
		filled = true
	}
	return min(ended, matching.Day(p.Expires)), filled
}

// putGraduate makes a person's rows anew from her record and the ways of her applications.
func (m *marketLedger) putGraduate(g *matching.Graduate, ways []passed, lasting func(posting ulid.ULID) bool) {
	key := g.ID.ULID()
	m.noteHires(key, ways)
	if trained := m.trainingOf(g, ways); len(trained) > 0 {
		m.trained[key] = trained
	} else {
		delete(m.trained, key)
	}
	since, until := searchOf(g, ways, lasting)
	s, ok := gaps.SearcherOf(m.n.model(), g, since, until)
	if !ok {
		m.DropSearcher(key)
		m.DropProgress(key)
		return
	}
	m.PutSearcher(s)
	if p, ok := gaps.ProgressOf(&s, stepsOf(ways)); ok {
		m.PutProgress(p)
	} else {
		m.DropProgress(key)
	}
}

// stepsOf visits the steps of all ways.
func stepsOf(ways []passed) iter.Seq2[matching.State, int32] {
	return func(yield func(matching.State, int32) bool) {
		for i := range ways {
			for _, s := range ways[i].steps {
				if !yield(s.state, s.day) {
					return
				}
			}
		}
	}
}

// searchOf gives from which day a person searches, or has searched, and until which.
func searchOf(g *matching.Graduate, ways []passed, lasting func(posting ulid.ULID) bool) (since, until int32) {
	since, until = matching.Day(g.Created), matching.NoDay
	taken, back := int32(matching.NoDay), int32(matching.NoDay)
	for i := range ways {
		w := &ways[i]
		hired, ok := w.day(matching.Hired)
		if !ok || w.keeps || !lasting(w.posting) {
			continue
		}
		taken = max(taken, hired)
		if left, ok := w.day(matching.Left); ok {
			back = max(back, left)
		}
	}
	switch g.Status {
	case matching.Placed:
		if until = taken; taken == matching.NoDay {
			until = matching.Day(g.Updated)
		}
	case matching.Paused:
		until = matching.Day(g.Updated)
	}
	if until == matching.NoDay || back <= until {
		since = max(since, back)
	}
	if until != matching.NoDay {
		since = min(since, until)
	}
	return since, until
}

// noteHires keeps who hired a person, and gives the postings of which that has changed.
func (m *marketLedger) noteHires(key ulid.ULID, ways []passed) (changed []ulid.ULID) {
	var now []ulid.ULID
	for i := range ways {
		day, hired := ways[i].day(matching.Hired)
		if !hired {
			continue
		}
		posting := ways[i].posting
		now = append(now, posting)
		if h := (hiring{key, day}); !slices.Contains(m.hirings[posting], h) {
			m.dropHiring(posting, key)
			m.hirings[posting] = append(m.hirings[posting], h)
			slices.SortFunc(m.hirings[posting], compareHirings)
			changed = append(changed, posting)
		}
	}
	for _, posting := range m.hires[key] {
		if !slices.Contains(now, posting) {
			m.dropHiring(posting, key)
			changed = append(changed, posting)
		}
	}
	if len(now) == 0 {
		delete(m.hires, key)
	} else {
		m.hires[key] = now
	}
	return changed
}

// dropHiring forgets that a posting hired somebody.
func (m *marketLedger) dropHiring(posting, graduate ulid.ULID) {
	left := slices.DeleteFunc(m.hirings[posting], func(h hiring) bool { return h.graduate == graduate })
	if len(left) == 0 {
		delete(m.hirings, posting)
	} else {
		m.hirings[posting] = left
	}
}

// again reads a graduate again, and gives the postings whose hires that changed.
func (m *marketLedger) again(ctx context.Context, id matching.ID) (changed []ulid.ULID, err error) {
	g, err := m.n.store.Graduate(ctx, id)
	if err != nil {
		if fault.KindOf(err) != fault.NotFound {
			return nil, err
		}
		m.DropSearcher(id.ULID())
		m.DropProgress(id.ULID())
		delete(m.trained, id.ULID())
		return m.noteHires(id.ULID(), nil), nil
	}
	ways, err := waysOf(ctx, m.n.store, id)
	if err != nil {
		return nil, err
	}
	lasting := map[ulid.ULID]bool{}
	for i := range ways {
		if _, hired := ways[i].day(matching.Hired); !hired {
			continue
		}
		p, err := m.n.store.Posting(ctx, postingID(ways[i].posting))
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return nil, err
		}
		lasting[ways[i].posting] = err == nil && p.Kind.Lasting()
	}
	changed = m.noteHires(id.ULID(), ways)
	m.putGraduate(g, ways, func(posting ulid.ULID) bool { return lasting[posting] })
	return changed, nil
}

// waysOf reads the applications of a graduate.
func waysOf(ctx context.Context, r store.Reader, id matching.ID) (ways []passed, err error) {
	const page = 100
	for after := matching.ID(""); ; {
		list, err := r.ApplicationsOf(ctx, id, after, page)
		if err != nil {
			return nil, err
		}
		for _, a := range list {
			ways = append(ways, passedOf(a))
		}
		if len(list) < page {
			return ways, nil
		}
		after = list[len(list)-1].ID
	}
}

func postingID(key ulid.ULID) matching.ID {
	return matching.ID(matching.PostingPrefix + "_" + key.String())
}

// againPosting reads a posting again.
func (m *marketLedger) againPosting(ctx context.Context, id matching.ID) error {
	p, err := m.n.store.Posting(ctx, id)
	switch {
	case err == nil:
		m.putPosting(p)
		return nil
	case fault.KindOf(err) == fault.NotFound:
		m.DropVacancy(id.ULID())
		return nil
	}
	return err
}
