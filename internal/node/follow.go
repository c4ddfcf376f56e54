package node

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/matching"
	"rabta/matching/board"
	"rabta/search"
	"rabta/store"
)

const (
	followBatch = 5_000 // journal entries taken in one step
	retryAfter  = time.Second
	journalLook = 10 * time.Second // how often a journal that stands still is looked at
	readTimeout = 30 * time.Second // for one read of the journal: hundreds of times what it takes
)

// wholeGazetteer is the shipped gazetteer with the places that were imported into this store.
func (n *Node) wholeGazetteer(ctx context.Context) (*geo.Gazetteer, error) {
	var imported []geo.Place
	_, err := n.store.EachPlace(ctx, func(p store.ImportedPlace) error {
		var place geo.Place
		if err := json.Unmarshal(p.Body, &place); err != nil {
			return fault.Wrap("node.wholeGazetteer", err)
		}
		imported = append(imported, place)
		return nil
	})
	if err != nil || len(imported) == 0 {
		return n.ref.Gazetteer, err
	}
	return n.ref.Gazetteer.With(imported)
}

// openBoards makes both boards: from what is on disk, as far as it can be followed on from, and else from the store. It gives the
// position from which to follow, which is no later than what any of them was read at: applying a change twice does nothing.
func (n *Node) openBoards(ctx context.Context, head store.Head) (store.Head, error) {
	postings, graduates, at := n.readSnapshots(head)
	var fromPostings, fromGraduates error
	var walks sync.WaitGroup
	if postings == nil {
		walks.Go(func() { postings, fromPostings = n.postingsOfStore(ctx) })
	}
	if graduates == nil {
		walks.Go(func() { graduates, fromGraduates = n.graduatesOfStore(ctx) })
	}
	walks.Wait()
	n.postings, n.graduates = postings, graduates
	return store.Head{Epoch: head.Epoch, Position: at}, errors.Join(fromPostings, fromGraduates)
}

// postingsOfStore reads the board of postings from the store, the facts of employers first, by which it judges them.
func (n *Node) postingsOfStore(ctx context.Context) (*board.Postings, error) {
	if err := n.loadFacts(ctx); err != nil {
		return nil, err
	}
	var rows []board.Posting
	_, err := n.store.EachPosting(ctx, "", func(p *matching.Posting) error {
		if row := n.postingRow(p); row != nil {
			rows = append(rows, *row)
		}
		if isScheduled(p) {
			n.scheduled.note(map[matching.ID]*matching.Posting{p.ID: p})
		}
		return nil
	})
	return board.NewPostings(n.model(), rows), err
}

// graduatesOfStore reads the board of graduates from the store.
func (n *Node) graduatesOfStore(ctx context.Context) (*board.Graduates, error) {
	var rows []board.Graduate
	_, err := n.store.EachGraduate(ctx, "", func(g *matching.Graduate) error {
		rows = append(rows, n.graduateRows(g)...)
		return nil
	})
	return board.NewGraduates(rows), err
}

// levelBoards waits until the boards show everything that the store held when it was called. It gives up when the journal cannot be
// followed.
func (n *Node) levelBoards(ctx context.Context) error {
	head := n.headNow(ctx)
	look := time.NewTicker(patience)
	defer look.Stop()
	for {
		at, moved := n.reached.get()
		if at.Position >= head {
			return nil
		}
		select {
		case <-moved:
		case <-look.C:
			if n.faulty.Load() != nil {
				return fault.New(fault.Unavailable, "node.levelBoards", "The journal cannot be followed just now. Try again in a few seconds.")
			}
		case <-ctx.Done():
			return &fault.Error{Kind: fault.Unavailable, Op: "node.levelBoards", Err: ctx.Err()}
		}
	}
}

// follow applies the journal to boards and index until ctx ends. A fault is logged, makes the node not ready, and is tried again. A
// journal that does not go on where the node is makes it load everything anew.
func (n *Node) follow(ctx context.Context) {
	defer n.giveHeld()
	for ctx.Err() == nil {
		if err := n.step(ctx); err != nil && ctx.Err() == nil {
			n.notReady("The node cannot follow its journal just now. Try again in a few seconds.", err)
			pause(ctx, retryAfter)
			continue
		}
		n.faulty.Store(nil)
	}
}

// step applies the next entries of the journal, or waits for some.
func (n *Node) step(ctx context.Context) error {
	if n.held.due() {
		n.giveHeld()
	}
	at, _ := n.reached.get()
	entries, err := n.nextEntries(ctx, at.Position)
	if err != nil {
		return err
	}
	if err := n.goesOn(ctx, at, entries); err != nil {
		if errors.Is(err, errBroken) {
			return n.reload(ctx, err)
		}
		return err
	}
	if len(entries) == 0 {
		return n.waitPast(ctx, at.Position)
	}
	n.written.unsettled.Store(true) // and until the entries have been applied, however often that is tried
	n.shown.drop(entries)
	if err := n.apply(ctx, at, entries); err != nil {
		return err
	}
	n.written.unsettled.Store(false)
	n.reached.advance(entries[len(entries)-1].Position)
	if k := n.words.get(); k != nil && !n.held.covers(k, entries[len(entries)-1].Position) {
		n.words.wakeKeeper() // it has missed something, and catches up
	}
	return nil
}

// nextEntries reads on in the journal. A network that swallows everything without a word would else keep the follower for as long as
// the system tries to send, which may be a quarter of an hour.
func (n *Node) nextEntries(ctx context.Context, after store.Position) ([]store.Entry, error) {
	bounded, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	return n.store.Journal(bounded, after, followBatch)
}

// waitPast waits for the journal to go on, or for what is held back to be due, and now and then looks whether it is still the same one.
func (n *Node) waitPast(ctx context.Context, position store.Position) error {
	bounded, cancel := context.WithTimeout(ctx, journalLook)
	defer cancel()
	bounded, cancelHeld := n.held.untilDue(bounded)
	defer cancelHeld()
	if err := n.store.Wait(bounded, position); err != nil && bounded.Err() == nil {
		return err
	}
	return nil
}

// errBroken says that the journal does not go on where this node is.
var errBroken = errors.New("the journal is not the one that this node has followed")

// goesOn tells whether the journal is of the same life of the store, has not been cut back, and goes on at the next position.
func (n *Node) goesOn(ctx context.Context, at store.Head, entries []store.Entry) error {
	bounded, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	now, err := n.store.Head(bounded)
	if err != nil {
		return err
	}
	if now.Epoch != at.Epoch || now.Position < at.Position {
		return fmt.Errorf("%w: it is at %d, and this node at %d", errBroken, now.Position, at.Position)
	}
	if len(entries) == 0 && now.Position > at.Position { // either came since, or are missing
		if entries, err = n.store.Journal(ctx, at.Position, 1); err != nil {
			return err
		}
		if len(entries) == 0 {
			return fmt.Errorf("%w: nothing between %d and %d", errBroken, at.Position, now.Position)
		}
	}
	return contiguous(at.Position, entries)
}

// contiguous tells whether entries follow a position, and each other, without a gap.
func contiguous(after store.Position, entries []store.Entry) error {
	for i, e := range entries {
		if want := after + 1 + store.Position(i); e.Position != want {
			return fmt.Errorf("%w: %d stands where %d must", errBroken, e.Position, want)
		}
	}
	return nil
}

// reload begins anew from the store as it is: boards, then the index, which is built beside.
func (n *Node) reload(ctx context.Context, why error) error {
	n.notReady("The store has been replaced under this node, which is reading it anew. Try again in a few seconds.", why)
	if k := n.words.get(); k != nil {
		n.dropIndex(k, why)
	}
	n.snapshots.applying.Lock()
	defer n.snapshots.applying.Unlock()
	n.written.unsettled.Store(true)
	n.facts.forget()
	n.shown.forget()
	if err := n.loadPlaces(ctx); err != nil {
		return err
	}
	head, err := n.store.Head(ctx)
	if err != nil {
		return err
	}
	if err := n.refillBoards(ctx); err != nil {
		return err
	}
	n.written.allChanged()
	n.written.unsettled.Store(false)
	n.reached.init(head)
	n.words.wakeKeeper()
	n.figures.changed.noteAll()
	return nil
}

// refillBoards puts what the store holds in the place of everything on both boards.
func (n *Node) refillBoards(ctx context.Context) error {
	postings, err := n.postingsOfStore(ctx)
	if err != nil {
		return err
	}
	graduates, err := n.graduatesOfStore(ctx)
	if err != nil {
		return err
	}
	n.postings.Replace(postings)
	n.graduates.Replace(graduates)
	return nil
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

func (n *Node) notReady(why string, err error) {
	n.faulty.Store(&why)
	n.log.Error("node is not ready", "why", why, "error", err)
}

// apply brings boards and index to the last of the entries. It reads the records as they are now, which may be newer than the entry:
// then a later entry does it again, and nothing changes.
func (n *Node) apply(ctx context.Context, at store.Head, entries []store.Entry) error {
	f := indexFeed{n: n, k: n.words.get(), from: at.Position, whole: true}
	return n.inSteps(ctx, entries, func(c *changes, reached store.Position) error {
		n.show(c)
		n.mergeWhenDue()
		c.index.Epoch, c.index.Position = n.indexEpoch(at.Epoch), uint64(reached)
		f.give(c.index)
		if !c.places || n.takingIn.Load() { // an import on this node loads them once, at its end
			return nil
		}
		return n.loadPlaces(ctx)
	})
}

// show puts changes on the boards, with what hangs together with them.
func (n *Node) show(c *changes) {
	n.snapshots.applying.Lock()
	defer n.snapshots.applying.Unlock()
	n.facts.set(c.facts)
	n.scheduled.note(c.seen)
	n.written.around(n.postings, c.postings, func() { n.postings.Apply(c.postings) })
	n.graduates.Apply(c.graduates)
	n.figures.changed.note(c)
	if c.index.Erase {
		n.snapshots.erased()
	}
}

// indexFeed gives an index what the follower has read. The steps of a published batch that come before its last reach no position: an index
// that has missed one of them is given no more of the batch, and catches up by itself.
type indexFeed struct {
	n     *Node
	k     *kept
	from  store.Position
	whole bool // the index has had every step of the batch under way
}

func (f *indexFeed) give(b search.Batch) {
	reached := store.Position(b.Position)
	if reached == f.from {
		f.n.giveHeld()
		f.whole = f.whole && f.n.giveIndex(f.k, f.from, b, true)
		return
	}
	if f.whole {
		f.n.giveOrHold(f.k, f.from, b)
	}
	f.from, f.whole = reached, true
}

// latest keeps the last entry of each record, in order.
func latest(entries []store.Entry) []store.Entry {
	type record struct {
		noun store.Noun
		id   matching.ID
	}
	last := map[record]int{}
	for i, e := range entries {
		last[record{e.Noun, e.ID}] = i
	}
	var kept []store.Entry
	for i, e := range entries {
		if last[record{e.Noun, e.ID}] == i {
			kept = append(kept, e)
		}
	}
	return kept
}

// changes is what a run of journal entries does to boards and index. Until they are applied nothing else is changed, so that a run
// that failed on its way can begin again.
type changes struct {
	n         *Node
	facts     map[matching.ID]matching.EmployerFacts
	postings  []board.PostingChange
	graduates []board.GraduateChange
	seen      map[matching.ID]*matching.Posting // as they are now; nil: gone
	index     search.Batch
	places    bool // some were imported, here or by another node
	read      recordsRead

	applications []matching.ID
}

// recordsRead are the records that some entries are about, as they are now; those that are gone are not among them.
type recordsRead struct {
	postings  map[matching.ID]*matching.Posting
	graduates map[matching.ID]*matching.Graduate
}

func (n *Node) newChanges() *changes {
	return &changes{n: n, facts: map[matching.ID]matching.EmployerFacts{}, seen: map[matching.ID]*matching.Posting{}}
}

// factsOf gives what an employer's postings are judged by once the changes are applied.
func (c *changes) factsOf(employer matching.ID) matching.EmployerFacts {
	if facts, ok := c.facts[employer]; ok {
		return facts
	}
	return c.n.facts.of(employer)
}

// addAll adds what some entries do, each of another record. The records are read together: by itself each would be a round trip.
func (c *changes) addAll(ctx context.Context, entries []store.Entry) error {
	var postings, graduates []matching.ID
	for _, e := range entries {
		switch e.Noun {
		case store.PostingNoun:
			postings = append(postings, e.ID)
		case store.GraduateNoun:
			graduates = append(graduates, e.ID)
		}
	}
	ps, err := c.n.store.Postings(ctx, postings)
	if err != nil {
		return err
	}
	gs, err := c.n.store.Graduates(ctx, graduates)
	if err != nil {
		return err
	}
	c.read = recordsRead{make(map[matching.ID]*matching.Posting, len(ps)), make(map[matching.ID]*matching.Graduate, len(gs))}
	for _, p := range ps {
		c.read.postings[p.ID] = p
	}
	for _, g := range gs {
		c.read.graduates[g.ID] = g
	}
	for _, e := range entries {
		if err := c.add(ctx, e); err != nil {
			return err
		}
	}
	return nil
}

func (c *changes) add(ctx context.Context, e store.Entry) error {
	switch e.Noun {
	case store.PostingNoun:
		c.addPosting(e.ID, c.read.postings[e.ID])
	case store.GraduateNoun:
		c.index.Erase = c.index.Erase || e.Operation == store.Delete
		c.addGraduate(e.ID, c.read.graduates[e.ID])
	case store.EmployerNoun:
		return c.addEmployer(ctx, e.ID)
	case store.ApplicationNoun:
		c.applications = append(c.applications, e.ID)
	case store.PlaceNoun:
		c.places = true
	}
	return nil
}

func (c *changes) addPosting(id matching.ID, p *matching.Posting) {
	change := board.PostingChange{ID: id}
	c.seen[id] = p
	if p != nil {
		change.Row = c.n.judgedRow(p, c.factsOf(p.Employer))
	}
	c.postings = append(c.postings, change)
	if change.Row == nil {
		c.index.Delete = append(c.index.Delete, id)
		return
	}
	c.index.Put = append(c.index.Put, c.n.postingDocument(p))
}

func (c *changes) addGraduate(id matching.ID, g *matching.Graduate) {
	change := board.GraduateChange{ID: id}
	if g != nil {
		change.Rows = c.n.graduateRows(g)
	}
	c.graduates = append(c.graduates, change)
	if len(change.Rows) == 0 {
		c.index.Delete = append(c.index.Delete, id)
		return
	}
	c.index.Put = append(c.index.Put, c.n.graduateDocument(g))
}

// addEmployer makes the employer's postings anew when what they are judged by has changed.
func (c *changes) addEmployer(ctx context.Context, id matching.ID) error {
	e, err := c.n.store.Employer(ctx, id)
	if fault.KindOf(err) == fault.NotFound && err != nil {
		return nil
	}
	if err != nil || c.factsOf(id) == e.Facts() {
		return err
	}
	c.facts[id] = e.Facts()
	for after := matching.ID(""); ; {
		list, err := c.n.store.PostingsOf(ctx, id, after, followBatch)
		if err != nil {
			return err
		}
		for _, p := range list {
			c.postings = append(c.postings, board.PostingChange{ID: p.ID, Row: c.n.judgedRow(p, e.Facts())})
		}
		if len(list) < followBatch {
			return nil
		}
		after = list[len(list)-1].ID
	}
}

// mergeWhenDue folds what has changed into larger runs, beside the follower: writers do not wait for it. While boards are being merged
// nothing else is begun.
func (n *Node) mergeWhenDue() {
	if !n.postings.Due() && !n.graduates.Due() || !n.merging.CompareAndSwap(false, true) {
		return
	}
	n.merges.Go(func() {
		defer n.merging.Store(false)
		n.postings.MergeDue()
		n.graduates.MergeDue()
	})
}
