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

// proposedAtOnce is for how many people of a published batch pairs are looked for in one transaction.
const proposedAtOnce = 50

// person is a graduate with what is sealed of her.
type person struct {
	*matching.Graduate
	personal *matching.Personal
}

// propose notes the stored people who may be the same person as each of some graduates who are stored by now: of her CNIC, or of her phone
// and a name that sounds alike. A phone alone is a family's. Nothing is merged: staff decide. inOrder has each meet those before her
// alone, as if they had been stored one after the other.
func (i *fileImport) propose(ctx context.Context, tx store.Tx, people []*person, inOrder bool) error {
	s, err := i.lookAlike(ctx, tx, people, inOrder)
	if err != nil {
		return err
	}
	for n, p := range people {
		pairs, err := s.pairsOf(ctx, n, p)
		if err != nil {
			return err
		}
		for _, pair := range pairs {
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
	}
	return nil
}

// alikes finds the pairs of some people.
type alikes struct {
	in              store.Reader
	byPhone, byCNIC map[string][]matching.ID
	order           map[matching.ID]int // of the people; empty where each meets all
	crowded         map[string]bool     // phones and CNICs that tell nothing

	personals map[matching.ID]matching.Personal // of those who share a phone with one of the people
}

// lookAlike looks some people up, by phones and CNICs that are not known to tell nothing.
func (i *fileImport) lookAlike(ctx context.Context, in store.Reader, people []*person, inOrder bool) (*alikes, error) {
	s := &alikes{in: in, order: map[matching.ID]int{}, crowded: i.crowded}
	var phones, cnics []string
	for n, p := range people {
		if inOrder {
			s.order[p.ID] = n
		}
		if p.personal == nil {
			continue
		}
		if p.personal.CNIC != "" && !s.crowded[p.personal.CNIC] {
			cnics = append(cnics, p.personal.CNIC)
		}
		if p.personal.Phone != "" && p.personal.Name != "" && !s.crowded[p.personal.Phone] {
			phones = append(phones, p.personal.Phone)
		}
	}
	var err error
	if s.byCNIC, err = in.GraduatesByCNICs(ctx, cnics); err != nil {
		return nil, err
	}
	if s.byPhone, err = in.GraduatesByPhones(ctx, phones); err != nil {
		return nil, err
	}
	s.personals, err = in.Personals(ctx, s.sharing(people))
	return s, err
}

// sharing gives those who share a phone with people, and whose names will be compared.
func (s *alikes) sharing(people []*person) (ids []matching.ID) {
	asked := map[matching.ID]bool{}
	for n, p := range people {
		if p.personal == nil || s.crowded[p.personal.Phone] {
			continue
		}
		met := s.before(n, s.byPhone[p.personal.Phone])
		if len(met) > sharedByAtMost {
			continue
		}
		for _, id := range met {
			if id != p.ID && !asked[id] {
				asked[id] = true
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// before gives those of a list who come no later than the n-th person.
func (s *alikes) before(n int, ids []matching.ID) []matching.ID {
	return slices.DeleteFunc(slices.Clone(ids), func(id matching.ID) bool { return s.order[id] > n })
}

// others gives those whom a number leads to, but for the n-th person herself and those after her; none where it is of too many.
func (s *alikes) others(n int, number string, ids []matching.ID) []matching.ID {
	met := s.before(n, ids)
	if s.crowded[number] || len(met) > sharedByAtMost {
		s.crowded[number] = true
		return nil
	}
	return met
}

// pairsOf gives the pairs of the n-th person with people stored before.
func (s *alikes) pairsOf(ctx context.Context, n int, p *person) (pairs []store.Duplicate, err error) {
	if p.personal == nil {
		return nil, nil
	}
	if number := p.personal.CNIC; number != "" {
		for _, id := range s.others(n, number, s.byCNIC[number]) {
			if id != p.ID {
				pairs = append(pairs, store.Duplicate{First: p.ID, Second: id, Why: store.SameCNIC, State: store.DuplicateOpen})
			}
		}
	}
	if p.personal.Phone == "" || p.personal.Name == "" {
		return pairs, nil
	}
	for _, id := range s.others(n, p.personal.Phone, s.byPhone[p.personal.Phone]) {
		if id == p.ID || slices.ContainsFunc(pairs, func(pair store.Duplicate) bool { return pair.Second == id }) {
			continue
		}
		same, err := s.samePerson(ctx, p, id)
		if err != nil {
			return nil, err
		}
		if same {
			pairs = append(pairs, store.Duplicate{First: p.ID, Second: id, Why: store.SamePhoneAndName, State: store.DuplicateOpen})
		}
	}
	return pairs, nil
}

// samePerson tells whether one who has the same phone may be the same person: the names sound alike, and neither gender nor age stands
// against it.
func (s *alikes) samePerson(ctx context.Context, p *person, id matching.ID) (bool, error) {
	if other, there := s.personals[id]; !there || !namesAlike(p.personal.Name, other.Name) {
		return false, nil
	}
	if p.personal.CNIC != "" && s.personals[id].CNIC != "" {
		return false, nil // both told, and not the same: that was looked for first
	}
	o, err := s.in.Graduate(ctx, id)
	if err != nil {
		return false, err
	}
	if p.Gender != "" && o.Gender != "" && p.Gender != o.Gender {
		return false, nil
	}
	apart := p.BirthDecade - o.BirthDecade
	return p.BirthDecade == 0 || o.BirthDecade == 0 || apart >= -10 && apart <= 10, nil
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
		for some := range slices.Chunk(page, proposedAtOnce) {
			before := i.report.Duplicates
			_, err := i.n.store.Update(ctx, func(tx store.Tx) error {
				i.report.Duplicates = before
				ids := make([]matching.ID, len(some))
				for n, g := range some {
					ids[n] = g.ID
				}
				sealed, err := tx.Personals(ctx, ids)
				if err != nil {
					return err
				}
				var people []*person
				for _, g := range some {
					if personal, there := sealed[g.ID]; there { // not deleted meanwhile
						people = append(people, &person{g, &personal})
					}
				}
				return i.propose(ctx, tx, people, false)
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}
