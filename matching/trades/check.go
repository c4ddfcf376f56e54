package trades

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"rabta/internal/script"
)

// checker gathers the faults of the tables a catalogue is made from.
type checker struct {
	c      *Catalogue
	isco   []string
	faults []error
}

func (k *checker) fault(format string, args ...any) {
	k.faults = append(k.faults, fmt.Errorf("trades: "+format, args...))
}

func (k *checker) err() error { return errors.Join(k.faults...) }

func (k *checker) unknownTrade(known bool, trade, other string) {
	if !known {
		k.fault("trade %q is related to %q, which is in no table", trade, other)
	}
}

// relation tells whether one relation can stand, and notes why not.
func (k *checker) relation(trade string, r Relation) bool {
	if trade == r.Trade {
		k.fault("trade %q is related to itself", trade)
		return false
	}
	if !(r.Relatedness > 0 && r.Relatedness < 1) {
		k.fault("trades %q and %q are related by %v, which is not between 0 and 1", trade, r.Trade, r.Relatedness)
		return false
	}
	return true
}

// records checks each trade and each skill by itself.
func (k *checker) records() {
	for _, t := range k.c.trades {
		k.slug("trade", t.Slug)
		k.names("trade", t.Slug, t.Names)
		if !unitGroup(t.ISCO) {
			k.fault("trade %q has ISCO code %q, which is not four digits", t.Slug, t.ISCO)
		} else if len(k.isco) > 0 && !slices.Contains(k.isco, t.ISCO) {
			k.fault("trade %q has ISCO code %q, which is no ISCO-08 unit group", t.Slug, t.ISCO)
		}
		for _, name := range slices.Concat(t.Synonyms, t.FindOnly) {
			if script.Fold(name) == "" {
				k.fault("trade %q has an empty synonym", t.Slug)
			}
		}
	}
	for _, s := range k.c.skills {
		k.slug("skill", s.Slug)
		k.names("skill", s.Slug, s.Names)
	}
}

func (k *checker) slug(what, slug string) {
	ok := slug != "" && slug[0] != '-' && slug[len(slug)-1] != '-'
	for _, r := range slug {
		ok = ok && (r == '-' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9')
	}
	if !ok {
		k.fault("%s has slug %q, which is not small letters, digits and inner hyphens", what, slug)
	}
}

func (k *checker) names(what, slug string, n Names) {
	for _, name := range []struct{ script, text string }{{"en", n.En}, {"ur", n.Ur}, {"roman", n.Roman}} {
		if strings.TrimSpace(name.text) == "" {
			k.fault("%s %q has no name in %s", what, slug, name.script)
		}
	}
}

func unitGroup(code string) bool {
	if len(code) != 4 {
		return false
	}
	for _, r := range code {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// words checks the shared words, and that no other name leads to two trades that have nothing to do with each other.
func (k *checker) words(shared []SharedWord) {
	for _, w := range shared {
		if script.Fold(w.Word) == "" {
			k.fault("a shared word is empty")
		}
		if !slices.Contains([]string{"en", "ur", "roman"}, w.Script) {
			k.fault("shared word %q has script %q, which is not en, ur or roman", w.Word, w.Script)
		}
		for _, t := range w.Trades {
			if _, ok := k.c.tradeNumber[t.Trade]; !ok {
				k.fault("shared word %q means %q, which is in no table", w.Word, t.Trade)
			}
			if !(t.Weight > 0 && t.Weight <= 1) {
				k.fault("shared word %q means %q with weight %v, which is not above 0 and at most 1", w.Word, t.Trade, t.Weight)
			}
		}
	}
	for _, name := range k.c.names.entries {
		if name.shared {
			continue
		}
		for i, a := range name.meanings {
			for _, b := range name.meanings[i+1:] {
				if k.c.Relatedness(a.trade, b.trade) == 0 {
					k.fault("name %q leads to %q and to %q, which are unrelated, and is no shared word",
						name.folded, k.c.trades[a.trade].Slug, k.c.trades[b.trade].Slug)
				}
			}
		}
	}
}
