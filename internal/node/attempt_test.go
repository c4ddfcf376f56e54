package node_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/store"
)

// toPost is an attempt to create a posting under a key.
func toPost(key, request string) node.Attempt {
	return node.Attempt{Subject: "employer:" + key[:1], Operation: "create-posting", Key: key, Request: []byte(request), Status: 201,
		About: matching.PostingPrefix}
}

// try makes an attempt to post, and tells whether it was made now.
func (w *world) try(a node.Attempt) (reply *store.Reply, made *matching.Posting, err error) {
	w.Helper()
	reply, err = w.Attempt(context.Background(), a, func(ctx context.Context) error {
		made = w.wiring()
		_, err := w.CreatePosting(ctx, made)
		return err
	})
	return reply, made, err
}

// posted counts the postings of the world's employer.
func (w *world) posted() int {
	w.Helper()
	list, _, err := w.PostingsOf(context.Background(), w.employer.ID, "", 1_000)
	if err != nil {
		w.Fatal(err)
	}
	return len(list)
}

func TestAnAttemptSentAgainIsAnsweredAlikeAndDoneOnce(t *testing.T) {
	w := newWorld(t)
	_, made, err := w.try(toPost("k1", "body"))
	if made == nil || err != nil {
		t.Fatalf("the first attempt made %v, %v", made, err)
	}
	for range 3 {
		reply, again, err := w.try(toPost("k1", "body"))
		if again != nil || err != nil || reply == nil || reply.ID != made.ID || reply.Version != made.Version || reply.Status != 201 || reply.Position == 0 {
			t.Fatalf("sent again: %+v, made %v, %v", reply, again, err)
		}
	}
	if n := w.posted(); n != 1 {
		t.Errorf("%d postings of one attempt", n)
	}
}

func TestKeysAreTheSendersAndTheOperations(t *testing.T) {
	w := newWorld(t)
	a := toPost("k1", "body")
	w.done(firstOf(w.try(a)))
	if _, made, err := w.try(toPost("k1", "another body")); made != nil || fault.KindOf(err) != fault.Invalid || err == nil {
		t.Errorf("another request under the key: made %v, %v", made, err)
	}
	other, elsewhere := a, a
	other.Subject, elsewhere.Operation = "employer:other", "change-posting"
	for name, a := range map[string]node.Attempt{"another's key": other, "another operation": elsewhere, "another key": toPost("k2", "body")} {
		if reply, made, err := w.try(a); reply != nil || made == nil || err != nil {
			t.Errorf("%s: %v, made %v, %v", name, reply, made, err)
		}
	}
}

func firstOf(r *store.Reply, _ *matching.Posting, err error) (*store.Reply, error) { return r, err }

func TestAFailedAttemptLeavesNoReply(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	a := toPost("k1", "body")
	refused := errors.New("refused")
	for name, do := range map[string]func(context.Context) error{
		"before its change": func(context.Context) error { return refused },
		"in its change": func(ctx context.Context) error {
			p := w.wiring()
			p.Employer = "emp_01JD4Y6G3Q0000000000000000"
			_, err := w.CreatePosting(ctx, p)
			return err
		},
		"a change that writes nothing": func(ctx context.Context) error {
			_, err := w.DeleteGraduate(ctx, "grd_01JD4Y6G3Q0000000000000000", 0)
			return err
		},
	} {
		if reply, err := w.Attempt(ctx, a, do); reply != nil || err == nil {
			t.Errorf("%s: %v, %v", name, reply, err)
		}
		if reply, err := w.ReplyTo(ctx, a); reply != nil || err != nil {
			t.Errorf("%s left %+v, %v", name, reply, err)
		}
	}
	if _, made, err := w.try(a); made == nil || err != nil {
		t.Errorf("after failures: made %v, %v", made, err)
	}
}

// TestAnAnswerLostAfterTheChangeIsFound: what fails once the change is there must not read as a failure of the change.
func TestAnAnswerLostAfterTheChangeIsFound(t *testing.T) {
	w := newWorld(t)
	var made *matching.Posting
	reply, err := w.Attempt(context.Background(), toPost("k1", "body"), func(ctx context.Context) error {
		made = w.wiring()
		w.done(w.CreatePosting(ctx, made))
		return errors.New("the answer cannot be made")
	})
	if err != nil || reply == nil || reply.ID != made.ID {
		t.Errorf("%+v, %v", reply, err)
	}
}

func TestAnAttemptUnderWayIsNotMadeTwice(t *testing.T) {
	w := newWorld(t)
	a := toPost("k1", "body")
	_, err := w.Attempt(context.Background(), a, func(context.Context) error {
		_, made, err := w.try(a)
		if shown, ok := fault.Shown(err); made != nil || fault.KindOf(err) != fault.Conflict || !ok || shown.After <= 0 {
			t.Errorf("beside the first: made %v, %v", made, err)
		}
		if _, made, err := w.try(toPost("k2", "body")); made == nil || err != nil {
			t.Errorf("another key beside it: %v", err)
		}
		return nil
	})
	w.done(nil, err)
}

func TestManyAtOnceHaveOneEffect(t *testing.T) {
	const callers = 64
	w := newWorld(t)
	var wait sync.WaitGroup
	var made, waiting, replayed atomic.Int64
	for range callers {
		wait.Go(func() {
			reply, done, err := w.try(toPost("k1", "body"))
			switch {
			case err == nil && done != nil:
				made.Add(1)
			case err == nil && reply != nil:
				replayed.Add(1)
			case fault.KindOf(err) == fault.Conflict:
				waiting.Add(1)
			default:
				t.Errorf("%v, %v", reply, err)
			}
		})
	}
	wait.Wait()
	if made.Load() != 1 || made.Load()+waiting.Load()+replayed.Load() != callers || w.posted() != 1 {
		t.Errorf("made %d, told to wait %d, replayed %d, postings %d", made.Load(), waiting.Load(), replayed.Load(), w.posted())
	}
}

// blindStore does not see replies for a while: another node commits its own only then.
type blindStore struct {
	store.Store
	blind atomic.Int64 // looks that find nothing
}

func (s *blindStore) Reply(ctx context.Context, subject, operation string, key []byte) (*store.Reply, error) {
	if s.blind.Add(-1) >= 0 {
		return nil, fault.New(fault.NotFound, "test", "Not yet.")
	}
	return s.Store.Reply(ctx, subject, operation, key)
}

// TestTheStoreDecidesBetweenNodes: two nodes begin the same request at once. The one that loses answers as the other did, whether the
// reply or the record's version stood in its way; one that does not see the reply even then says that it is under way.
func TestTheStoreDecidesBetweenNodes(t *testing.T) {
	w, blind, ctx := newWorld(t), &blindStore{}, context.Background()
	w.done(nil, w.WrapStore(func(s store.Store) store.Store {
		blind.Store = s
		return blind
	}))
	_, made, err := w.try(toPost("k1", "body"))
	w.done(nil, err)

	blind.blind.Store(1)
	if reply, _, err := w.try(toPost("k1", "body")); err != nil || reply == nil || reply.ID != made.ID {
		t.Errorf("created on both: %+v, %v", reply, err)
	}
	blind.blind.Store(2)
	if reply, _, err := w.try(toPost("k1", "body")); reply != nil || fault.KindOf(err) != fault.Conflict {
		t.Errorf("the reply is not there yet: %+v, %v", reply, err)
	}
	change := node.Attempt{Subject: "employer:k", Operation: "change-posting", Key: "k2", Request: []byte("body"), Status: 200, About: matching.PostingPrefix}
	do := func(ctx context.Context) error {
		p := *made
		p.Title = "Wiring of a school"
		_, err := w.ChangePosting(ctx, &p)
		return err
	}
	_, err = w.Attempt(ctx, change, do)
	w.done(nil, err)
	blind.blind.Store(1)
	if reply, err := w.Attempt(ctx, change, do); err != nil || reply == nil || reply.Version == made.Version {
		t.Errorf("changed on both: %+v, %v", reply, err)
	}
	if n := w.posted(); n != 1 {
		t.Errorf("%d postings", n)
	}
}

func TestARestartForgetsNoReply(t *testing.T) {
	dir := t.TempDir() + "/data"
	first, err := node.Open(context.Background(), config(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	w := worldOf(t, first)
	_, made, err := w.try(toPost("k1", "body"))
	w.done(nil, errors.Join(err, first.Close()))
	again := &world{t, openNode(t, dir), w.employer}
	if reply, _, err := again.try(toPost("k1", "body")); err != nil || reply == nil || reply.ID != made.ID {
		t.Errorf("after a restart: %+v, %v", reply, err)
	}
}

func TestRepliesAreKeptAWeek(t *testing.T) {
	w, clock := timedWorld(t)
	ctx, a := context.Background(), toPost("k1", "body")
	w.done(firstOf(w.try(a)))
	for _, c := range []struct {
		age  time.Duration
		kept bool
	}{{0, true}, {store.ReplyLife - time.Second, true}, {store.ReplyLife + time.Second, false}} {
		clock.seconds.Store(int64(c.age / time.Second))
		w.done(nil, w.Node.ForgetReplies(ctx))
		if reply, err := w.ReplyTo(ctx, a); (reply != nil) != c.kept || err != nil {
			t.Errorf("after %s: %+v, %v", c.age, reply, err)
		}
	}
}

// TestADeletedPersonLeavesNoReply: neither what she or others were answered about her, nor her own name among the senders.
func TestADeletedPersonLeavesNoReply(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	g := sparky()
	create := node.Attempt{Subject: "staff:a", Operation: "create-graduate", Key: "c", Status: 201, About: matching.GraduatePrefix}
	_, err := w.Attempt(ctx, create, func(ctx context.Context) error {
		_, err := w.CreateGraduate(ctx, g, &matching.Personal{Phone: "03922222222"})
		return err
	})
	w.done(nil, err)
	change := node.Attempt{Subject: "graduate:" + string(g.ID), Operation: "change-graduate", Key: "p", Status: 200, About: matching.GraduatePrefix}
	_, err = w.Attempt(ctx, change, func(ctx context.Context) error {
		_, err := w.ChangeGraduate(ctx, g, nil)
		return err
	})
	w.done(nil, err)
	if reply, err := w.ReplyTo(ctx, change); err != nil || reply.ID != g.ID || strings.Contains(reply.Subject, string(g.ID)) {
		t.Fatalf("the reply to her change: %+v, %v", reply, err)
	}
	remove := node.Attempt{Subject: "graduate:" + string(g.ID), Operation: "delete-graduate", Key: "d", Status: 204}
	_, err = w.Attempt(ctx, remove, func(ctx context.Context) error {
		_, err := w.DeleteGraduate(ctx, g.ID, 0)
		return err
	})
	w.done(nil, err)
	for _, a := range []node.Attempt{create, change} {
		if reply, err := w.ReplyTo(ctx, a); reply != nil || err != nil {
			t.Errorf("%s is remembered: %+v, %v", a.Operation, reply, err)
		}
	}
	if reply, err := w.ReplyTo(ctx, remove); err != nil || reply == nil || reply.ID != "" || strings.Contains(reply.Subject, string(g.ID)) {
		t.Errorf("the reply to her deletion: %+v, %v", reply, err)
	}
}

// TestAttemptsFollowTheirModel makes attempts in any order: each (key, request) is done at most once, and every later one is answered
// by the first that succeeded.
func TestAttemptsFollowTheirModel(t *testing.T) {
	w := newWorld(t)
	round := 0
	rapid.Check(t, func(t *rapid.T) {
		round++
		type first struct {
			request string
			id      matching.ID
		}
		done := map[string]first{}
		for range rapid.IntRange(1, 8).Draw(t, "attempts") {
			key := fmt.Sprintf("%d-%d", round, rapid.IntRange(0, 2).Draw(t, "key"))
			request := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "request")
			before, was := done[key]
			if rapid.Bool().Draw(t, "fails") && !was {
				if _, err := w.Attempt(context.Background(), toPost(key, request), func(context.Context) error { return errors.New("no") }); err == nil {
					t.Fatal("a failure was not told")
				}
				continue
			}
			reply, made, err := w.try(toPost(key, request))
			switch {
			case !was:
				if made == nil || err != nil {
					t.Fatalf("%s was not done: %v", key, err)
				}
				done[key] = first{request, made.ID}
			case before.request != request:
				if fault.KindOf(err) != fault.Invalid || made != nil {
					t.Fatalf("%s with another request: %v, %v", key, made, err)
				}
			case made != nil || err != nil || reply.ID != before.id:
				t.Fatalf("%s sent again: %+v, made %v, %v", key, reply, made, err)
			}
		}
	})
}
