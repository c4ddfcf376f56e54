package node

import (
	"context"
	"errors"
	"time"

	"rabta/internal/fault"
	"rabta/store"
)

// Copy is a copying of all records from one place to another that holds none: to move them to another database, to back them up
// while a server goes on, and to bring a backup back.
type Copy struct {
	From, To       Where
	FromKey, ToKey string // key files; empty: those beside the directories
	WithoutKey     bool   // writes no key file: a backup that must not open by itself
	Now            func() time.Time
	Progress       func(rows int) // may be nil
}

// Copied is what a Copy did.
type Copied struct {
	From store.Head     `json:"from"` // the snapshot that was copied
	To   store.Head     `json:"to"`   // in the copy's own epoch
	Rows map[string]int `json:"rows"` // by table
}

// Run copies from a place that no other process holds; ErrHeld when one does, which is then asked to RunFrom its own store.
func (c Copy) Run(ctx context.Context) (Copied, error) {
	path, err := keyFileOf(c.From, c.FromKey)
	if err != nil {
		return Copied{}, err
	}
	keys, err := store.LoadKeys(path)
	if err != nil {
		return Copied{}, err
	}
	from, err := openRecords(ctx, c.From, keys, c.Now)
	if err != nil {
		return Copied{}, err
	}
	copied, err := c.run(ctx, from, keys)
	return copied, errors.Join(err, from.Close())
}

// RunFrom copies from the store of an open node, from one snapshot beside its readers and writers.
func (c Copy) RunFrom(ctx context.Context, n *Node) (Copied, error) {
	keys, err := n.reloadKeys() // they may have been rotated since the node was opened
	if err != nil {
		return Copied{}, err
	}
	return c.run(ctx, n.store, keys)
}

func (c Copy) run(ctx context.Context, from store.Store, keys *store.Keys) (copied Copied, err error) {
	if c.To.Dir != "" && Exists(c.To.Dir) {
		return Copied{}, fault.New(fault.Conflict, "node.Copy", "The directory to copy to has a database already, and nothing is copied over it. Name a new one.")
	}
	if !c.WithoutKey && (c.To.Dir != "" || c.ToKey != "") {
		path, err := keyFileOf(c.To, c.ToKey)
		if err != nil {
			return Copied{}, err
		}
		if err := placeKeys(path, keys); err != nil {
			return Copied{}, err
		}
	}
	to, err := makeRecords(ctx, c.To, keys, c.Now)
	if errors.Is(err, ErrHeld) {
		err = fault.New(fault.Conflict, "node.Copy", "Another process holds the directory to copy to. Name a new one.")
	}
	if err != nil {
		return Copied{}, err
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	return c.pour(ctx, from, to)
}

// pour dumps one store into the other.
func (c Copy) pour(ctx context.Context, from, to store.Store) (Copied, error) {
	copied, total := Copied{Rows: map[string]int{}}, 0
	var err error
	copied.To, err = to.Fill(ctx, func(put func(string, []any) error) (store.Position, error) {
		var err error
		copied.From, err = from.Dump(ctx, func(table string, row []any) error {
			copied.Rows[table]++
			total++
			if c.Progress != nil {
				c.Progress(total)
			}
			return put(table, row)
		})
		return copied.From.Position, err
	})
	return copied, err
}
