package node

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"strings"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

const (
	feedPage    = 500    // records of a batch read in one step
	feedEntries = 20_000 // journal entries that one call of PostingChanges looks at, at the most
)

// feedMark is where a reader of the feed of live postings stands: everything up to a position of the journal, a part of the batch after
// it, and what began by itself up to a time. Opaque to callers, who keep it as text.
type feedMark struct {
	head  store.Head
	asOf  time.Time   // whole seconds
	after matching.ID // of the batch at the next position, the last posting that was given; empty: none
}

const feedMarkForm = "1"

func (m feedMark) encode() string {
	text := strings.Join([]string{feedMarkForm, string(m.head.Epoch), strconv.FormatUint(uint64(m.head.Position), 36),
		strconv.FormatInt(m.asOf.Unix(), 36), string(m.after)}, " ")
	return base64.RawURLEncoding.EncodeToString(binary.BigEndian.AppendUint32([]byte(text), checksum([]byte(text))))
}

func decodeFeedMark(text string) (feedMark, error) {
	const longest = 256
	raw, err := base64.RawURLEncoding.DecodeString(text[:min(len(text), longest)])
	if err != nil || len(raw) < 4 || len(text) > longest {
		return feedMark{}, errFeedMark()
	}
	body := raw[:len(raw)-4]
	parts := strings.Split(string(body), " ")
	if binary.BigEndian.Uint32(raw[len(body):]) != checksum(body) || len(parts) != 5 || parts[0] != feedMarkForm {
		return feedMark{}, errFeedMark()
	}
	position, errPosition := strconv.ParseUint(parts[2], 36, 63)
	seconds, errTime := strconv.ParseInt(parts[3], 36, 64)
	m := feedMark{head: store.Head{Epoch: store.Epoch(parts[1]), Position: store.Position(position)}, asOf: time.Unix(seconds, 0).UTC(),
		after: matching.ID(parts[4])}
	if errPosition != nil || errTime != nil || m.after != "" && !m.after.Is(matching.PostingPrefix) || m.encode() != text {
		return feedMark{}, errFeedMark()
	}
	return m, nil
}

func errFeedMark() error {
	return fault.Field("since", "This mark cannot be read. Send the one that the last snapshot or the last page of changes gave.")
}

// FeedHead opens a snapshot: what it is of, and from where changes go on.
type FeedHead struct {
	Epoch    store.Epoch    `json:"epoch"`
	Position store.Position `json:"position"`
	AsOf     time.Time      `json:"as_of"`
	Since    string         `json:"since"` // for PostingChanges
}

// ETag tells snapshots apart: it stays the same while no record changes and no posting begins by itself. Those that expire meanwhile
// carry the time at which they do.
func (h FeedHead) ETag(began time.Time) string {
	return `W/"` + string(h.Epoch) + "-" + strconv.FormatUint(uint64(h.Position), 36) + "-" + strconv.FormatInt(began.Unix(), 36) + `"`
}

// PostingSnapshot opens a snapshot of the live postings and gives its tag. EachLivePosting gives its records.
func (n *Node) PostingSnapshot(context.Context) (FeedHead, string) {
	head, _ := n.reached.get()
	h := FeedHead{Epoch: head.Epoch, Position: head.Position, AsOf: n.clock()}
	h.Since = feedMark{head: head, asOf: h.AsOf}.encode()
	return h, h.ETag(n.scheduled.lastBegun(h.AsOf))
}

// EachLivePosting visits every posting that is live at the snapshot's time, in id order. It reads page by page and holds nothing open
// meanwhile: what changes on the way may be in it or not, and is in the changes since the snapshot.
func (n *Node) EachLivePosting(ctx context.Context, h FeedHead, visit func(*matching.Posting) error) error {
	return n.ExportPostings(ctx, func(p *matching.Posting) error {
		if !p.Live(h.AsOf) {
			return nil
		}
		return visit(p)
	})
}

// FeedLine is one change of the live postings: one that is live, as it is now, or the id of one that has left before its time.
type FeedLine struct {
	Put  *matching.Posting `json:"put,omitempty"`
	Left matching.ID       `json:"left,omitempty"`
}

// FeedChanges is a page of changes. Who has applied it holds every posting that is live at AsOf once More is false, and besides them
// only such as have expired by then: a posting leaves by itself at its time of expiry, and no line says so.
type FeedChanges struct {
	AsOf  time.Time  `json:"as_of"`
	Lines []FeedLine `json:"lines"`
	Since string     `json:"since"` // for the next page
	More  bool       `json:"more"`  // the next page is there already
}

// PostingChanges gives what has changed among the live postings since a mark, at most limit lines, in order. A mark of another epoch is a
// fault.Conflict: the store was restored or copied, and a new snapshot is needed. While there is nothing to tell it waits for up to wait.
func (n *Node) PostingChanges(ctx context.Context, since string, limit int, wait time.Duration) (FeedChanges, error) {
	const op = "node.PostingChanges"
	mark, err := decodeFeedMark(since)
	if err != nil {
		return FeedChanges{}, err
	}
	patience := time.NewTimer(wait)
	defer patience.Stop()
	for {
		head, moved := n.reached.get()
		if head.Epoch != mark.head.Epoch {
			return FeedChanges{}, &fault.Error{Kind: fault.Conflict, Op: op, Field: "since",
				Message:   "This mark is of an earlier life of the store, which was restored or copied since. Take a new snapshot and go on from there.",
				MessageUr: "یہ نشان پرانے ذخیرے کا ہے۔ نیا سنیپ شاٹ لیں اور وہاں سے آگے چلیں۔"}
		}
		f := &feeding{n: n, mark: mark, now: n.clock(), head: head.Position, limit: limit}
		if err := f.run(ctx); err != nil {
			return FeedChanges{}, fault.Wrap(op, err)
		}
		changes := FeedChanges{AsOf: f.mark.asOf, Lines: f.lines, Since: f.mark.encode(), More: f.more}
		if len(f.lines) > 0 || f.more || wait <= 0 {
			return changes, nil
		}
		select {
		case <-moved:
			mark = f.mark // what was looked at is of no concern to this reader
		case <-patience.C:
			return changes, nil
		case <-ctx.Done():
			return FeedChanges{}, &fault.Error{Kind: fault.Unavailable, Op: op, Err: ctx.Err()}
		}
	}
}

// feeding makes one page of changes.
type feeding struct {
	n     *Node
	mark  feedMark
	now   time.Time
	head  store.Position // as far as the node has followed, and no farther: by then it knows what begins by itself
	limit int
	lines []FeedLine
	more  bool
}

func (f *feeding) run(ctx context.Context) error {
	f.lines = []FeedLine{}
	if f.mark.head.Position > f.head {
		return nil // given by a node that is ahead of this one
	}
	entries, err := f.n.store.Journal(ctx, f.mark.head.Position, min(feedEntries, int(f.head-f.mark.head.Position)))
	if err != nil {
		return err
	}
	last := map[matching.ID]store.Position{} // a record that changes again is told of once
	for _, e := range entries {
		last[e.ID] = e.Position
	}
	for _, e := range entries {
		switch {
		case e.Noun == store.BatchNoun:
			err = f.batch(ctx, e)
		case e.Noun == store.PostingNoun && last[e.ID] == e.Position:
			err = f.single(ctx, e.ID)
		}
		if err != nil {
			return err
		}
		if f.more { // the page is full before the end of a batch
			return nil
		}
		f.mark.head.Position, f.mark.after = e.Position, ""
		if len(f.lines) >= f.limit && e.Position < f.head {
			f.more = true
			return nil
		}
	}
	if f.more = f.mark.head.Position < f.head; f.more {
		return nil
	}
	return f.begun(ctx)
}

func (f *feeding) single(ctx context.Context, id matching.ID) error {
	p, err := f.n.store.Posting(ctx, id)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	f.tell(id, p)
	return nil
}

func (f *feeding) tell(id matching.ID, p *matching.Posting) {
	if p == nil || !p.Live(f.now) {
		f.lines = append(f.lines, FeedLine{Left: id})
		return
	}
	f.lines = append(f.lines, FeedLine{Put: p})
}

// batch tells of the postings of a batch, of as many as the page has room for.
func (f *feeding) batch(ctx context.Context, e store.Entry) error {
	for {
		room := f.limit - len(f.lines)
		if room <= 0 {
			f.more = true
			return nil
		}
		page, err := f.n.store.PostingsIn(ctx, e.ID, f.mark.after, min(room, feedPage))
		if err != nil || len(page) == 0 {
			return err
		}
		for _, p := range page {
			f.tell(p.ID, p)
			f.mark.after = p.ID
		}
	}
}

// begun tells of postings that were put before their time and whose time has come since the mark.
func (f *feeding) begun(ctx context.Context) error {
	for _, id := range f.n.scheduled.between(f.mark.asOf, f.now) {
		if err := f.single(ctx, id); err != nil {
			return err
		}
	}
	f.mark.asOf = f.now
	return nil
}
