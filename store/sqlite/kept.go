package sqlite

import (
	"bytes"
	"context"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"rabta/matching"
	"rabta/store"
)

// What is kept at the most: some tens of megabytes.
const (
	keptGraduates = 16_384
	keptTokens    = 4_096
)

// kept are the records that a request reads before it does anything: the token of its caller, and the graduate whose list is asked for.
// One process holds a data directory, so that nobody changes a record but the transactions that pass here. What one of them names is
// dropped before it commits, and nothing is kept that was read until it has: whoever asks after a commit is answered by what it wrote.
// What is sealed is never kept.
type kept struct {
	mu        sync.Mutex // held to drop and to keep
	changes   uint64     // guarded by mu: beginnings and ends of commits
	commits   int        // guarded by mu: under way
	graduates *lru.Cache[matching.ID, *matching.Graduate]
	tokens    *lru.Cache[[store.TokenHashBytes]byte, *store.Token]
}

func newKept() *kept {
	return &kept{graduates: newCache[matching.ID, *matching.Graduate](keptGraduates),
		tokens: newCache[[store.TokenHashBytes]byte, *store.Token](keptTokens)}
}

func newCache[K comparable, V any](size int) *lru.Cache[K, V] {
	cache, err := lru.New[K, V](size)
	if err != nil {
		panic("sqlite: " + err.Error()) // a size below 1 alone
	}
	return cache
}

// changed names what a transaction has changed of what may be kept. Records that it made are not in it: nobody has read them before.
type changed struct {
	graduates []matching.ID
	tokens    bool // any
}

func (c *changed) note(noun store.Noun, id string, version int64, operation store.Operation) {
	switch {
	case version == 1 && operation == store.Put:
	case noun == store.GraduateNoun:
		c.graduates = append(c.graduates, matching.ID(id))
	case noun == store.TokenNoun:
		c.tokens = true
	}
}

// around commits a transaction.
func (k *kept) around(c *changed, commit func() error) error {
	k.mark(1, func() {
		for _, id := range c.graduates {
			k.graduates.Remove(id)
		}
		if c.tokens {
			k.tokens.Purge()
		}
	})
	defer k.mark(-1, func() {})
	return commit()
}

func (k *kept) mark(commits int, do func()) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.changes++
	k.commits += commits
	do()
}

func (k *kept) now() uint64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.changes
}

// keep keeps what was read, unless a commit has begun or ended since.
func keep[K comparable, V any](k *kept, cache *lru.Cache[K, V], since uint64, key K, value V) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.commits == 0 && k.changes == since {
		cache.Add(key, value)
	}
}

// open refuses what a read of a kept record would be refused for if it were read: a store that is closed, a context that has ended.
func (s *Store) open(ctx context.Context, op string) error {
	select {
	case <-s.closing:
		return store.Closed()
	default:
		return fail(op, ctx.Err())
	}
}

// Graduate reads a graduate.
func (s *Store) Graduate(ctx context.Context, id matching.ID) (*matching.Graduate, error) {
	if err := s.open(ctx, "sqlite.Graduate"); err != nil {
		return nil, err
	}
	if g, ok := s.kept.graduates.Get(id); ok {
		return g.Clone(), nil
	}
	since := s.kept.now()
	g, err := s.Lent.Graduate(ctx, id)
	if err == nil {
		keep(s.kept, s.kept.graduates, since, id, g.Clone())
	}
	return g, err
}

// TokenByHash finds a token.
func (s *Store) TokenByHash(ctx context.Context, hash []byte) (*store.Token, error) {
	if err := s.open(ctx, "sqlite.TokenByHash"); err != nil {
		return nil, err
	}
	if len(hash) != store.TokenHashBytes {
		return s.Lent.TokenByHash(ctx, hash)
	}
	key := [store.TokenHashBytes]byte(hash)
	if t, ok := s.kept.tokens.Get(key); ok {
		return cloneOf(t), nil
	}
	since := s.kept.now()
	t, err := s.Lent.TokenByHash(ctx, hash)
	if err == nil {
		keep(s.kept, s.kept.tokens, since, key, cloneOf(t))
	}
	return t, err
}

func cloneOf(t *store.Token) *store.Token {
	c := *t
	c.Hash = bytes.Clone(t.Hash)
	return &c
}
