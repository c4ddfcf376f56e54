package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"sync"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// digest is of the length that replies hold.
func digest(n byte) []byte { return bytes.Repeat([]byte{n}, sha256.Size) }

func reply(operation string, n byte, about matching.ID) *store.Reply {
	return &store.Reply{Subject: "staff:a", Operation: operation, Key: digest(n), Body: digest(200), Status: 201, ID: about, Version: 1}
}

var replyCases = []testCase{
	{"a reply is committed with its change, with the position of it", func(s *suite) {
		want := reply("create-graduate", 1, id(matching.GraduatePrefix, 1))
		position := s.update(func(tx store.Tx) error {
			s.must(tx.PutGraduate(s.ctx, graduate(1), nil))
			s.must(tx.PutReply(s.ctx, want))
			inside, err := tx.Reply(s.ctx, want.Subject, want.Operation, want.Key)
			s.must(err)
			s.same(want.ID, inside.ID)
			return nil
		})
		got, err := s.s.Reply(s.ctx, want.Subject, want.Operation, want.Key)
		s.must(err)
		s.same(position, got.Position)
		want.Position, want.At = got.Position, got.At
		s.same(want, got)
	}},
	{"a transaction of nothing but a reply is committed, without an entry", func(s *suite) {
		before := s.head()
		s.update(func(tx store.Tx) error { return tx.PutReply(s.ctx, reply("delete-graduate", 1, "")) })
		_, err := s.s.Reply(s.ctx, "staff:a", "delete-graduate", digest(1))
		s.must(err)
		s.same(before, s.head())
	}},
	{"a second reply for the same request is a conflict, and undoes its change", func(s *suite) {
		s.update(func(tx store.Tx) error { return tx.PutReply(s.ctx, reply("create-graduate", 1, "")) })
		s.fails(fault.Conflict, func(tx store.Tx) error {
			s.must(tx.PutGraduate(s.ctx, graduate(1), nil))
			return tx.PutReply(s.ctx, reply("create-graduate", 1, ""))
		})
		_, err := s.s.Graduate(s.ctx, id(matching.GraduatePrefix, 1))
		s.is(fault.NotFound, err)
	}},
	{"subject, operation and key tell replies apart", func(s *suite) {
		first := reply("create-graduate", 1, "")
		s.update(func(tx store.Tx) error { return tx.PutReply(s.ctx, first) })
		for _, other := range []struct {
			subject, operation string
			key                []byte
		}{{"staff:b", first.Operation, first.Key}, {first.Subject, "create-posting", first.Key}, {first.Subject, first.Operation, digest(2)}} {
			_, err := s.s.Reply(s.ctx, other.subject, other.operation, other.key)
			s.is(fault.NotFound, err)
		}
	}},
	{"old replies are forgotten and young ones kept", func(s *suite) {
		s.update(func(tx store.Tx) error {
			for n := range 50 {
				s.must(tx.PutReply(s.ctx, reply("create-graduate", byte(n), "")))
			}
			return nil
		})
		got, err := s.s.Reply(s.ctx, "staff:a", "create-graduate", digest(7))
		s.must(err)
		n, err := s.s.ForgetReplies(s.ctx, got.At)
		s.must(err)
		s.same(0, n)
		n, err = s.s.ForgetReplies(s.ctx, got.At.Add(time.Microsecond))
		s.must(err)
		s.same(50, n)
		_, err = s.s.Reply(s.ctx, "staff:a", "create-graduate", digest(7))
		s.is(fault.NotFound, err)
	}},
	{"a reply without its digests is invalid", func(s *suite) {
		s.fails(fault.Invalid, func(tx store.Tx) error { return tx.PutReply(s.ctx, &store.Reply{Operation: "create-graduate"}) })
	}},
}

// look is an entry of the audit log about graduate n.
func look(n int) *store.Look {
	return &store.Look{Role: "employer", Subject: string(id(matching.EmployerPrefix, 1)), Action: "list-contacts",
		Graduate: id(matching.GraduatePrefix, n), Posting: id(matching.PostingPrefix, 1)}
}

func (s *suite) looks() []store.Look {
	s.Helper()
	looks, err := s.s.Looks(s.ctx, 0, 1000)
	s.must(err)
	return looks
}

var auditCases = []testCase{
	{"looks are numbered from 1 and chained", func(s *suite) {
		for n := 1; n <= 3; n++ {
			l := look(n)
			before := s.head()
			s.update(func(tx store.Tx) error { return tx.AppendLook(s.ctx, l) })
			s.same(before, s.head()) // no entry of the journal
			s.same(uint64(n), l.Number)
			s.same(*l, s.looks()[n-1])
		}
		looks := s.looks()
		if bytes.Equal(looks[0].MAC, looks[1].MAC) || len(looks[0].MAC) != sha256.Size {
			s.Fatal("the chain has no MACs of its own")
		}
		page, err := s.s.Looks(s.ctx, 1, 1)
		s.must(err)
		s.same(looks[1:2], page)
		s.must(s.s.Check(s.ctx))
	}},
	{"a look of an undone change is not there, and leaves no gap", func(s *suite) {
		l := look(1)
		want := *l
		_, err := s.s.Update(s.ctx, func(tx store.Tx) error {
			s.must(tx.AppendLook(s.ctx, l))
			return errOwn
		})
		s.same(errOwn.Error(), err.Error())
		s.same(want, *l)
		s.update(func(tx store.Tx) error { return tx.AppendLook(s.ctx, l) })
		s.same(uint64(1), l.Number)
	}},
	{"several looks of one transaction, and several writers, make one chain", func(s *suite) {
		const writers, each = 8, 5
		var all sync.WaitGroup
		for range writers {
			all.Go(func() {
				for n := range each {
					_, err := s.s.Update(s.ctx, func(tx store.Tx) error {
						if err := tx.AppendLook(s.ctx, look(n)); err != nil {
							return err
						}
						return tx.AppendLook(s.ctx, look(n+100))
					})
					if err != nil {
						s.Errorf("appending: %v", err)
					}
				}
			})
		}
		all.Wait()
		s.same(2*writers*each, len(s.looks()))
		s.must(s.s.Check(s.ctx))
	}},
}

var aloneCases = []testCase{
	{"what runs already is not run again, and may run after it", func(s *suite) {
		entered, leave, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
		go func() {
			_, err := s.s.Alone(s.ctx, "expiry", func(context.Context) error { close(entered); <-leave; return nil })
			done <- err
		}()
		<-entered
		ran, err := s.s.Alone(s.ctx, "expiry", func(context.Context) error { return errOwn })
		s.must(err)
		s.same(false, ran)
		ran, err = s.s.Alone(s.ctx, "rounds", func(context.Context) error { return nil })
		s.must(err)
		s.same(true, ran)
		close(leave)
		s.must(<-done)
		ran, err = s.s.Alone(s.ctx, "expiry", func(context.Context) error { return errOwn })
		s.same(true, ran)
		if err != errOwn {
			s.Fatalf("error %v, want the work's own", err)
		}
	}},
	{"a panic gives the right to run back", func(s *suite) {
		func() {
			defer func() { _ = recover() }()
			_, _ = s.s.Alone(s.ctx, "expiry", func(context.Context) error { panic("in the work") })
		}()
		ran, err := s.s.Alone(s.ctx, "expiry", func(context.Context) error { return nil })
		s.must(err)
		s.same(true, ran)
	}},
}
