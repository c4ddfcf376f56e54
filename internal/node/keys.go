package node

import (
	"context"
	"os"

	"rabta/internal/fault"
	"rabta/store"
)

// KeysReport says where the keys of a data directory stand. A rotation is unfinished while records need an older version than the
// newest; the server finishes it by itself within the hour, and so does the next call.
type KeysReport struct {
	Sealing  []uint32         `json:"sealing"` // versions in the key file, the newest last
	Lookup   []uint32         `json:"lookup"`
	Used     []store.KeyCount `json:"used"`
	Resealed int              `json:"resealed"` // records that this call has sealed again
}

// Unfinished tells how many records still need an older version.
func (r *KeysReport) Unfinished() int {
	left := 0
	for _, c := range r.Used {
		newest := r.Sealing
		if c.Use == store.LookupKey {
			newest = r.Lookup
		}
		if c.Version != newest[len(newest)-1] {
			left += c.Records
		}
	}
	return left
}

// KeyStatus tells which versions the key file holds and how many records need each.
func (n *Node) KeyStatus(ctx context.Context) (KeysReport, error) {
	keys, err := n.reloadKeys()
	if err != nil {
		return KeysReport{}, err
	}
	return n.keysReport(ctx, keys, 0)
}

func (n *Node) keysReport(ctx context.Context, keys *store.Keys, resealed int) (KeysReport, error) {
	used, err := n.store.KeyCounts(ctx)
	return KeysReport{Sealing: keys.Versions(store.SealingKey), Lookup: keys.Versions(store.LookupKey), Used: used, Resealed: resealed}, err
}

// errRotating answers a second rotation at a time.
func errRotating() error {
	return fault.New(fault.Conflict, "node.RotateKeys", "The keys are being rotated just now. Wait until that is done and try again.")
}

// RotateKeys makes new keys for the uses, and seals everything again with them while readers and writers go on; without uses it only
// finishes what an earlier rotation left. The order makes it safe to be cut off anywhere: the new keys are on disk before anything is
// sealed with them, and the old ones stay in the file until PruneKeys. A rotation that was cut off goes on with the same new keys.
func (n *Node) RotateKeys(ctx context.Context, uses ...store.KeyUse) (KeysReport, error) {
	const op = "node.RotateKeys"
	if !n.rotating.TryLock() {
		return KeysReport{}, errRotating()
	}
	defer n.rotating.Unlock()
	keys, err := n.reseal(ctx)
	resealed := keys.resealed
	if err == nil && len(uses) > 0 {
		next := keys.Keys
		for _, use := range uses {
			next = next.Rotated(use)
		}
		if err = store.ReplaceKeys(n.keyFile(), next); err == nil {
			keys, err = n.reseal(ctx)
			resealed += keys.resealed
		}
	}
	if err != nil {
		return KeysReport{}, fault.Wrap(op, err)
	}
	report, err := n.keysReport(ctx, keys.Keys, resealed)
	return report, fault.Wrap(op, err)
}

// resealing is what a pass of reseal worked with.
type resealing struct {
	*store.Keys
	resealed int
}

// reseal makes the store use what the key file holds, and seals everything with its newest versions.
func (n *Node) reseal(ctx context.Context) (resealing, error) {
	keys, err := n.reloadKeys()
	if err != nil {
		return resealing{}, err
	}
	if err := n.store.SetKeys(ctx, keys); err != nil {
		return resealing{}, err
	}
	done, err := n.store.Reseal(ctx)
	return resealing{keys, done}, err
}

// PruneKeys takes the old versions that no record needs out of the key file. Backups made before need the file as it was; other nodes
// must have the newest one first.
func (n *Node) PruneKeys(ctx context.Context) (KeysReport, error) {
	const op = "node.PruneKeys"
	if !n.rotating.TryLock() {
		return KeysReport{}, errRotating()
	}
	defer n.rotating.Unlock()
	keys, err := n.reseal(ctx) // the store forgets the checks of old versions before the file forgets the versions
	if err != nil {
		return KeysReport{}, fault.Wrap(op, err)
	}
	used, err := n.store.KeyCounts(ctx)
	if err != nil {
		return KeysReport{}, fault.Wrap(op, err)
	}
	pruned := keys.Pruned(used)
	if len(pruned.Checks()) < len(keys.Checks()) {
		if err := store.ReplaceKeys(n.keyFile(), pruned); err != nil {
			return KeysReport{}, fault.Wrap(op, err)
		}
	}
	if err := n.store.SetKeys(ctx, pruned); err != nil {
		return KeysReport{}, fault.Wrap(op, err)
	}
	report, err := n.keysReport(ctx, pruned, keys.resealed)
	return report, fault.Wrap(op, err)
}

// followKeyFile takes over a key file that was changed by somebody else: another node of the same database has rotated, and the operator
// has copied its file here. was is the file as it was seen last; it gives the file as it is now.
func (n *Node) followKeyFile(ctx context.Context, was os.FileInfo) (os.FileInfo, error) {
	is, err := os.Stat(n.keyFile())
	if err != nil || was != nil && os.SameFile(was, is) && was.ModTime().Equal(is.ModTime()) && was.Size() == is.Size() {
		return is, err
	}
	if !n.rotating.TryLock() {
		return was, nil // our own rotation; looked at again next time
	}
	defer n.rotating.Unlock()
	keys, err := n.reloadKeys()
	if err == nil {
		err = n.store.SetKeys(ctx, keys)
	}
	return is, err
}
