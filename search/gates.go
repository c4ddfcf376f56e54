package search

import "slices"

// Places that are named for a trade or its ware: Mochi Gate, Sarafa Bazar.

// quarterWords end the name of a part of a town; gateWords too, but are things that are made as well.
const (
	quarterWords = `mandi market bazar bazaar chowk chok mohalla mohallah nagar colony town pura abad منڈی مارکیٹ بازار چوک محلہ نگر کالونی ٹاؤن پورہ آباد`
	gateWords    = `gate darwaza گیٹ دروازہ`
	// gateNames are gates of Lahore, Peshawar and Multan that are named for no trade, and sound like one.
	gateNames = `lohari lahori mori bhati bhaati delhi dehli taxali yakki akbari masti kashmiri roshnai sheranwala kohati ganj hashtnagri yakatoot haram bohar pak
لوہاری لاہوری موری بھاٹی دہلی ٹکسالی یکی اکبری مستی کشمیری روشنائی شیرانوالہ کوہاٹی گنج ہشتنگری یکہ توت حرم بوہڑ پاک`
)

// gates marks the words of such a name, unless work is asked for and nothing but the name says which.
func (b *bearing) gates(words []spelt, skip []bool) {
	for i := 1; i < len(words); i++ {
		from := i - 1
		if b.isDoer(words[from]) && from > 0 { // Sheran Wala Gate
			from--
		}
		if skip[from] || b.binds(words[from]) || !b.isQuarter(words, from, i) {
			continue
		}
		if b.namesWork(words[:from]) || b.namesWork(words[i+1:]) || !b.asked(words[:from]) && !b.asked(words[i+1:]) {
			mark(skip, from, i+1)
		}
	}
}

// isQuarter tells whether words[from:at+1] are such a name: a gate is none after a word of those who make gates or watch them (loha,
// lakri), or where something is done to it.
func (b *bearing) isQuarter(words []spelt, from, at int) bool {
	switch {
	case b.quarters[words[at].folded]:
		return true
	case !b.gateways[words[at].folded] || slices.ContainsFunc(words, b.isServed):
		return false
	}
	id, ok := b.ids[words[from].folded]
	if b.gateNames[words[from].folded] || !ok && at-from > 1 || ok && b.words[id].class == ofPlace {
		return true
	}
	if !ok || b.words[id].class&ofTrade == 0 || b.words[id].class&ofTalk != 0 {
		return false
	}
	gate, named := b.ids[words[at].folded]
	return !named || !slices.ContainsFunc(b.lone[gate], func(s share) bool {
		return s.part >= leastPart && b.words[id].groups.has(b.group[s.trade])
	})
}

// isServed tells whether a word asks that something be made or mended, or says that it does not work.
func (b *bearing) isServed(w spelt) bool {
	id, ok := b.ids[w.folded]
	return ok && b.words[id].cue&(cueServes|cueTrouble) != 0
}

func (b *bearing) isDoer(w spelt) bool { return b.doer[w.folded] }
