package node

import (
	"context"
	"slices"
	"strings"
	"sync"

	"rabta/internal/fault"
	"rabta/internal/script"
	"rabta/matching"
	"rabta/store"
)

// sharedByAtMost is how many people a phone may be of to tell anything: past it, it is an office's or a centre's.
const sharedByAtMost = 20

// propose notes the stored people who may be the same person as a graduate: of her CNIC, or of her phone and a name that sounds alike. A
// phone alone is a family's. Nothing is merged: staff decide.
func (i *fileImport) propose(ctx context.Context, tx store.Tx, g *matching.Graduate, personal *matching.Personal) error {
	found, err := i.n.sameAs(ctx, tx, g, personal, i.crowded)
	if err != nil {
		return err
	}
	for _, pair := range found {
		if _, err := tx.Duplicate(ctx, pair.First, pair.Second); err == nil {
			continue // proposed before, or decided on
		} else if fault.KindOf(err) != fault.NotFound {
			return err
		}
		if err := tx.PutDuplicate(ctx, &pair); err != nil {
			return err
		}
		i.report.Duplicates++
	}
	return nil
}

// sameAs finds the pairs of a graduate with people stored before. crowded remembers phones that tell nothing.
func (n *Node) sameAs(ctx context.Context, in store.Reader, g *matching.Graduate, personal *matching.Personal, crowded map[string]bool) ([]store.Duplicate, error) {
	var pairs []store.Duplicate
	if personal == nil {
		return nil, nil
	}
	if personal.CNIC != "" && !crowded[personal.CNIC] {
		ids, err := in.GraduatesByCNIC(ctx, personal.CNIC)
		if err != nil {
			return nil, err
		}
		if len(ids) > sharedByAtMost {
			crowded[personal.CNIC], ids = true, nil
		}
		for _, id := range ids {
			if id != g.ID {
				pairs = append(pairs, store.Duplicate{First: g.ID, Second: id, Why: store.SameCNIC, State: store.DuplicateOpen})
			}
		}
	}
	if personal.Phone == "" || personal.Name == "" || crowded[personal.Phone] {
		return pairs, nil
	}
	ids, err := in.GraduatesByPhone(ctx, personal.Phone)
	if err != nil {
		return nil, err
	}
	if len(ids) > sharedByAtMost {
		crowded[personal.Phone] = true
		return pairs, nil
	}
	for _, id := range ids {
		if id == g.ID || slices.ContainsFunc(pairs, func(p store.Duplicate) bool { return p.Second == id }) {
			continue
		}
		same, err := n.samePerson(ctx, in, g, personal, id)
		if err != nil {
			return nil, err
		}
		if same {
			pairs = append(pairs, store.Duplicate{First: g.ID, Second: id, Why: store.SamePhoneAndName, State: store.DuplicateOpen})
		}
	}
	return pairs, nil
}

// samePerson tells whether one who has the same phone may be the same person: the names sound alike, and neither gender nor age stands
// against it.
func (n *Node) samePerson(ctx context.Context, in store.Reader, g *matching.Graduate, personal *matching.Personal, id matching.ID) (bool, error) {
	other, err := in.Personal(ctx, id)
	if err != nil || !namesAlike(personal.Name, other.Name) {
		return false, err
	}
	if personal.CNIC != "" && other.CNIC != "" {
		return false, nil // both told, and not the same: that was looked for first
	}
	o, err := in.Graduate(ctx, id)
	if err != nil {
		return false, err
	}
	if g.Gender != "" && o.Gender != "" && g.Gender != o.Gender {
		return false, nil
	}
	apart := g.BirthDecade - o.BirthDecade
	return g.BirthDecade == 0 || o.BirthDecade == 0 || apart >= -10 && apart <= 10, nil
}

// Words of names that many share, or that are left out as often as written; and those after which another person's name stands.
var (
	fillers = sync.OnceValue(func() map[string]bool {
		return keysOf("muhammad mohammad mohd md m mr mrs ms miss bibi begum bano khatoon syed sayed hafiz haji malik rana chaudhry khan محمد بی بیگم بانو خاتون سید حافظ حاجی ملک رانا چوہدری خان")
	})
	ofWhom = []string{"so", "do", "wo", "s", "d", "w", "son", "daughter", "wife", "bin", "bint", "ولد", "بنت", "زوجہ", "دختر"}
)

func keysOf(words string) map[string]bool {
	keys := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		keys[script.Key(word)] = true
	}
	return keys
}

// namesAlike tells whether two names may be one person's in whichever script: leaving out words that many share, each word of the shorter
// sounds like one of the longer, in the same order. Names of nothing but such words must have the same ones.
func namesAlike(a, b string) bool {
	x, y := nameKeys(a), nameKeys(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 0 {
		return false
	}
	at := 0
	for _, key := range x {
		next := slices.Index(y[at:], key)
		if next < 0 {
			return false
		}
		at += next + 1
	}
	return true
}

// nameKeys gives the sounds of a name's own words; of all its words when it has no others.
func nameKeys(name string) []string {
	var own, all []string
	for _, word := range script.Words(name) {
		if slices.Contains(ofWhom, word) && len(all) > 0 {
			break // what follows is the father's or the husband's
		}
		key := script.Key(word)
		if key == "" {
			continue
		}
		all = append(all, key)
		if !fillers()[key] {
			own = append(own, key)
		}
	}
	if len(own) == 0 {
		return all
	}
	return own
}

// proposeAll looks for pairs of the people of a batch, once it is published.
func (i *fileImport) proposeAll(ctx context.Context) error {
	if i.noun != store.GraduateNoun || i.batch == "" {
		return nil
	}
	return eachPage(ctx, i.batch, i.n.store.GraduatesIn, func(page []*matching.Graduate) error {
		for some := range slices.Chunk(page, firstTransaction) {
			before := i.report.Duplicates
			_, err := i.n.store.Update(ctx, func(tx store.Tx) error {
				i.report.Duplicates = before
				for _, g := range some {
					personal, err := tx.Personal(ctx, g.ID)
					if err != nil && fault.KindOf(err) == fault.NotFound {
						continue // deleted meanwhile
					}
					if err != nil {
						return err
					}
					if err := i.propose(ctx, tx, g, &personal); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}
