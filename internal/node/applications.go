package node

import (
	"context"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// Interest is what an application begins with.
type Interest struct {
	Graduate, Posting matching.ID
	Text              *string // what she writes with it; nil: nothing
	SharesContact     bool    // the posting's employer may see her name and phone
	KeepsSearching    bool    // she stays on the lists when she is hired
}

// Apply tells a live posting that a graduate is interested in it. One who withdrew may be interested anew, in the same application.
func (n *Node) Apply(ctx context.Context, by Actor, in Interest) (*matching.Application, store.Position, error) {
	if in.Text != nil {
		if err := matching.CheckApplicationText(*in.Text); err != nil {
			return nil, 0, err
		}
	}
	id, err := n.newID(matching.ApplicationPrefix)
	if err != nil {
		return nil, 0, err
	}
	var a *matching.Application
	position, err := n.update(ctx, func(tx store.Tx) error {
		if err := n.mayApply(ctx, tx, in); err != nil {
			return err
		}
		a, err = tx.ApplicationOf(ctx, in.Graduate, in.Posting)
		if fault.KindOf(err) == fault.NotFound && err != nil {
			a, err = &matching.Application{ID: id, Graduate: in.Graduate, Posting: in.Posting}, nil
		}
		if err != nil {
			return err
		}
		if a.State != "" && a.State != matching.Withdrew {
			return &fault.Error{Kind: fault.Conflict, Op: "node.Apply", Message: "There is an application for this posting already. Change that one, or move it on.",
				MessageUr: "اس کام کے لیے درخواست پہلے سے موجود ہے۔ اسی کو دیکھیں یا بدلیں۔"}
		}
		if err := a.Move(matching.Step{State: matching.Interested, At: n.now().UTC(), By: by.Role}); err != nil {
			return err
		}
		a.SharesContact, a.KeepsSearching, a.Asked = in.SharesContact, in.KeepsSearching, false
		return tx.PutApplication(ctx, a, in.Text)
	})
	return a, position, err
}

// mayApply refuses an interest in what is not live, and of one who has not agreed to be shown to employers.
func (n *Node) mayApply(ctx context.Context, tx store.Tx, in Interest) error {
	g, err := tx.Graduate(ctx, in.Graduate)
	if err != nil {
		return missing(err, "graduate", "There is no such graduate. Send the id of one who is registered.")
	}
	if !g.Consent.Matching {
		return &fault.Error{Kind: fault.Conflict, Op: "node.Apply", Field: "consent.matching",
			Message:   "An application shows her to an employer under a pseudonym, which she has not agreed to. Ask her, and set consent.matching first.",
			MessageUr: "درخواست سے آجر کو بغیر نام کے آپ کا ہنر دکھایا جاتا ہے، اور اس کی اجازت نہیں دی گئی۔ پہلے اجازت (consent.matching) دیں۔"}
	}
	p, err := tx.Posting(ctx, in.Posting)
	if err != nil {
		return err
	}
	if !p.Live(n.clock()) {
		return &fault.Error{Kind: fault.Conflict, Op: "node.Apply", Message: "This posting takes no applications any more. Search for another one.",
			MessageUr: "اس اشتہار پر اب درخواست نہیں دی جا سکتی۔ کوئی اور کام دیکھیں۔"}
	}
	if !p.OpenTo.Admits(g.Gender) {
		return closedTo(p.OpenTo, g.Gender)
	}
	return nil
}

// closedTo says whom a posting is open to. One who has not told a gender may be among them, and can say so.
func closedTo(to matching.OpenTo, g matching.Gender) error {
	e := &fault.Error{Kind: fault.Conflict, Op: "node.Apply", Field: "open_to",
		Message: "This work is open to women alone.", MessageUr: "یہ کام صرف خواتین کے لیے ہے۔"}
	tell := " اگر آپ خاتون ہیں تو پہلے اپنے کوائف میں جنس درج کریں۔"
	if to == matching.OpenToMen {
		e.Message, e.MessageUr = "This work is open to men alone.", "یہ کام صرف مردوں کے لیے ہے۔"
		tell = " اگر آپ مرد ہیں تو پہلے اپنے کوائف میں جنس درج کریں۔"
	}
	if g == "" {
		e.Message, e.MessageUr = e.Message+" The record does not tell a gender: set gender first, or search for other work.", e.MessageUr+tell
		return e
	}
	e.Message, e.MessageUr = e.Message+" Search for other work: what is open to all is shown among the matches.", e.MessageUr+" کوئی اور کام دیکھیں۔"
	return e
}

// Movement is a step that somebody wants an application to take.
type Movement struct {
	Application matching.ID
	Version     int64
	To          matching.State
	Reason      string
	Wage        *matching.LowestPay
	Searching   bool // with a step to Left from her side: she looks for work again
}

// MoveApplication takes a step by matching.Application.Move's rules, with what follows from it in the same transaction: a hiring takes
// one vacancy of the posting, the last of which makes it filled, and lasting work makes her placed unless she keeps searching; the
// employer's first word on an interest counts as its answer. A vacancy does not come back when she leaves: the employer posts it again.
func (n *Node) MoveApplication(ctx context.Context, by Actor, m Movement) (*matching.Application, store.Position, error) {
	if m.To == matching.Interested {
		return nil, 0, fault.Field("state", "To be interested anew, apply to the posting again. Send another state here.")
	}
	var a *matching.Application
	position, err := n.update(ctx, func(tx store.Tx) error {
		var err error
		if a, err = versionOf(ctx, tx, m.Application, m.Version); err != nil {
			return err
		}
		if by.Role == "employer" || by.Role == "service" {
			if err := stillShown(ctx, tx, a); err != nil {
				return err
			}
		}
		awaited := a.State == matching.Interested
		if err := a.Move(matching.Step{State: m.To, At: n.now().UTC(), By: by.Role, Reason: m.Reason, Wage: m.Wage}); err != nil {
			return err
		}
		switch {
		case m.To == matching.Hired:
			err = n.fill(ctx, tx, a)
		case m.To == matching.Left && m.Searching && by.Role != "employer":
			err = restate(ctx, tx, a.Graduate, matching.Placed, matching.Searching)
		}
		if err == nil && awaited && m.To != matching.Withdrew {
			err = n.answered(ctx, tx, a)
		}
		if err != nil {
			return err
		}
		return tx.PutApplication(ctx, a, nil)
	})
	return a, position, err
}

// stillShown refuses an employer the application of who has taken back her consent to be shown to any.
func stillShown(ctx context.Context, tx store.Tx, a *matching.Application) error {
	g, err := tx.Graduate(ctx, a.Graduate)
	if err == nil && !g.Consent.Matching {
		err = fault.New(fault.NotFound, "node.stillShown", "There is no such record.")
	}
	return err
}

// versionOf reads an application in a transaction, of which the caller knows the version.
func versionOf(ctx context.Context, tx store.Tx, id matching.ID, version int64) (*matching.Application, error) {
	a, err := tx.Application(ctx, id)
	if err == nil && a.Version != version {
		return nil, stale("node.versionOf")
	}
	return a, err
}

// fill takes a vacancy for a graduate who is hired.
func (n *Node) fill(ctx context.Context, tx store.Tx, a *matching.Application) error {
	p, err := tx.Posting(ctx, a.Posting)
	if err != nil {
		return err
	}
	if p.Vacancies < 1 {
		return &fault.Error{Kind: fault.Conflict, Op: "node.fill", Field: "state",
			Message:   "The last vacancy of this posting is taken. Raise its vacancies first, if there are more.",
			MessageUr: "اس اشتہار کی آخری جگہ پُر ہو چکی ہے۔"}
	}
	if p.Vacancies--; p.Vacancies == 0 && (p.Status == matching.Open || p.Status == matching.PostingPaused) {
		p.Status = matching.Filled
	}
	if err := tx.PutPosting(ctx, p); err != nil {
		return err
	}
	if a.KeepsSearching || !p.Kind.Lasting() {
		return nil
	}
	return restate(ctx, tx, a.Graduate, matching.Searching, matching.Placed)
}

// restate gives a graduate another status, where hers is the one expected: paused by herself, she stays so.
func restate(ctx context.Context, tx store.Tx, id matching.ID, from, to matching.Status) error {
	g, err := tx.Graduate(ctx, id)
	if err != nil || g.Status != from {
		return err
	}
	g.Status = to
	return tx.PutGraduate(ctx, g, nil)
}

// answered counts the first word on an interest in its employer's answers, unless its silence was counted before.
func (n *Node) answered(ctx context.Context, tx store.Tx, a *matching.Application) error {
	if a.Asked {
		return nil
	}
	return count(ctx, tx, a, n.now().Sub(a.InterestedAt()) <= matching.AnswerWithin)
}

// count notes in an application and its employer that it awaited an answer, and whether it got one in time.
func count(ctx context.Context, tx store.Tx, a *matching.Application, answered bool) error {
	p, err := tx.Posting(ctx, a.Posting)
	if err != nil {
		return err
	}
	e, err := tx.Employer(ctx, p.Employer)
	if err != nil {
		return err
	}
	a.Asked = true
	e.Asked++
	if answered {
		e.Answered++
	}
	return tx.PutEmployer(ctx, e, nil)
}

// ApplicationChange is what she may change at any time; nil leaves it.
type ApplicationChange struct {
	Text           *string
	SharesContact  *bool
	KeepsSearching *bool
}

// ChangeApplication changes what is hers to say in an application. Contact that is no longer shared is hidden at once.
func (n *Node) ChangeApplication(ctx context.Context, id matching.ID, version int64, c ApplicationChange) (*matching.Application, store.Position, error) {
	if c.Text != nil {
		if err := matching.CheckApplicationText(*c.Text); err != nil {
			return nil, 0, err
		}
	}
	var a *matching.Application
	position, err := n.update(ctx, func(tx store.Tx) error {
		var err error
		if a, err = versionOf(ctx, tx, id, version); err != nil {
			return err
		}
		if c.SharesContact != nil {
			if *c.SharesContact && a.State.Ended() {
				return &fault.Error{Kind: fault.Conflict, Op: "node.ChangeApplication", Field: "shares_contact",
					Message:   "This application has ended, so there is nobody to share a contact with. Apply again first.",
					MessageUr: "یہ درخواست ختم ہو چکی ہے، اس لیے نمبر نہیں دکھایا جا سکتا۔ پہلے دوبارہ درخواست دیں۔"}
			}
			a.SharesContact = *c.SharesContact
		}
		if c.KeepsSearching != nil {
			a.KeepsSearching = *c.KeepsSearching
		}
		return tx.PutApplication(ctx, a, c.Text)
	})
	return a, position, err
}

// Application gives an application's record.
func (n *Node) Application(ctx context.Context, id matching.ID) (*matching.Application, error) {
	return n.store.Application(ctx, id)
}

// ApplicationText opens what she wrote with an application; ApplicationTextFor does so for somebody else, and writes that into the audit log first.
func (n *Node) ApplicationText(ctx context.Context, id matching.ID) (string, error) {
	return n.store.ApplicationText(ctx, id)
}

// ApplicationTextFor opens the text of an application for somebody else than herself.
func (n *Node) ApplicationTextFor(ctx context.Context, by Actor, action string, a *matching.Application) (string, error) {
	text, err := n.store.ApplicationText(ctx, a.ID)
	if err != nil || text == "" {
		return "", err
	}
	_, err = n.store.Update(ctx, func(tx store.Tx) error { return tx.AppendLook(ctx, by.look(action, a.Graduate, a.Posting)) })
	if err != nil {
		return "", err
	}
	return text, nil
}

// ApplicationsOf lists a graduate's applications; next is where the following page begins, empty after the last.
func (n *Node) ApplicationsOf(ctx context.Context, graduate, after matching.ID, limit int) (list []*matching.Application, next matching.ID, err error) {
	list, err = n.store.ApplicationsOf(ctx, graduate, after, limit)
	if len(list) > 0 && len(list) == limit {
		next = list[len(list)-1].ID
	}
	return list, next, err
}

// countUnanswered counts, in their employers, the interests that have waited for an answer in vain. It reads every application.
func (n *Node) countUnanswered(ctx context.Context) error {
	const batch = 100 // of a transaction, so that writers wait for milliseconds
	var overdue []matching.ID
	now := n.now()
	_, err := n.store.EachApplication(ctx, "", func(a *matching.Application) error {
		if a.Unanswered(now) {
			overdue = append(overdue, a.ID)
		}
		return nil
	})
	for len(overdue) > 0 && err == nil {
		part := overdue[:min(batch, len(overdue))]
		overdue = overdue[len(part):]
		_, err = n.store.Update(ctx, func(tx store.Tx) error { return countSilence(ctx, tx, part, now) })
	}
	return err
}

// countSilence counts those that are still unanswered.
func countSilence(ctx context.Context, tx store.Tx, ids []matching.ID, now time.Time) error {
	for _, id := range ids {
		a, err := tx.Application(ctx, id)
		if fault.KindOf(err) == fault.NotFound && err != nil || err == nil && !a.Unanswered(now) {
			continue // deleted, answered or withdrawn meanwhile
		}
		if err == nil {
			err = count(ctx, tx, a, false)
		}
		if err == nil {
			err = tx.PutApplication(ctx, a, nil)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
