package store

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"rabta/internal/fault"
)

// keyBytes is the size of every key in a key file: 256 random bits.
const keyBytes = 32

// KeyUse says what a key of the key file is for. A key is never used for both.
type KeyUse string

// The uses of keys.
const (
	SealingKey KeyUse = "sealing" // sealing of personal records
	LookupKey  KeyUse = "lookup"  // looking up by phone or CNIC
)

// VersionedKey is one key of a key file. Versions count from 1; the highest of a use is the current one, the others still
// open what was written with them.
type VersionedKey struct {
	Version uint32 `json:"version"`
	Key     []byte `json:"key"` // 32 bytes, base64 in the file
}

// Keys are the secrets of one store. They live in a file of mode 0600 outside the data directory, so that a copy of the
// data alone tells nobody's name. Keys never change once made and are safe for concurrent use.
type Keys struct {
	sealing []VersionedKey // by version, at least one
	lookup  []VersionedKey // by version, at least one
}

// keyFile is the JSON form of Keys.
type keyFile struct {
	Sealing []VersionedKey `json:"sealing"`
	Lookup  []VersionedKey `json:"lookup"`
}

// KeyPath is where the key file of a data directory lies unless told otherwise: beside it, as DIR.key.
func KeyPath(dir string) string { return filepath.Clean(dir) + ".key" }

// NewKeys makes random keys of version 1 that no file holds, for a store that is not kept.
func NewKeys() *Keys {
	return &Keys{sealing: []VersionedKey{newKey(1)}, lookup: []VersionedKey{newKey(1)}}
}

// newKey makes a random key. crypto/rand never fails: it ends the process when the system has no randomness.
func newKey(version uint32) VersionedKey {
	key := make([]byte, keyBytes)
	rand.Read(key)
	return VersionedKey{Version: version, Key: key}
}

// CreateKeys makes random keys and writes them to a new file, which is on disk when it returns. It is a fault.Conflict when
// the file exists: a key file is never overwritten, for what it has sealed would be lost.
func CreateKeys(path string) (*Keys, error) {
	k := NewKeys()
	if err := k.Create(path); err != nil {
		return nil, err
	}
	return k, nil
}

// Create writes the keys to a new file, as CreateKeys does.
func (k *Keys) Create(path string) error { return k.write(path) }

// LoadKeys reads a key file. A missing one is a fault.NotFound; one that others may read, or that is damaged, is refused.
func LoadKeys(path string) (*Keys, error) {
	const op = "store.LoadKeys"
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &fault.Error{Kind: fault.NotFound, Op: op, Err: err,
			Message: "There is no key file. Give the one that was made with the data directory; without it sealed records cannot be read."}
	case err != nil:
		return nil, fault.Wrap(op, err)
	case info.Mode().Perm()&0o077 != 0:
		return nil, fault.New(fault.Forbidden, op, "The key file can be read by other users. Make it readable by its owner alone (chmod 600).")
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	var file keyFile
	// What the decoder says of a damaged file may quote it, so its error goes no further.
	if json.Unmarshal(raw, &file) != nil || !sound(file.Sealing) || !sound(file.Lookup) {
		return nil, fault.New(fault.Malformed, op, "The key file is damaged. Restore it from its backup.")
	}
	return &Keys{sealing: file.Sealing, lookup: file.Lookup}, nil
}

// sound tells whether keys has at least one key, all of full length, with versions rising from 1 or more.
func sound(keys []VersionedKey) bool {
	last := uint32(0)
	for _, k := range keys {
		if k.Version <= last || len(k.Key) != keyBytes {
			return false
		}
		last = k.Version
	}
	return len(keys) > 0
}

// Rotated gives keys with a new current version of the use beside the old ones, which still open what they have sealed. The
// caller writes them with ReplaceKeys before a store uses them.
func (k *Keys) Rotated(use KeyUse) *Keys {
	next := &Keys{sealing: slices.Clone(k.sealing), lookup: slices.Clone(k.lookup)}
	keys := &next.sealing
	if use == LookupKey {
		keys = &next.lookup
	}
	*keys = append(*keys, newKey(current(*keys).Version+1))
	return next
}

// ReplaceKeys puts keys in place of an existing key file in one step: after a crash the old file or the new one is there.
func ReplaceKeys(path string, k *Keys) error {
	const op = "store.ReplaceKeys"
	next := path + ".next"
	// Left over from a replacement that was cut short; nothing was sealed with it, since it was never in place.
	if err := os.Remove(next); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fault.Wrap(op, err)
	}
	if err := k.write(next); err != nil {
		return fault.Wrap(op, err)
	}
	if err := os.Rename(next, path); err != nil {
		return fault.Wrap(op, err)
	}
	return fault.Wrap(op, syncDir(filepath.Dir(path)))
}

// write creates the file, which must not exist, and returns when it and its directory entry are on disk.
func (k *Keys) write(path string) (err error) {
	const op = "store.Keys.write"
	raw, err := json.MarshalIndent(keyFile{Sealing: k.sealing, Lookup: k.lookup}, "", "  ")
	if err != nil {
		return fault.Wrap(op, err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return &fault.Error{Kind: fault.Conflict, Op: op, Err: err,
			Message: "The key file exists already and is not overwritten. Use it, or name another file."}
	}
	if err != nil {
		return fault.Wrap(op, err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(path) // a torn key file is worse than none
		}
	}()
	if _, err := f.Write(append(raw, '\n')); err != nil {
		return fault.Wrap(op, err)
	}
	if err := f.Sync(); err != nil {
		return fault.Wrap(op, err)
	}
	if err := f.Close(); err != nil {
		return fault.Wrap(op, err)
	}
	return fault.Wrap(op, syncDir(filepath.Dir(path)))
}

// syncDir puts a directory's entries on disk, without which a new file can be gone after a loss of power.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

// KeyCheck is what a database keeps of a key: enough to notice another key, of no use for anything else.
type KeyCheck struct {
	Use     KeyUse
	Version uint32
	Value   []byte // 32 bytes
}

// Checks gives the check of every key, by use and version.
func (k *Keys) Checks() []KeyCheck {
	var checks []KeyCheck
	for _, v := range k.sealing {
		checks = append(checks, checkOf(SealingKey, v))
	}
	for _, v := range k.lookup {
		checks = append(checks, checkOf(LookupKey, v))
	}
	return checks
}

func checkOf(use KeyUse, key VersionedKey) KeyCheck {
	return KeyCheck{Use: use, Version: key.Version, Value: derive(key.Key, "rabta key check "+string(use))}
}

// Verify compares the checks that a database holds with the keys: a fault.Conflict when one of them is of another key or of
// a version that the key file lacks.
func (k *Keys) Verify(held []KeyCheck) error {
	const op = "store.Keys.Verify"
	own := k.Checks()
	for _, h := range held {
		at := slices.IndexFunc(own, func(c KeyCheck) bool { return c.Use == h.Use && c.Version == h.Version })
		if at < 0 {
			return fault.New(fault.Conflict, op, "The key file lacks a key version that the database still uses. Give the newest key file of this database.")
		}
		if !hmac.Equal(own[at].Value, h.Value) {
			return fault.New(fault.Conflict, op, "The key file belongs to another database. Give the one that was made with this database.")
		}
	}
	return nil
}

// derive makes a 256-bit key for one purpose from a key of the file (HKDF-SHA256, RFC 5869).
func derive(key []byte, info string) []byte {
	derived, err := hkdf.Key(sha256.New, key, nil, info, keyBytes)
	if err != nil {
		panic("store: HKDF refused a fixed length: " + err.Error()) // only for lengths over 255 hashes
	}
	return derived
}

// current gives the key of the highest version.
func current(keys []VersionedKey) VersionedKey { return keys[len(keys)-1] }

// ofVersion gives the key of a version.
func ofVersion(keys []VersionedKey, version uint32) (VersionedKey, bool) {
	at, ok := slices.BinarySearchFunc(keys, version, func(k VersionedKey, v uint32) int { return int(k.Version) - int(v) })
	if !ok {
		return VersionedKey{}, false
	}
	return keys[at], true
}
