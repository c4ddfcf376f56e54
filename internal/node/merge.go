package node

import (
	"context"
	"slices"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// Pair is a proposed pair with both records as they are, without anything that names them.
type Pair struct {
	store.Duplicate
	Records [2]*matching.Graduate
}

// Duplicates lists pairs of a state by their ids; the next page begins after the last pair of the one before.
func (n *Node) Duplicates(ctx context.Context, state store.DuplicateState, afterFirst, afterSecond matching.ID, limit int) ([]Pair, error) {
	list, err := n.store.Duplicates(ctx, state, afterFirst, afterSecond, limit)
	if err != nil {
		return nil, err
	}
	pairs := make([]Pair, len(list))
	for i, d := range list {
		pairs[i].Duplicate = *d
		for k, id := range []matching.ID{d.First, d.Second} {
			if pairs[i].Records[k], err = n.store.Graduate(ctx, id); err != nil && fault.KindOf(err) != fault.NotFound {
				return nil, err
			}
		}
	}
	return pairs, nil
}

// KeepApart says of a pair that they are two people: it is not proposed again.
func (n *Node) KeepApart(ctx context.Context, first, second matching.ID, by string) (store.Position, error) {
	return n.update(ctx, func(tx store.Tx) error {
		d, err := tx.Duplicate(ctx, first, second)
		if err != nil {
			return err
		}
		d.State, d.By = store.DuplicateDistinct, by
		return tx.PutDuplicate(ctx, d)
	})
}

// Merge makes one record of a pair, in one transaction: keep stays with its id and what it says, and gets from the other what it lacks,
// certificates and trades that it does not have, applications to postings that it has not applied to, and the external ids, so that both
// rosters find it. The other record is deleted with all that is sealed of it. look is the entry of the audit log: personal data
// of one record went into another.
func (n *Node) Merge(ctx context.Context, keep, other matching.ID, look *store.Look) (store.Position, error) {
	return n.update(ctx, func(tx store.Tx) error {
		if _, err := tx.Duplicate(ctx, keep, other); err != nil {
			return err
		}
		kept, err := tx.Graduate(ctx, keep)
		if err != nil {
			return err
		}
		gone, err := tx.Graduate(ctx, other)
		if err != nil {
			return err
		}
		personal, err := mergedPersonal(ctx, tx, keep, other)
		if err != nil {
			return err
		}
		applications, texts, err := applicationsToMove(ctx, tx, keep, other)
		if err != nil {
			return err
		}
		pairs, err := tx.DuplicatesOf(ctx, other)
		if err != nil {
			return err
		}
		if err := tx.MoveExternalIDs(ctx, other, keep); err != nil {
			return err
		}
		if err := tx.DeleteGraduate(ctx, other); err != nil {
			return err
		}
		mergeRecords(kept, gone)
		if err := n.PrepareGraduate(kept); err != nil {
			return err
		}
		if err := tx.PutGraduate(ctx, kept, &personal); err != nil {
			return err
		}
		if err := n.moveApplications(ctx, tx, applications, texts, keep); err != nil {
			return err
		}
		if err := inheritPairs(ctx, tx, pairs, keep, other); err != nil {
			return err
		}
		look.Graduate = keep
		return tx.AppendLook(ctx, look)
	})
}

// mergedPersonal is what is sealed of a record, with what it lacks from the other.
func mergedPersonal(ctx context.Context, tx store.Tx, keep, other matching.ID) (matching.Personal, error) {
	personal, err := tx.Personal(ctx, keep)
	if err != nil {
		return personal, err
	}
	more, err := tx.Personal(ctx, other)
	if err != nil {
		return personal, err
	}
	if personal.Phone != "" { // these tell of the phone, and go with it
		more.Whose, more.SafeHours, more.Reach = "", "", ""
	}
	fill(&personal, &more)
	return personal, nil
}

// fill copies into a record the fields that it lacks.
func fill[R any](onto, from *R) {
	whole := *from
	overlay(&whole, onto)
	*onto = whole
}

// mergeRecords adds to a record what another of the same person says besides. Consent is nobody's to add: what she agreed to in the kept
// record holds.
func mergeRecords(kept, gone *matching.Graduate) {
	for _, t := range gone.Trades {
		at := slices.IndexFunc(kept.Trades, func(k matching.TradeHeld) bool { return k.Trade == t.Trade })
		if at < 0 {
			kept.Trades = append(kept.Trades, t)
			continue
		}
		held := &kept.Trades[at]
		for _, skill := range t.Skills {
			if !slices.Contains(held.Skills, skill) {
				held.Skills = append(held.Skills, skill)
			}
		}
		held.Level = max(held.Level, t.Level)
		if held.Months == nil || t.Months != nil && *t.Months > *held.Months {
			held.Months = t.Months
		}
	}
	for _, c := range gone.Certificates {
		same := func(k matching.Certificate) bool {
			return k.Programme == c.Programme && k.Institute == c.Institute && k.Course == c.Course && k.Batch == c.Batch
		}
		if !slices.ContainsFunc(kept.Certificates, same) {
			kept.Certificates = append(kept.Certificates, c)
		}
	}
	consent, status := kept.Consent, kept.Status
	fill(kept, gone)
	kept.Consent, kept.Status = consent, status
}

// applicationsToMove lists a graduate's applications to postings that another has not applied to, with what she wrote.
func applicationsToMove(ctx context.Context, tx store.Tx, keep, other matching.ID) (list []*matching.Application, texts []string, err error) {
	const most = 1_000 // more than anybody has
	all, err := tx.ApplicationsOf(ctx, other, "", most)
	if err != nil {
		return nil, nil, err
	}
	for _, a := range all {
		if _, err := tx.ApplicationOf(ctx, keep, a.Posting); err == nil {
			continue
		} else if fault.KindOf(err) != fault.NotFound {
			return nil, nil, err
		}
		text, err := tx.ApplicationText(ctx, a.ID)
		if err != nil {
			return nil, nil, err
		}
		list, texts = append(list, a), append(texts, text)
	}
	return list, texts, nil
}

// moveApplications stores applications anew under another graduate: those of the deleted record went with it.
func (n *Node) moveApplications(ctx context.Context, tx store.Tx, list []*matching.Application, texts []string, to matching.ID) error {
	for i, a := range list {
		moved := *a
		var err error
		if moved.ID, err = n.newID(matching.ApplicationPrefix); err != nil {
			return err
		}
		moved.Version, moved.Graduate = 0, to
		if err := tx.PutApplication(ctx, &moved, &texts[i]); err != nil {
			return err
		}
	}
	return nil
}

// inheritPairs has the pairs of a record that is gone be those of the one that is kept.
func inheritPairs(ctx context.Context, tx store.Tx, pairs []*store.Duplicate, keep, gone matching.ID) error {
	for _, d := range pairs {
		third := d.First
		if third == gone {
			third = d.Second
		}
		if third == keep {
			continue
		}
		if _, err := tx.Duplicate(ctx, keep, third); err == nil {
			continue
		} else if fault.KindOf(err) != fault.NotFound {
			return err
		}
		inherited := store.Duplicate{First: keep, Second: third, Why: d.Why, State: d.State, By: d.By}
		if err := tx.PutDuplicate(ctx, &inherited); err != nil {
			return err
		}
	}
	return nil
}
