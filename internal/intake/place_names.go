package intake

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"rabta/geo"
)

// candidates gives the places that a part may mean, the best first: of the levels told where there are any of these.
func (r *placeReader) candidates(p part, held []meant) []meant {
	if held == nil { // districts and tehsils come again in every row
		return r.alone.of(fmt.Sprint(p.levels)+p.text, func(string) []meant { return r.atAll(p, nil) })
	}
	// Slips are looked for only where the first place of the very name lies elsewhere: that is dear among all villages.
	if found := r.named(p, held, 1); len(found) == 1 && found[0].how == HowName && len(within(found, held, r.gazetteer)) == 1 {
		return found
	}
	return r.atAll(p, held)
}

// atAll gives the places that a part may mean, those by slips and sound among them; where none is held, only those that are as sure as the first.
func (r *placeReader) atAll(p part, held []meant) []meant {
	found := r.named(p, held, lookAt)
	if held == nil && len(found) > 0 {
		return best(found)
	}
	if held != nil && len(within(found, held, r.gazetteer)) == 0 {
		found = r.named(p, held, lookFurther)
	}
	if _, chak := geo.ParseChak(p.text); chak || len(found) > 0 || r.reader == nil || !strings.ContainsRune(p.text, ' ') {
		return found
	}
	if m := r.reader.Read(p.text).Place; m != nil {
		if place, ok := r.gazetteer.Place(m.ID); ok {
			return []meant{{place, HowWords, surePlace}}
		}
	}
	return nil
}

func (r *placeReader) named(p part, held []meant, limit int) []meant {
	var all []meant
	_, chak := geo.ParseChak(p.text)
	for _, f := range r.gazetteer.Find(p.text, limit) {
		how := placeHow(f.How)
		if how == HowBeginning && chak {
			how = HowChak
		}
		switch {
		case how == HowBeginning && utf8.RuneCountInString(p.text) < shortestCut, f.Score < surePlace,
			how != HowName && how != HowChak && f.Place.Level == geo.LevelVillage && held == nil:
			continue
		}
		all = append(all, meant{f.Place, how, f.Score})
	}
	if len(p.levels) == 0 {
		return all
	}
	of := slices.DeleteFunc(slices.Clone(all), func(m meant) bool { return !slices.Contains(p.levels, m.place.Level) })
	if len(of) > 0 && of[0].score >= all[0].score {
		return of
	}
	return all
}

func placeHow(how string) string {
	switch how {
	case geo.FoundExact:
		return HowName
	case geo.FoundPrefix:
		return HowBeginning
	case geo.FoundMisspelt:
		return HowMisspelt
	case geo.FoundChak:
		return HowChak
	}
	return HowSound
}

// within leaves the places that lie in one of those held. Towns and villages are listed under their district, so that of a tehsil are those of
// its district.
func within(found, held []meant, g *geo.Gazetteer) []meant {
	var inside []meant
	for _, m := range found {
		chain := g.Chain(m.place.ID)
		if slices.ContainsFunc(held, func(h meant) bool {
			around := h.place.ID
			if h.place.Level == geo.LevelTehsil || h.place.Level == geo.LevelTown {
				around = districtOf(g.Chain(h.place.ID))
			}
			return slices.ContainsFunc(chain, func(p geo.Place) bool { return p.ID == around || p.ID == h.place.ID })
		}) {
			inside = append(inside, m)
		}
	}
	return inside
}

func districtOf(chain []geo.Place) string {
	for _, p := range chain {
		if p.Level == geo.LevelDistrict {
			return p.ID
		}
	}
	return ""
}

// best leaves those that are as sure as the first.
func best(found []meant) []meant {
	top := slices.MaxFunc(found, func(a, b meant) int {
		switch {
		case a.score < b.score:
			return -1
		case a.score > b.score:
			return 1
		}
		return 0
	}).score
	return slices.DeleteFunc(slices.Clone(found), func(m meant) bool { return m.score < top })
}
