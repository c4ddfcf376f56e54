package store

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"sync"
	"sync/atomic"

	"rabta/internal/fault"
	"rabta/matching"
)

// Keyring holds the keys that an open store uses just now. A rotation puts others in their place while readers and writers go on: who
// began with the older ones opens what was sealed meanwhile with the newer. Safe for concurrent use.
type Keyring struct {
	current atomic.Pointer[Keys]
	mu      sync.Mutex // one reload at a time
	reload  func() (*Keys, error)
}

// NewKeyring makes a keyring. reload reads the key file again, and is called when a record is met whose key version is not known:
// another node has rotated, and its file has been copied here. nil: nothing is read again.
func NewKeyring(keys *Keys, reload func() (*Keys, error)) *Keyring {
	r := &Keyring{reload: reload}
	r.current.Store(keys)
	return r
}

// Keys gives the keys to seal and look up with now.
func (r *Keyring) Keys() *Keys { return r.current.Load() }

// Set puts other keys in place.
func (r *Keyring) Set(keys *Keys) { r.current.Store(keys) }

// Open decrypts the blob of a column of a record, as Keys.Open does with began, the keys that the reader began with. A version that they
// lack is looked for among the current keys, then in the key file. One that is newer than all of them is a fault.Unavailable: another node
// has rotated, and its key file is not here yet.
func (r *Keyring) Open(began *Keys, id matching.ID, column string, blob []byte) ([]byte, error) {
	plain, err := began.Open(id, column, blob)
	if !errors.Is(err, errNoKeyVersion) {
		return plain, err
	}
	if now := r.Keys(); now != began {
		if plain, err = now.Open(id, column, blob); !errors.Is(err, errNoKeyVersion) {
			return plain, err
		}
	}
	version, _ := SealedVersion(blob) // Open has read it
	keys, again := r.reloaded(version)
	switch {
	case again != nil:
		return nil, errors.Join(err, again)
	case keys == nil && version > r.Keys().SealingVersion():
		return nil, errBehind()
	case keys == nil:
		return nil, err
	}
	return keys.Open(id, column, blob)
}

// errBehind is what a node answers until it has the key file of the one that has rotated.
func errBehind() error {
	return &fault.Error{Kind: fault.Unavailable, Op: "store.Keyring.Open", Err: errNoKeyVersion,
		Message: "The key file of this node is older than the keys in use. Copy the newest key file here."}
}

// reloaded reads the key file again for a version, unless somebody did so meanwhile. nil: it is not to be had.
func (r *Keyring) reloaded(version uint32) (*Keys, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now := r.Keys(); now.hasSealing(version) {
		return now, nil
	}
	if r.reload == nil {
		return nil, nil
	}
	keys, err := r.reload()
	if err != nil {
		return nil, fault.Wrap("store.Keyring.reloaded", err)
	}
	keys, ofThisStore := r.Keys().with(keys)
	if !ofThisStore || !keys.hasSealing(version) {
		return nil, nil
	}
	r.Set(keys)
	return keys, nil
}

// Reread reads the key file again, because another node has begun to use other keys, and gives the keys of now: the same when the file
// has nothing newer or there is none to read.
func (r *Keyring) Reread() (*Keys, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.reload == nil {
		return r.Keys(), nil
	}
	newer, err := r.reload()
	if err != nil {
		return nil, fault.Wrap("store.Keyring.Reread", err)
	}
	if keys, ofThisStore := r.Keys().with(newer); ofThisStore {
		r.Set(keys)
	}
	return r.Keys(), nil
}

// with adds the versions of newer keys that k lacks, and keeps its own; false when they are of another store.
func (k *Keys) with(newer *Keys) (*Keys, bool) {
	if k.lookup[0].Version != newer.lookup[0].Version || !bytes.Equal(k.lookup[0].Key, newer.lookup[0].Key) {
		return nil, false
	}
	add := func(own, other []VersionedKey) []VersionedKey {
		all := slices.Clone(own)
		for _, key := range other {
			if _, known := ofVersion(own, key.Version); !known {
				all = append(all, key)
			}
		}
		slices.SortFunc(all, func(a, b VersionedKey) int { return cmp.Compare(a.Version, b.Version) })
		return all
	}
	return &Keys{sealing: add(k.sealing, newer.sealing), lookup: add(k.lookup, newer.lookup)}, true
}

func (k *Keys) hasSealing(version uint32) bool {
	_, ok := ofVersion(k.sealing, version)
	return ok
}

// errNoKeyVersion is the cause when a blob's key version is not in the file.
var errNoKeyVersion = errors.New("unknown key version")

// KeyCount says how many records were sealed, or can be looked up, by one version of a key.
type KeyCount struct {
	Use     KeyUse `json:"use"`
	Version uint32 `json:"version"`
	Records int    `json:"records"`
}

// Versions gives the versions of a use, the current one last.
func (k *Keys) Versions(use KeyUse) []uint32 {
	keys := k.sealing
	if use == LookupKey {
		keys = k.lookup
	}
	versions := make([]uint32, len(keys))
	for i, key := range keys {
		versions[i] = key.Version
	}
	return versions
}

// Pruned gives keys without the old versions that no record uses, by the counts of a store. The current ones stay, and so does the
// first lookup key, by which candidates are named and the audit log is chained.
func (k *Keys) Pruned(used []KeyCount) *Keys {
	keep := func(use KeyUse, keys []VersionedKey) []VersionedKey {
		var kept []VersionedKey
		for i, key := range keys {
			inUse := slices.ContainsFunc(used, func(c KeyCount) bool { return c.Use == use && c.Version == key.Version && c.Records > 0 })
			if i == len(keys)-1 || use == LookupKey && i == 0 || inUse {
				kept = append(kept, key)
			}
		}
		return kept
	}
	return &Keys{sealing: keep(SealingKey, k.sealing), lookup: keep(LookupKey, k.lookup)}
}
