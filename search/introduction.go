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

// withoutIntroduction leaves out "mera naam Ali hai" and "my name is Ali", where something else is said too.
func (r *Reader) withoutIntroduction(words []spelt) []spelt {
	l := r.lexicon
	at := slices.IndexFunc(words, func(w spelt) bool { return l.naming[w.folded] })
	if at < 1 || !l.own[words[at-1].folded] {
		return words
	}
	end := r.endOfName(words, at+1)
	if rest := slices.Concat(words[:at-1], words[end:]); slices.ContainsFunc(rest, func(w spelt) bool { return !l.empty(w.folded) }) {
		return rest
	}
	return words
}

// endOfName gives where a name ends that begins at from, or after an "is" there, as in English. An "is" after it ends it, which is
// left out too; without one only the names of persons are a name, and a first word that no list holds.
func (r *Reader) endOfName(words []spelt, from int) int {
	l := r.lexicon
	if from < len(words) && l.is[words[from].folded] { // my name is Ali
		from++
	} else {
		for i := from; i < min(from+mostNamed, len(words)) && (l.is[words[i].folded] || !r.endsName(words[i])); i++ {
			if l.is[words[i].folded] {
				return i + 1
			}
		}
	}
	if from < len(words) && !r.inLists(words[from]) {
		from++
	}
	for from < len(words) && r.bearing.isPerson(words[from].folded) {
		from++
	}
	return from
}

// endsName tells whether a word is none of a name, as it is written: a trade's, or one that asks for work or holds a sentence together.
func (r *Reader) endsName(w spelt) bool {
	id, ok := r.bearing.id(w.folded)
	return r.lexicon.empty(w.folded) || ok && (r.bearing.saysTrade(id) || r.bearing.words[id].cue&cueAsks != 0)
}

// inLists tells whether a word is known.
func (r *Reader) inLists(w spelt) bool {
	_, ok := r.bearing.id(w.folded)
	return ok || r.lexicon.empty(w.folded)
}
