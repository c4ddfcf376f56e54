package node

import (
	"strings"
	"unicode/utf8"

	"rabta/geo"
	"rabta/internal/script"
)

// PlaceTaken is the place that a list is measured from. Who reads the list must see which place was taken for what they wrote.
type PlaceTaken struct {
	ID    string `json:"id"`
	Name  string `json:"name"`            // in the reader's language
	Asked string `json:"asked,omitempty"` // what was written, where the place is not called so: a slip, a like sound, a beginning
}

// farthestSound is how many letters a name may be from what was written in the same script, though it sounds the same: keys have no
// vowels, and Nowherepur is not Noorpur.
const farthestSound = 3

// sure tells whether a name that was looked for may be taken for the place found.
func sure(f geo.Found, asked string) bool {
	if f.Score < sureOfPlace {
		return false
	}
	if f.How != geo.FoundPhonetic {
		return true
	}
	asked = script.Fold(asked)
	for _, name := range namesOf(f.Place) {
		folded := script.Fold(name)
		if script.Of(folded) != script.Of(asked) && script.Of(asked) == script.Ur || script.Distance(folded, asked, farthestSound) <= farthestSound {
			return true
		}
	}
	return false
}

// isCalled tells whether a place has the name that was written, the word for its level apart, or the id.
func isCalled(p geo.Place, asked string) bool {
	if asked == p.ID {
		return true
	}
	closed := func(s string) string { return strings.ReplaceAll(s, " ", "") }
	asked = script.Fold(asked)
	for _, name := range namesOf(p) {
		if name = script.Fold(name); strings.HasPrefix(name+" ", asked+" ") || strings.HasPrefix(asked+" ", name+" ") || closed(name) == closed(asked) {
			return true
		}
	}
	return false
}

func namesOf(p geo.Place) []string {
	names := make([]string, 0, 3+len(p.Other))
	for _, name := range append([]string{p.Names.En, p.Names.Ur, p.Names.Roman}, p.Other...) {
		if name != "" {
			names = append(names, name)
		}
	}
	return names
}

// taken gives the place that a search is measured from, and nil where that is a point or nothing.
func (s *searching) taken() *PlaceTaken {
	var place geo.Place
	asked := s.r.Place
	switch u := s.understood; {
	case s.r.Near != nil:
		return nil
	case asked != "":
		place = s.place
	case u != nil && u.Place != nil:
		asked = u.Place.Words
		place, _ = s.n.gazetteer().Place(u.Place.ID)
	default:
		return nil
	}
	t := &PlaceTaken{ID: place.ID, Name: placeName(place, s.r.Language)}
	if !isCalled(place, asked) {
		t.Asked = asked
	}
	return t
}

// Of what was written, letters by which a name may differ and be offered instead: two in three.
const (
	likeLetters = 2
	likeOf      = 3
)

// like tells whether a name is so near to what was written that it is worth offering.
func like(name, asked string) bool {
	folded := script.Fold(asked)
	most := utf8.RuneCountInString(folded) * likeLetters / likeOf
	return script.Distance(folded, script.Fold(name), most) <= most
}
