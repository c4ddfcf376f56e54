package node

import (
	"context"
	"encoding/hex"
	"strings"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// Actor is who asks: the role and subject of a token, as the audit log and the steps of an application name them.
type Actor struct {
	Role    string
	Subject matching.ID
}

// look makes an entry of the audit log; the store numbers and dates it.
func (by Actor) look(action string, graduate, posting matching.ID) *store.Look {
	return &store.Look{Role: by.Role, Subject: string(by.Subject), Action: action, Graduate: graduate, Posting: posting}
}

// NoteLook writes into the audit log that somebody reads what is personal of a graduate, or acts for her. It returns once the entry is
// durable: only then may the answer leave.
func (n *Node) NoteLook(ctx context.Context, by Actor, action string, graduate matching.ID) error {
	_, err := n.store.Update(ctx, func(tx store.Tx) error { return tx.AppendLook(ctx, by.look(action, graduate, "")) })
	return err
}

// PersonalFor opens what is sealed of a graduate for somebody else than herself, and writes that into the audit log first.
func (n *Node) PersonalFor(ctx context.Context, by Actor, action string, id matching.ID) (matching.Personal, error) {
	var personal matching.Personal
	_, err := n.store.Update(ctx, func(tx store.Tx) error {
		var err error
		if personal, err = tx.Personal(ctx, id); err != nil {
			return err
		}
		return tx.AppendLook(ctx, by.look(action, id, ""))
	})
	if err != nil {
		return matching.Personal{}, err
	}
	return personal, nil
}

// Looks lists entries of the audit log; next is where the following page begins, 0 after the last.
func (n *Node) Looks(ctx context.Context, filter store.LookFilter, after uint64, limit int) (list []store.Look, next uint64, err error) {
	list, err = n.store.LooksOf(ctx, filter, after, limit)
	if len(list) > 0 && len(list) == limit {
		next = list[len(list)-1].Number
	}
	return list, next, err
}

// AuditReport is what a check of the audit log found. Head stands in the server's log every hour: whoever keeps one can tell later
// whether the log still holds it.
type AuditReport struct {
	Entries uint64 `json:"entries"`
	Head    string `json:"head"`  // MAC of the last entry in hexadecimal; empty without entries
	Found   uint64 `json:"found"` // number of the entry that the head noted earlier is of; 0 when none was asked for
}

// VerifyAudit checks the whole chain, and that a head noted earlier is in it: the MAC of an entry in hexadecimal; empty asks for none. A
// changed log, and one without that head, are faults of kind Conflict.
func (n *Node) VerifyAudit(ctx context.Context, head string) (AuditReport, error) {
	const op, batch = "node.VerifyAudit", 10_000
	if _, err := hex.DecodeString(head); err != nil || head != "" && len(head) != 64 {
		return AuditReport{}, fault.Field("head", "A head is the 64 hexadecimal digits that stand after mac= in the server's log. Send one, or none.")
	}
	var report AuditReport
	var last *store.Look
	for {
		looks, err := n.store.Looks(ctx, report.Entries, batch)
		if err != nil {
			return report, err
		}
		for i := range looks {
			if err := n.keys.CheckLook(last, &looks[i]); err != nil {
				return report, fault.Wrap(op, err)
			}
			last = &looks[i]
			report.Entries, report.Head = last.Number, hex.EncodeToString(last.MAC)
			if strings.EqualFold(report.Head, head) {
				report.Found = last.Number
			}
		}
		if len(looks) < batch {
			break
		}
	}
	if head != "" && report.Found == 0 {
		return report, fault.New(fault.Conflict, op, "The head that was noted is not in the audit log: entries have been cut off, or the head is of another store.")
	}
	return report, nil
}

// logAuditHead writes the number and the MAC of the last entry into the server's log, which lies elsewhere than the store: so the end of
// the audit log cannot be cut off unseen.
func (n *Node) logAuditHead(ctx context.Context) error {
	last, err := n.store.LastLook(ctx)
	if fault.KindOf(err) == fault.NotFound && err != nil {
		return nil
	}
	if err == nil {
		n.log.Info("audit head", "number", last.Number, "mac", hex.EncodeToString(last.MAC))
	}
	return err
}
