package search

import "strings"

// Letters of the alphabet are written as they are said: si si ti vi, el i di, یو پی ایس. Words that are nothing else are read as the
// abbreviation that they spell, where it is a word of trades.

// lettersSaid are the names of the letters in Latin letters, each as many write it.
const lettersSaid = `a ay ey ae eh e|b bi bee be by bea|c si see cee sea sy cy cea ce cie sie|d di dee de dy dea|e i ee ie|f ef aif af|g ji jee gee jy|h ech ach aich ache aitch eich hech|i ai aai aaye aye eye ay|
j je jay|k ke kay key|l el ail eel al ell yel|m em aim am|n en ain enn an aen|o oh|p pi pee pe py pea|q kyu cue qu kiu kew|r ar aar are|s es ais as ess|t ti tee te ty tea tie|u yu you|
v vi vee we wee ve vy wi|w dablu dabliu dablyu doublu|x eks aks aiks x|y wai wae|z zed zee zet`

// mostSaid bounds the words that spell one abbreviation.
const mostSaid = 4

// spokenLetters are the letters that a word may be the name of.
func spokenLetters() map[string]string {
	said := make(map[string]string)
	for _, names := range strings.Split(lettersSaid, "|") {
		names := strings.Fields(names)
		for _, name := range names {
			said[name] += names[0]
		}
	}
	return said
}

// abbreviated gives the trade's word that the words from one on spell by the names of letters, and where they end; the longest first.
func (b *bearing) abbreviated(words []spelt, from int, read []bool) (id int32, to int, ok bool) {
	to = from
	for to < len(words) && to-from < mostSaid && !read[to] && (b.saidAs[words[to].folded] != "" || len(words[to].folded) == 1) {
		to++
	}
	for ; to-from > 1; to-- {
		if id, ok := b.spellsOut(words[from:to], ""); ok {
			return id, to, true
		}
	}
	return 0, from, false
}

// spellsOut tries every letter that each word may stand for.
func (b *bearing) spellsOut(words []spelt, before string) (int32, bool) {
	if len(words) == 0 {
		return b.abbreviation(before)
	}
	letters := b.saidAs[words[0].folded]
	if len(words[0].folded) == 1 {
		letters += words[0].folded
	}
	for _, letter := range letters {
		if id, ok := b.spellsOut(words[1:], before+string(letter)); ok {
			return id, true
		}
	}
	return 0, false
}

// abbreviation gives the trade's word of two to four letters that an abbreviation is. Those of two letters are few, since words of
// grammar are the names of letters too.
func (b *bearing) abbreviation(text string) (int32, bool) {
	if len(text) == 2 && !shortAbbreviations[text] {
		return 0, false
	}
	id, ok := b.ids[text]
	return id, ok && b.words[id].class&ofTrade != 0 && b.words[id].class&(ofSpeech|ofTalk|ofPerson|ofPlace) == 0 && b.words[id].weight >= leastBacking
}

// shortAbbreviations are those of two letters that trades have.
var shortAbbreviations = map[string]bool{"ac": true, "tv": true, "it": true, "qa": true, "pc": true}

// saidTogether reads a word that is names of letters run together: elsidi, upies.
func (b *bearing) saidTogether(text string) (int32, bool) {
	if len(text) < shortestSaid || len(text) > longestSaid || isUrdu(text) {
		return 0, false
	}
	return b.saidRest(text, "")
}

func (b *bearing) saidRest(text, before string) (int32, bool) {
	if text == "" {
		if len(before) < 3 {
			return 0, false
		}
		return b.abbreviation(before)
	}
	if len(before) == mostSaid {
		return 0, false
	}
	for size := min(6, len(text)); size > 1; size-- {
		for _, letter := range b.saidAs[text[:size]] {
			if id, ok := b.saidRest(text[size:], before+string(letter)); ok {
				return id, true
			}
		}
	}
	return 0, false
}

// The lengths of words that are read so.
const (
	shortestSaid = 5
	longestSaid  = 16
)
