package node

import (
	"context"
	"crypto/hmac"
	"encoding/hex"
	"sync"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// Attempt is a changing request under an Idempotency-Key: sent again, it is answered alike and done once.
type Attempt struct {
	Subject   string // who sends it: the token's role and subject, or its id where it has none
	Operation string // the operation's id
	Key       string // as it was sent
	Request   []byte // a digest of path and body
	Status    int    // of the answer when it is done
	About     string // prefix of the id of the record that is answered with; empty when there is none, as after a deletion
}

// Attempt runs do unless this attempt was made before: then it gives what was answered, and do does not run. The change that do makes
// keeps the reply in its own transaction, so that there is one exactly when the change is there; do must make one change at most. A
// failed change leaves no reply. The same attempt under way is a fault.Conflict, another request under its key a fault.Invalid.
func (n *Node) Attempt(ctx context.Context, a Attempt, do func(context.Context) error) (*store.Reply, error) {
	r := n.replyTo(a)
	if !n.attempts.begin(r) {
		return nil, underWay(nil)
	}
	defer n.attempts.end(r)
	before, err := n.repliedTo(ctx, r)
	if before != nil || err != nil {
		return before, err
	}
	err = do(context.WithValue(ctx, attemptKey{}, attempted{a.About, r}))
	if err == nil {
		return nil, nil
	}
	// Another node may have done it meanwhile, which made it fail here: its version had moved on, or its key was taken.
	if done, errThen := n.repliedTo(ctx, r); done != nil && errThen == nil {
		return done, nil
	}
	return nil, err
}

// replyTo is the reply that an attempt leaves when it is done. What it holds names nobody and cannot be guessed without the keys.
func (n *Node) replyTo(a Attempt) store.Reply {
	return store.Reply{Subject: hex.EncodeToString(n.keys.Digest("reply subject", []byte(a.Subject))), Operation: a.Operation,
		Key: n.keys.Digest("reply key", []byte(a.Key)), Body: n.keys.Digest("reply body", a.Request), Status: a.Status}
}

// repliedTo finds the reply of an earlier attempt, nil when there was none.
func (n *Node) repliedTo(ctx context.Context, r store.Reply) (*store.Reply, error) {
	const op = "node.repliedTo"
	before, err := n.store.Reply(ctx, r.Subject, r.Operation, r.Key)
	if err != nil && fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, fault.Wrap(op, err)
	}
	if !hmac.Equal(before.Body, r.Body) {
		return nil, &fault.Error{Kind: fault.Invalid, Op: op, Field: "Idempotency-Key",
			Message:   "This Idempotency-Key was sent with another request. Send a new key with a new request, and the same request with its own key.",
			MessageUr: "یہ Idempotency-Key کسی اور درخواست کے ساتھ بھیجی جا چکی ہے۔ نئی درخواست کے ساتھ نئی کلید بھیجیں۔"}
	}
	return before, nil
}

func underWay(err error) error {
	return &fault.Error{Kind: fault.Conflict, Op: "node.Attempt", Field: "Idempotency-Key", Err: err, After: time.Second,
		Message:   "The request of this Idempotency-Key is still under way. Send it again in a second.",
		MessageUr: "اس Idempotency-Key کی درخواست ابھی جاری ہے۔ ایک سیکنڈ بعد دوبارہ بھیجیں۔"}
}

type attemptKey struct{}

// attempted is what a change must know of the attempt that it belongs to.
type attempted struct {
	about string
	reply store.Reply
}

// keepReply makes a change leave the reply of its attempt, in its own transaction. A change that wrote nothing leaves none: done again
// it does nothing again.
func keepReply(ctx context.Context, change func(store.Tx) error) func(store.Tx) error {
	a, ok := ctx.Value(attemptKey{}).(attempted)
	if !ok {
		return change
	}
	return func(tx store.Tx) error {
		seen := &witness{Tx: tx, about: a.about}
		if err := change(seen); err != nil || !seen.wrote {
			return err
		}
		r := a.reply
		r.ID, r.Version = seen.id, seen.version
		err := tx.PutReply(ctx, &r)
		if fault.KindOf(err) == fault.Conflict && err != nil {
			return underWay(err) // on another node
		}
		return err
	}
}

// attempts are those under way on this node.
type attempts struct {
	mu   sync.Mutex
	made map[string]bool
}

func (a *attempts) begin(r store.Reply) bool {
	name := r.Subject + r.Operation + string(r.Key)
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.made[name] {
		return false
	}
	if a.made == nil {
		a.made = map[string]bool{}
	}
	a.made[name] = true
	return true
}

func (a *attempts) end(r store.Reply) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.made, r.Subject+r.Operation+string(r.Key))
}

// witness notes what a change writes: that it wrote at all, and of which record the last version is to be answered with.
type witness struct {
	store.Tx
	about   string
	wrote   bool
	id      matching.ID
	version int64
}

func (w *witness) note(err error, id matching.ID, version int64) error {
	if err != nil {
		return err
	}
	w.wrote = true
	if w.about != "" && id.Is(w.about) {
		w.id, w.version = id, version
	}
	return nil
}

// PutGraduate stores a graduate.
func (w *witness) PutGraduate(ctx context.Context, g *matching.Graduate, personal *matching.Personal) error {
	err := w.Tx.PutGraduate(ctx, g, personal)
	return w.note(err, g.ID, g.Version)
}

// DeleteGraduate deletes a graduate, of whom the reply holds nothing.
func (w *witness) DeleteGraduate(ctx context.Context, id matching.ID) error {
	return w.note(w.Tx.DeleteGraduate(ctx, id), "", 0)
}

// PutImport stores the record of an import.
func (w *witness) PutImport(ctx context.Context, i *store.Import, result []byte) error {
	return w.note(w.Tx.PutImport(ctx, i, result), i.ID, 1)
}

// PutDuplicate stores what was decided of a pair, which has no id.
func (w *witness) PutDuplicate(ctx context.Context, d *store.Duplicate) error {
	return w.note(w.Tx.PutDuplicate(ctx, d), "", 0)
}

// PutPosting stores a posting.
func (w *witness) PutPosting(ctx context.Context, p *matching.Posting) error {
	err := w.Tx.PutPosting(ctx, p)
	return w.note(err, p.ID, p.Version)
}

// PutEmployer stores an employer.
func (w *witness) PutEmployer(ctx context.Context, e *matching.Employer, contact *matching.EmployerContact) error {
	err := w.Tx.PutEmployer(ctx, e, contact)
	return w.note(err, e.ID, e.Version)
}

// PutInstitute stores an institute.
func (w *witness) PutInstitute(ctx context.Context, i *matching.Institute) error {
	err := w.Tx.PutInstitute(ctx, i)
	return w.note(err, i.ID, i.Version)
}

// PutApplication stores an application.
func (w *witness) PutApplication(ctx context.Context, a *matching.Application, text *string) error {
	err := w.Tx.PutApplication(ctx, a, text)
	return w.note(err, a.ID, a.Version)
}

// PutPlace stores a place.
func (w *witness) PutPlace(ctx context.Context, p store.ImportedPlace) error {
	return w.note(w.Tx.PutPlace(ctx, p), "", 0)
}

// PutToken stores a token.
func (w *witness) PutToken(ctx context.Context, t *store.Token) error {
	return w.note(w.Tx.PutToken(ctx, t), matching.ID(t.ID), 0)
}

// DeleteToken deletes a token.
func (w *witness) DeleteToken(ctx context.Context, id string) error {
	return w.note(w.Tx.DeleteToken(ctx, id), "", 0)
}

// PublishBatch shows a batch.
func (w *witness) PublishBatch(ctx context.Context, batch matching.ID) error {
	return w.note(w.Tx.PublishBatch(ctx, batch), batch, 0)
}

// MoveExternalIDs has external ids lead to another graduate.
func (w *witness) MoveExternalIDs(ctx context.Context, from, to matching.ID) error {
	return w.note(w.Tx.MoveExternalIDs(ctx, from, to), "", 0)
}
