package search

import "slices"

// Who asks often says first who they are: "mera naam Ali hai, darzi hun". What follows is what they seek.

// The words of an introduction: whose name it is, the word for a name, and the "is" that ends it.
const (
	ownWords  = `mera mra mere meri my میرا`
	nameWords = `naam nam name نام`
	isWords   = `hai he hy hay h is ہے`
)

// mostNamed is how many words of a name are looked through for its end.
const mostNamed = 4

// withoutIntroduction leaves out "mera naam Ali hai" and "my name is Ali", where something else is said too. A name that no list
// holds is one when "is" stands after it.
func (r *Reader) withoutIntroduction(words []spelt) []spelt {
	l := r.lexicon
	at := slices.IndexFunc(words, func(w spelt) bool { return l.naming[w.folded] })
	if at < 1 || !l.own[words[at-1].folded] {
		return words
	}
	end := at + 1
	if end < len(words) && l.is[words[end].folded] { // my name is Ali
		end++
	}
	end = r.endOfName(words, end)
	if rest := slices.Concat(words[:at-1], words[end:]); slices.ContainsFunc(rest, func(w spelt) bool { return !l.empty(w.folded) }) {
		return rest
	}
	return words
}

// endOfName gives where the words of a name that begins at from end, with the "is" after them.
func (r *Reader) endOfName(words []spelt, from int) int {
	for i := from; i < min(from+mostNamed, len(words)); i++ {
		if r.lexicon.is[words[i].folded] {
			return i + 1
		}
	}
	for from < len(words) && r.bearing.isPerson(words[from].folded) {
		from++
	}
	return from
}
