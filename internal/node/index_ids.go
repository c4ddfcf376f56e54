package node

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/oklog/ulid/v2"

	"rabta/matching"
	"rabta/store"
)

// compareIDs tells whether an index holds the documents of exactly the records on the boards. Writers go on meanwhile, so that the boards are
// taken as they are at a moment, and the index is brought there; but by records as they are by then, and the boards may have had a change
// that they had not reached yet. All such records stand in the journal after that moment by now, and are left out on both sides. A batch
// that was published tells none of its records there: then it is tried again once the boards have it. of is the life of the store that the
// index belongs to.
func (n *Node) compareIDs(ctx context.Context, k *kept, of store.Epoch) error {
	const tries = 8
	for range tries {
		at, ids := n.frozenIDs()
		if at.Epoch != of {
			return errors.New("the store has begun another life meanwhile")
		}
		if err := n.catchUp(ctx, k, at.Position); err != nil {
			return err
		}
		since, published, err := n.changedSince(ctx, at.Position)
		if err != nil {
			return err
		}
		if published == 0 {
			return sameIDs(ctx, k, ids, since)
		}
		if err := n.boardsReach(ctx, published); err != nil {
			return err
		}
	}
	return errors.New("batches were published whenever it was to be compared")
}

// changedSince gives the postings and graduates that the journal names after a position, and the last position at which a batch was published
// there, 0 for none.
func (n *Node) changedSince(ctx context.Context, position store.Position) (changed map[ulid.ULID]bool, published store.Position, err error) {
	changed = map[ulid.ULID]bool{}
	for {
		entries, err := n.nextEntries(ctx, position)
		if err != nil || len(entries) == 0 {
			return changed, published, err
		}
		for _, e := range entries {
			switch e.Noun {
			case store.PostingNoun, store.GraduateNoun:
				changed[e.ID.ULID()] = true
			case store.BatchNoun:
				published = e.Position
			}
		}
		position = entries[len(entries)-1].Position
	}
}

// boardsReach waits until the boards show a position.
func (n *Node) boardsReach(ctx context.Context, position store.Position) error {
	for {
		at, moved := n.reached.get()
		if at.Position >= position {
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// frozenIDs gives the ids of the records on the boards as they are now, and the position that all of them have reached.
func (n *Node) frozenIDs() (at store.Head, ids func(sum *idSum)) {
	n.snapshots.applying.Lock()
	defer n.snapshots.applying.Unlock()
	at, _ = n.reached.get()
	postings, graduates := n.postings.FrozenIDs(), n.graduates.FrozenIDs()
	return at, func(sum *idSum) {
		postings(func(id ulid.ULID) { sum.add(postingSeed, id) })
		graduates(func(id ulid.ULID) { sum.add(graduateSeed, id) })
	}
}

// sameIDs compares by number and sum, but for some ids: of a million documents on each side that takes a second, where looking each up takes
// ten.
func sameIDs(ctx context.Context, k *kept, ids func(*idSum), but map[ulid.ULID]bool) error {
	indexed, held, nobody := idSum{but: but}, idSum{but: but}, 0
	if err := k.EachID(ctx, func(id matching.ID) {
		switch {
		case id.Is(matching.PostingPrefix):
			indexed.add(postingSeed, id.ULID())
		case id.Is(matching.GraduatePrefix):
			indexed.add(graduateSeed, id.ULID())
		default:
			nobody++
		}
	}); err != nil {
		return err
	}
	ids(&held)
	if nobody > 0 || indexed.count != held.count || indexed.hi != held.hi || indexed.lo != held.lo {
		return fmt.Errorf("it holds %d documents, %d of nobody, where the boards hold %d records", indexed.count+nobody, nobody, held.count)
	}
	return nil
}

// idSum sums ids up, but for some: two sets of ids with the same sum are the same, but for one chance in 2 to the 64th. An id that came twice
// would change it too.
type idSum struct {
	but    map[ulid.ULID]bool
	count  int
	hi, lo uint64
}

// Seeds that tell ids of one noun from those of another.
const postingSeed, graduateSeed uint64 = 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03

func (s *idSum) add(seed uint64, id ulid.ULID) {
	if len(s.but) > 0 && s.but[id] {
		return
	}
	a := scrambled(binary.BigEndian.Uint64(id[:8]) ^ seed)
	b := scrambled(binary.BigEndian.Uint64(id[8:]) + a)
	s.count++
	s.hi += b
	s.lo += scrambled(b ^ a)
}

// scrambled is the finalizer of SplitMix64 (Steele, Lea and Flood, 2014): each bit of what goes in changes half of those that come out.
func scrambled(x uint64) uint64 {
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}
