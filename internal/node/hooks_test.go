package node

import (
	"context"
	"errors"
	"reflect"
	"runtime"
	"slices"
	"testing"
	"time"

	"rabta/matching"
	"rabta/matching/board"
	"rabta/search"
	"rabta/store"
)

// FailIndex closes the index under the node, so that whatever uses it next fails.
func (n *Node) FailIndex() error { return n.words.get().Close() }

// WordIndex is what a node asks of an index.
type WordIndex = wordIndex

// WrapIndex puts something between the node and its index, and shortens what it waits for it.
func (n *Node) WrapIndex(wrap func(WordIndex) WordIndex) {
	n.words.searchLimit, n.words.batchLimit = 200*time.Millisecond, 2*time.Second
	old := n.words.get()
	k := &kept{wordIndex: wrap(old.wordIndex), dir: old.dir, limit: n.words.batchLimit}
	k.at.Store(old.at.Load())
	if !n.words.swap(old, k) {
		panic("another index came into use")
	}
	n.words.wakeKeeper()
}

// WithoutIndex takes the index away for good: the keeper is told that there is none, and cannot make one.
func (n *Node) WithoutIndex() {
	n.words.open = func(string) (wordIndex, error) { return nil, errors.New("no index today") }
	n.dropIndex(n.words.get(), errors.New("taken away by a test"))
}

// PurgeSoon makes the node purge its index as soon as something was deleted.
func (n *Node) PurgeSoon() {
	n.words.purge.mu.Lock()
	defer n.words.purge.mu.Unlock()
	n.words.purge.delay = 10 * time.Millisecond
	if !n.words.purge.due.IsZero() {
		n.words.purge.due = time.Now()
	}
	n.words.wakeKeeper()
}

// EraseSoon makes the node write its boards to disk as soon as somebody was deleted.
func (n *Node) EraseSoon() {
	n.snapshots.mu.Lock()
	defer n.snapshots.mu.Unlock()
	n.snapshots.purging = 10 * time.Millisecond
}

// WriteSnapshots writes the boards to disk now.
func (n *Node) WriteSnapshots() error { return n.writeSnapshots() }

// GraduatesByWords gives the graduates that the index finds by the words of their trades and skills.
func (n *Node) GraduatesByWords(ctx context.Context, text string) ([]search.Hit, error) {
	k, err := n.levelIndex(ctx)
	if err != nil {
		return nil, err
	}
	return k.Graduates(ctx, search.TextQuery{Text: text})
}

// CompareBeside fills an index in a directory of its own and compares it with the boards so many times, each time after it has followed the
// journal.
func (n *Node) CompareBeside(ctx context.Context, dir string, times int) error {
	index, err := n.words.open(dir)
	if err != nil {
		return err
	}
	k := &kept{wordIndex: index, dir: dir, limit: n.words.batchLimit}
	err = n.fillIndex(ctx, k)
	at, _ := n.reached.get()
	for range times {
		if err == nil {
			err = n.compareIDs(ctx, k, at.Epoch)
		}
	}
	return errors.Join(err, k.Close())
}

// IndexDir gives the directory of the index in use.
func (n *Node) IndexDir() (string, error) { return n.currentIndex() }

// IndexEpoch is what an index of this node's store and tables is of.
func (n *Node) IndexEpoch() string {
	head, _ := n.reached.get()
	return n.indexEpoch(head.Epoch)
}

// Journal gives the epoch of the node's store and how far the node has followed its journal.
func (n *Node) Journal() (epoch string, position uint64) {
	head, _ := n.reached.get()
	return string(head.Epoch), uint64(head.Position)
}

// ShowPostings puts changes on the board as the follower does, and runs between once they are counted and before they show.
func (n *Node) ShowPostings(changes []board.PostingChange, between func()) {
	n.written.around(n.postings, changes, func() {
		between()
		n.postings.Apply(changes)
	})
}

// NextTurn is what a page with the trade of a row is kept until, as of a time in Unix seconds.
func (n *Node) NextTurn(row *board.Posting, now int64) int64 {
	return n.written.nextTurn(n.postings, []uint16{row.Trade}, now)
}

// PostingRow gives a posting's row of the board.
func (n *Node) PostingRow(p *matching.Posting) *board.Posting { return n.postingRow(p) }

// WithoutFollower runs do while nothing follows the journal.
func (n *Node) WithoutFollower(do func(store.Store) error) error {
	n.stop()
	n.follower.Wait()
	err := do(n.store)
	following, stop := context.WithCancel(context.Background())
	n.stop, n.stopped = stop, following.Done()
	n.follower.Go(func() { n.follow(following) })
	n.keepBeside(following, nil)
	return err
}

// WrapStore puts something between the node and its store.
func (n *Node) WrapStore(wrap func(store.Store) store.Store) error {
	return n.WithoutFollower(func(s store.Store) error {
		n.store = wrap(s)
		return nil
	})
}

// CatchUpFromStart applies the whole journal to the index alone, as after a rebuild that took long.
func (n *Node) CatchUpFromStart(ctx context.Context) error {
	head, err := n.store.Head(ctx)
	if err != nil {
		return err
	}
	k := n.words.get()
	k.at.Store(0)
	return n.catchUp(ctx, k, head.Position)
}

// ReplyTo gives the reply that an attempt left, nil when there is none.
func (n *Node) ReplyTo(ctx context.Context, a Attempt) (*store.Reply, error) {
	return n.repliedTo(ctx, n.replyTo(a))
}

// ForgetReplies does the periodic work now.
func (n *Node) ForgetReplies(ctx context.Context) error { return n.forgetReplies(ctx) }

// TestTheWitnessSeesEveryChange: a way of writing that is new to the store must be new to the witness too, or an attempt that writes by
// it would leave no reply.
func TestTheWitnessSeesEveryChange(t *testing.T) {
	noChange := []string{"PutReply", "AppendLook", "NoteRow", "StageIn", // the reply itself; what is noted beside, twice; what changes nothing yet
		"PutFigure", "DropFigures", "ForgetRemoval"} // what the node does for itself, twice; what goes with a record that is put
	tx, reader, seen := reflect.TypeFor[store.Tx](), reflect.TypeFor[store.Reader](), reflect.TypeFor[*witness]()
	for i := range tx.NumMethod() {
		name := tx.Method(i).Name
		if _, reads := reader.MethodByName(name); reads || slices.Contains(noChange, name) {
			continue
		}
		method, _ := seen.MethodByName(name)
		if file, _ := runtime.FuncForPC(method.Func.Pointer()).FileLine(method.Func.Pointer()); file == "<autogenerated>" {
			t.Errorf("the witness lets %s pass unseen", name)
		}
	}
}

// Hourly does the work of each hour now, Daily that of each day.
func (n *Node) Hourly(ctx context.Context) error { return n.hourly(ctx) }

// Daily counts the employers' silence now.
func (n *Node) Daily(ctx context.Context) error { return n.daily(ctx) }

// FollowKeyFile looks at the key file now, as if it had not been seen before.
func (n *Node) FollowKeyFile(ctx context.Context) error {
	_, err := n.followKeyFile(ctx, nil)
	return err
}

// SearchPlainly is Search, which finds all postings that meet the words before it looks where they are.
func (n *Node) SearchPlainly(ctx context.Context, r SearchRequest) (*SearchResult, error) {
	return n.search(ctx, r, true)
}
