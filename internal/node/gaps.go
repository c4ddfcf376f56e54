package node

import (
	"context"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/matching/gaps"
)

// figures keeps the figures of matching/gaps: a ledger that follows the store beside everything else, and what was published from it.
// Nobody waits for it but who asks for figures. One goroutine works on the ledger, in turn with those who ask it for advice.
type figures struct {
	n       *Node
	changed changedRecords
	wake    chan struct{} // holds one when there is something to do at once
	turn    chan struct{} // holds one while the ledger is worked on

	ledger *marketLedger        // nil: not loaded; guarded by turn
	frames map[int32]*keptFrame // by day; guarded by turn

	mu     sync.Mutex
	wanted map[int32]bool       // days that somebody waits for
	days   map[int32]*published // the last of each
	ready  chan struct{}        // closed when another is published
	asked  time.Time            // when figures were asked for last
	busy   atomic.Bool

	leftOut atomic.Bool   // the day's snapshot waits for the end of an import
	reads   atomic.Uint64 // of the whole store
}

// When figures are made anew. A publication that is older than oldestFigures is not shown; where making one takes longer than that leaves
// room for, the last is shown while the next is made, up to latestFigures.
const (
	figuresDelay  = 5 * time.Second // after the start, unless somebody asks: subcommands are done by then
	figuresLook   = 5 * time.Second // between two looks at what has changed
	figuresRenew  = 30 * time.Second
	oldestFigures = time.Minute
	latestFigures = 5 * time.Minute
	figuresInUse  = 15 * time.Minute // after a question they are kept fresh
	pastFigures   = 10 * time.Minute // that a publication of an earlier day is kept
	figuresCost   = 20               // so many times longer than it took to make it a publication is shown, up to oldestFigures
	figuresCalm   = 1_000            // changed records between two looks beyond which it waits until somebody asks: an import is under way
)

// published is a publication with when it was made.
type published struct {
	*gaps.Publication
	count    uint64        // of changes that it knows
	made     time.Time     // by the process's clock
	took     time.Duration // to make it
	asOf     time.Time     // by the node's clock
	earliest int32         // the first day that the ledger knows of; matching.NoDay when it is empty
	snapshot func() gaps.Snapshot
	advised  *advised
}

func newFigures(n *Node) *figures {
	f := &figures{n: n, wake: make(chan struct{}, 1), turn: make(chan struct{}, 1), wanted: map[int32]bool{}, days: map[int32]*published{},
		frames: map[int32]*keptFrame{}, ready: make(chan struct{})}
	f.changed.noteAll()
	return f
}

// keep works until ctx ends: loads the ledger, follows what changes, publishes what is asked for. What fails is done again.
func (f *figures) keep(ctx context.Context) {
	f.pause(ctx, figuresDelay)
	var before uint64
	for ctx.Err() == nil {
		if !f.n.cfg.FiguresLate && f.calm(ctx, &before) || f.awaited() {
			if err := f.round(ctx); err != nil && ctx.Err() == nil {
				f.n.log.Warn("figures could not be worked out: trying again", "error", err)
				pause(ctx, retryAfter)
				continue
			}
		}
		f.pause(ctx, figuresLook)
	}
}

// calm tells whether little has changed since so many records had, which it brings up to date. A follower that stands behind the journal,
// as it does while the index takes its time, tells nothing; while this node takes a file in there will be more.
func (f *figures) calm(ctx context.Context, before *uint64) bool {
	now := f.changed.recordsSoFar()
	few := now-*before <= figuresCalm
	*before = now
	if !few || f.n.filesIn.Load() > 0 {
		return false
	}
	reached, _ := f.n.reached.get()
	return f.n.headNow(ctx) <= reached.Position+figuresCalm
}

// awaited tells whether somebody waits for figures.
func (f *figures) awaited() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.wanted) > 0
}

// pause waits until somebody asks, or for a time.
func (f *figures) pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-f.wake:
	case <-time.After(d):
	}
}

// round brings the ledger to where the store is, and publishes.
func (f *figures) round(ctx context.Context) error {
	f.turn <- struct{}{}
	defer func() { <-f.turn }()
	f.busy.Store(true)
	defer f.busy.Store(false)
	count, err := f.catchUp(ctx)
	if err != nil {
		return err
	}
	for _, day := range f.due() {
		if err := f.publish(ctx, day, count); err != nil {
			return err
		}
	}
	return nil
}

// catchUp reads again what has changed, or everything, and gives the count of changes that the ledger knows. Everything is read once: where
// too much has changed meanwhile, the figures are of when it was read.
func (f *figures) catchUp(ctx context.Context) (uint64, error) {
	var read *rereading // everything, by this call
	for {
		r := f.changed.take()
		if r.all && read != nil {
			f.changed.giveBack(r)
			return read.count, nil
		}
		if r.all || f.ledger == nil {
			f.ledger = nil // its memory first
			clear(f.frames)
			fresh := f.n.newMarketLedger()
			if err := fresh.fill(ctx, f.n.store); err != nil {
				f.changed.noteAll()
				return 0, err
			}
			f.ledger, read = fresh, &r
			f.reads.Add(1)
			continue // with what changed meanwhile
		}
		if err := f.ledger.reread(ctx, r); err != nil {
			f.changed.giveBack(r)
			return 0, err
		}
		return r.count, nil
	}
}

// today is the day of the node's clock.
func (f *figures) today() int32 { return matching.Day(f.n.now()) }

// due gives the days to publish: those that somebody waits for, and today while figures are in use and have changed.
func (f *figures) due() (days []int32) {
	f.mu.Lock()
	defer f.mu.Unlock()
	today := f.today()
	last := f.days[today]
	for day, p := range f.days {
		if day != today && time.Since(p.made) > pastFigures {
			delete(f.days, day)
		}
	}
	if time.Since(f.asked) < figuresInUse && (last == nil || time.Since(last.made) > figuresRenew && last.count != f.changed.counted()) {
		f.wanted[today] = true
	}
	days = slices.Sorted(maps.Keys(f.wanted))
	slices.Reverse(days) // today first: it may draw the frame
	return days
}

// publish makes the publication of a day, and shows it.
func (f *figures) publish(ctx context.Context, day int32, count uint64) error {
	began, asOf := time.Now(), f.n.clock()
	table := f.ledger.Table(day)
	frame, err := f.frame(ctx, table, day)
	if err != nil {
		return err
	}
	p := &published{Publication: gaps.Publish(table, frame), count: count, asOf: asOf, earliest: f.ledger.Earliest(), advised: &advised{}}
	p.snapshot = sync.OnceValue(p.Publication.Snapshot)
	p.made, p.took = time.Now(), time.Since(began)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.days[day] = p
	delete(f.wanted, day)
	close(f.ready)
	f.ready = make(chan struct{})
	return nil
}

// on gives the publication of a day, not older than it may be. It waits for one until a little before ctx ends, and is a fault.Unavailable
// then: it will be there soon.
func (f *figures) on(ctx context.Context, day int32) (*published, error) {
	f.mu.Lock()
	f.asked = time.Now()
	f.mu.Unlock()
	return f.once(ctx, day)
}

// once is on for who will not ask again soon: figures are not kept fresh for it.
func (f *figures) once(ctx context.Context, day int32) (*published, error) {
	ctx, cancel := f.within(ctx)
	defer cancel()
	for {
		p, ready := f.shown(day)
		if p != nil {
			return p, nil
		}
		select {
		case f.wake <- struct{}{}:
		default:
		}
		select {
		case <-ready:
		case <-ctx.Done():
			return nil, notYet(ctx.Err())
		}
	}
}

func notYet(err error) error {
	return &fault.Error{Kind: fault.Unavailable, Op: "node.figures", Err: err, After: 5 * time.Second,
		Message: "The figures are being worked out just now. Ask again in a few seconds.", MessageUr: "اعداد و شمار ابھی تیار ہو رہے ہیں۔ چند سیکنڈ بعد دوبارہ دیکھیں۔"}
}

// within leaves of the time that a caller has a little to answer in.
func (f *figures) within(ctx context.Context) (context.Context, context.CancelFunc) {
	const toAnswer = 500 * time.Millisecond
	if deadline, bounded := ctx.Deadline(); bounded {
		return context.WithDeadline(ctx, deadline.Add(-toAnswer))
	}
	return context.WithCancel(ctx)
}

// shown gives the publication of a day if it may be shown; else it notes that somebody waits for one.
func (f *figures) shown(day int32) (*published, <-chan struct{}) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if p := f.days[day]; p != nil {
		if p.count == f.changed.counted() {
			current := *p
			current.asOf = f.n.clock() // nothing has changed since
			return &current, nil
		}
		age, most := time.Since(p.made), min(oldestFigures, figuresCost*p.took)
		if day != f.today() {
			most = pastFigures
		}
		if age <= most || f.busy.Load() && p.took > figuresRenew/figuresCost && age <= latestFigures {
			return p, nil
		}
	}
	f.wanted[day] = true
	return nil, f.ready
}
