// Package storetest is the suite that every store.Store must pass: a named case for each sentence of the interface. A store's
// own tests call Run; a case that a store may leave out does not exist.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// Open gives an empty store of the keys, another at each call, and a function that closes it and opens the same records again as a
// restarted process would. Both are closed when the test ends.
type Open func(t *testing.T, keys *store.Keys) (s store.Store, reopen func() store.Store)

// Run holds a store to the suite, or to those of its groups that are named.
func Run(t *testing.T, open Open, only ...string) {
	for _, group := range []struct {
		name  string
		cases []testCase
	}{
		{"records", recordCases}, {"versions", versionCases}, {"external ids", externalCases}, {"people", personCases}, {"many at once", manyCases},
		{"transactions", transactionCases}, {"reading what was written", freshCases}, {"walks", walkCases}, {"journal", journalCases}, {"waiting", waitCases},
		{"places and tokens", placeAndTokenCases}, {"applications", applicationCases}, {"replies", replyCases}, {"audit", auditCases},
		{"about a record", aboutCases}, {"working alone", aloneCases}, {"copies", copyCases}, {"batches", batchCases},
		{"imports", importCases}, {"imported rows", rowCases}, {"duplicates", duplicateCases}, {"figures", figureCases}, {"removals", removalCases},
		{"life of a store", lifeCases},
	} {
		if len(only) > 0 && !slices.Contains(only, group.name) {
			continue
		}
		t.Run(group.name, func(t *testing.T) {
			for _, c := range group.cases {
				t.Run(c.name, func(t *testing.T) {
					keys := store.NewKeys()
					s, reopen := open(t, keys)
					empty := func() store.Store { other, _ := open(t, keys); return other }
					c.run(&suite{T: t, ctx: t.Context(), s: s, keys: keys, reopen: reopen, empty: empty})
				})
			}
		})
	}
}

type testCase struct {
	name string
	run  func(*suite)
}

// suite is one running case with an empty store.
type suite struct {
	*testing.T
	ctx    context.Context
	s      store.Store
	keys   *store.Keys
	reopen func() store.Store
	empty  func() store.Store // another store of the same keys
}

// id makes a well-formed identifier whose order is that of n.
func id(prefix string, n int) matching.ID {
	return matching.ID(fmt.Sprintf("%s_01J8%022d", prefix, n))
}

func (s *suite) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatalf("unexpected error: %v", err)
	}
}

// is checks the kind of an error.
func (s *suite) is(kind fault.Kind, err error) {
	s.Helper()
	if err == nil {
		s.Fatalf("no error, want one of kind %v", kind)
	}
	if got := fault.KindOf(err); got != kind {
		s.Fatalf("error of kind %v, want %v: %v", got, kind, err)
	}
}

func (s *suite) update(change func(store.Tx) error) store.Position {
	s.Helper()
	position, err := s.s.Update(s.ctx, change)
	s.must(err)
	return position
}

// fails runs a change that must fail with a kind.
func (s *suite) fails(kind fault.Kind, change func(store.Tx) error) {
	s.Helper()
	_, err := s.s.Update(s.ctx, change)
	s.is(kind, err)
}

func (s *suite) putGraduate(g *matching.Graduate, p *matching.Personal) store.Position {
	s.Helper()
	return s.update(func(tx store.Tx) error { return tx.PutGraduate(s.ctx, g, p) })
}

func (s *suite) head() store.Head {
	s.Helper()
	head, err := s.s.Head(s.ctx)
	s.must(err)
	return head
}

// same compares what was written with what is read; an empty list and none are the same.
func (s *suite) same(want, got any) {
	s.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		s.Fatalf("read back differs (-want +got):\n%s", diff)
	}
}

var errOwn = errors.New("the change's own error")

func at(year int, month time.Month, day int) *time.Time {
	t := time.Date(year, month, day, 9, 30, 15, 123456000, time.UTC)
	return &t
}

// silent checks that an error, and what a person would be shown of it, holds none of the values.
func (s *suite) silent(err error, values ...string) {
	s.Helper()
	text := fmt.Sprintf("%v %+v %#v", err, err, err)
	if shown, ok := fault.Shown(err); ok {
		text += shown.Message + shown.MessageUr
	}
	for _, v := range values {
		if strings.Contains(text, v) {
			s.Fatalf("the error repeats %q", v)
		}
	}
}
