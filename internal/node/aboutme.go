package node

import (
	"context"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// AboutMe is everything that Rabta holds about one graduate.
type AboutMe struct {
	AsOf         time.Time         `json:"as_of"`
	Graduate     matching.Graduate `json:"graduate"` // with her consents, when each was said and by whom
	Personal     matching.Personal `json:"personal"`
	Applications []MyApplication   `json:"applications" nullable:"false"`
	Tokens       []MyToken         `json:"tokens" nullable:"false" doc:"Who may speak for her; the secrets are kept nowhere"`
	Looks        []store.Look      `json:"looks" nullable:"false" doc:"Who read what is personal of her, or acted for her"`
	Replies      []MyReply         `json:"replies" nullable:"false" doc:"Requests about her that were remembered under their Idempotency-Key, for 7 days"`
}

// MyApplication is one of her applications with what she wrote.
type MyApplication struct {
	matching.Application
	Text string `json:"text,omitempty"`
}

// MyToken is a token that speaks for her.
type MyToken struct {
	ID      string     `json:"id"`
	Role    string     `json:"role"`
	Created time.Time  `json:"created"`
	Expires *time.Time `json:"expires,omitempty"`
}

// MyReply is a request about her that was remembered.
type MyReply struct {
	Operation string    `json:"operation"`
	Status    int       `json:"status"`
	At        time.Time `json:"at"`
}

// ExportGraduate gathers all about a graduate from one transaction. by is nil when she asks herself; anybody else's reading is in the
// audit log, and in this very answer.
func (n *Node) ExportGraduate(ctx context.Context, by *Actor, id matching.ID) (*AboutMe, error) {
	var about *AboutMe
	_, err := n.store.Update(ctx, func(tx store.Tx) error {
		if by != nil {
			if err := tx.AppendLook(ctx, by.look("export-graduate", id, "")); err != nil {
				return err
			}
		}
		about = &AboutMe{AsOf: n.now().UTC(), Applications: []MyApplication{}, Tokens: []MyToken{}, Looks: []store.Look{}, Replies: []MyReply{}}
		for _, gather := range []func(context.Context, store.Tx, matching.ID) error{about.record, about.applications, about.access, about.looks} {
			if err := gather(ctx, tx, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return about, nil
}

func (m *AboutMe) record(ctx context.Context, tx store.Tx, id matching.ID) error {
	g, err := tx.Graduate(ctx, id)
	if err != nil {
		return err
	}
	m.Graduate = *g
	m.Personal, err = tx.Personal(ctx, id)
	return err
}

// exportBatch is how many rows are read at once.
const exportBatch = 1000

func (m *AboutMe) applications(ctx context.Context, tx store.Tx, id matching.ID) error {
	for after := matching.ID(""); ; {
		page, err := tx.ApplicationsOf(ctx, id, after, exportBatch)
		if err != nil {
			return err
		}
		for _, a := range page {
			text, err := tx.ApplicationText(ctx, a.ID)
			if err != nil {
				return err
			}
			m.Applications, after = append(m.Applications, MyApplication{*a, text}), a.ID
			if err := m.replies(ctx, tx, a.ID); err != nil {
				return err
			}
		}
		if len(page) < exportBatch {
			return nil
		}
	}
}

func (m *AboutMe) access(ctx context.Context, tx store.Tx, id matching.ID) error {
	tokens, err := tx.TokensOf(ctx, id)
	for _, t := range tokens {
		mine := MyToken{ID: t.ID, Role: t.Role, Created: t.Created}
		if !t.Expires.IsZero() {
			mine.Expires = &t.Expires
		}
		m.Tokens = append(m.Tokens, mine)
	}
	if err != nil {
		return err
	}
	return m.replies(ctx, tx, id)
}

func (m *AboutMe) replies(ctx context.Context, tx store.Tx, about matching.ID) error {
	replies, err := tx.RepliesAbout(ctx, about)
	for _, r := range replies {
		m.Replies = append(m.Replies, MyReply{Operation: r.Operation, Status: r.Status, At: r.At})
	}
	return err
}

// looks are those at her data, and those of an employer at a posting of hers name her too.
func (m *AboutMe) looks(ctx context.Context, tx store.Tx, id matching.ID) error {
	for after := uint64(0); ; {
		page, err := tx.LooksOf(ctx, store.LookFilter{Graduate: id}, after, exportBatch)
		if err != nil {
			return fault.Wrap("node.ExportGraduate", err)
		}
		m.Looks = append(m.Looks, page...)
		if len(page) < exportBatch {
			return nil
		}
		after = page[len(page)-1].Number
	}
}
