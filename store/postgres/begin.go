package postgres

import (
	"context"
	"fmt"
)

// beginSQL begins a transaction that writes, and reads in the same message which keys are in use while nobody changes them.
var beginSQL = fmt.Sprintf("BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock_shared(%d); SELECT use, version FROM key_check", int64(keysLock))

// begin begins the transaction. When another node has rotated the keys and ours are forgotten, the key file is read again.
func (t *tx) begin(ctx context.Context) error {
	results, err := t.conn.PgConn().Exec(ctx, beginSQL).ReadAll()
	if err != nil {
		rollback(ctx, t.conn)
		return err
	}
	held := results[len(results)-1].Rows
	if inUse(held, t.keys) {
		return nil
	}
	if keys, err := t.ring.Reread(); err == nil && inUse(held, keys) {
		t.keys = keys
		return nil
	}
	t.retired = true
	return nil
}

// sealing refuses to seal with keys that are not in use any more.
func (t *tx) sealing(sealed []any) error {
	if t.retired && sealed != nil {
		return errRetired()
	}
	return nil
}
