package node

import (
	"context"
	"time"
)

// How often the store is rid of what deleted people have left in its files, and at most when something was left the last time. With what it
// takes itself, tables of a hundred thousand people being rewritten, it is done within a minute.
const (
	eraseEvery   = 15 * time.Second
	eraseAtMost  = 4 * time.Minute
	quietFrom    = 21 // hours of UTC: from 2 to 4 in the morning in Pakistan, large tables are taken up too
	quietUntil   = 23
	eraseLongest = 30 * time.Minute // a large table
)

// eraseDeleted rids the store's files of the deleted until ctx ends.
func (n *Node) eraseDeleted(ctx context.Context) {
	for every := eraseEvery; ctx.Err() == nil; {
		pause(ctx, every)
		if left := n.eraseOnce(ctx); left {
			every = min(2*every, eraseAtMost)
		} else {
			every = eraseEvery
		}
	}
}

// eraseOnce does it once, and tells whether something was left.
func (n *Node) eraseOnce(ctx context.Context) (left bool) {
	ctx, cancel := context.WithTimeout(ctx, eraseLongest)
	defer cancel()
	hour := n.now().UTC().Hour()
	began := time.Now()
	done, err := n.store.EraseDeleted(ctx, hour >= quietFrom && hour < quietUntil)
	if !n.complainOf("erasing what deleted people have left", err) {
		return true
	}
	if done.Tables > 0 {
		n.log.Info("the files were rid of deleted people", "tables", done.Tables, "log", done.Log, "took", time.Since(began))
	}
	if done.Left() {
		n.log.Warn("something of deleted people is left in the files for now", "large", done.Large, "held", done.Held)
	}
	return done.Left()
}
