package node

import (
	"context"
	"errors"
	"time"
)

// How often the node looks after itself. Counting silent employers reads every application, so it waits for the day.
const (
	keyFileWatch = time.Minute
	hour         = time.Hour
	daily        = 24 * time.Hour
)

// lookAfter does the periodic work until ctx ends: every minute the key file, every hour what hourly does, once a day what daily does.
func (n *Node) lookAfter(ctx context.Context) {
	ticker := time.NewTicker(keyFileWatch)
	defer ticker.Stop()
	file := n.keysSeen
	var lastHour, lastDay time.Time
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		is, err := n.followKeyFile(ctx, file)
		if n.complainOf("the key file", err) {
			file = is
		}
		if now := time.Now(); now.Sub(lastHour) >= hour {
			lastHour = now
			n.complainOf("the hourly work", n.hourly(ctx))
		} else if n.figures.leftOut.Load() && n.filesIn.Load() == 0 {
			n.complainOf("the snapshot of gaps", n.snapshot(ctx))
		}
		if now := time.Now(); now.Sub(lastDay) >= daily {
			lastDay = now
			n.complainOf("the daily work", n.daily(ctx))
		}
	}
}

// complainOf logs an error of periodic work, which is tried again at its next time; it tells whether there was none.
func (n *Node) complainOf(what string, err error) bool {
	if err != nil && !errors.Is(err, context.Canceled) {
		n.log.Warn(what+" was not done", "error", err)
	}
	return err == nil
}

// hourly writes the audit log's head into the server's log, finishes a rotation of keys that was cut off, and keeps what is published of the
// day, if that is not yet done. One node at a time does it.
func (n *Node) hourly(ctx context.Context) error {
	_, noted := n.store.Alone(ctx, "audit head", n.logAuditHead)
	_, resealed := n.store.Alone(ctx, "reseal", func(ctx context.Context) error {
		status, err := n.KeyStatus(ctx)
		if err != nil || status.Unfinished() == 0 {
			return err
		}
		report, err := n.RotateKeys(ctx)
		if err == nil {
			n.log.Info("a rotation of keys was finished", "resealed", report.Resealed)
		}
		return err
	})
	return errors.Join(noted, resealed, n.snapshot(ctx))
}

// snapshot takes the snapshot of the day, unless another node is at it.
func (n *Node) snapshot(ctx context.Context) error {
	_, err := n.store.Alone(ctx, "snapshot of gaps", n.figures.takeSnapshot)
	return err
}

// daily counts the employers' silence.
func (n *Node) daily(ctx context.Context) error {
	_, err := n.store.Alone(ctx, "unanswered", n.countUnanswered)
	return err
}
