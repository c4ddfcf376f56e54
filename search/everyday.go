package search

import (
	_ "embed"
	"strings"
)

// The words that everybody uses, in three scripts; each table says what it holds. What is not in a table is read as what it is nearest
// to, so that the Urdu word stands for its Roman spellings too: who writes kaisey asks how, and means no qasai.
var (
	//go:embed tables/talk.txt
	talkTable string
	//go:embed tables/everyday.txt
	everydayTable string
	//go:embed tables/verbs.txt
	verbTable string
)

// tableWords gives the folded words of a table, without its remarks.
func tableWords(table string) map[string]bool {
	var text strings.Builder
	for line := range strings.Lines(table) {
		if !strings.HasPrefix(line, "#") {
			text.WriteString(line)
		}
	}
	return wordSet(text.String())
}

// verbEndings are what the root of a verb takes, in Roman Urdu and in Urdu script as folded, the longest first where one ends as another does.
var verbEndings = [...]string{
	"iyega", "oonga", "oongi", "aunga", "aungi", "ainge", "aingay", "engay", "unga", "ungi", "onga", "ongi", "enge", "engi", "wana", "wane", "wani", "wata",
	"wati", "wate", "waya", "wayi", "waye", "ayga", "aygi", "aega", "ega", "egi", "iye", "iay", "aye", "ein", "ain", "oon", "tay", "nay", "tin", "wao", "wa",
	"na", "ne", "ni", "ta", "te", "ti", "ya", "yi", "ye", "ao", "en", "un", "on", "ay", "ey", "kr", "a", "e", "i", "o", "u", "",
	"ییں گے", "وانا", "وانے", "وانی", "واتا", "واتی", "وایا", "وایی", "ییں", "ییے", "یوں", "یی", "یے", "یا", "یو", "یں", "وں", "نا", "نے", "نی", "تا", "تے",
	"تی", "تیں", "وا", "ا", "ے", "ی", "و",
}

// shortestVerb is the number of bytes of a root that is trusted before an ending.
const shortestVerb = 3

// verbal gives the root of a verb of everyday talk of which a word is a form.
func (b *bearing) verbal(text string) (int32, bool) {
	for _, ending := range verbEndings {
		root, ok := strings.CutSuffix(text, ending)
		if !ok || len(root) < shortestVerb {
			continue
		}
		if id, ok := b.verbs[root]; ok {
			return id, true
		}
	}
	return 0, false
}

// addEveryday enters the words of talk that no trade's name holds, and notes those that one does.
func (b *bearing) addEveryday() {
	for _, w := range inOrder(tableWords(everydayTable)) {
		if id, ok := b.ids[w]; !ok || b.words[id].class == 0 {
			b.add(w, ofTalk)
		} else {
			b.words[id].common = true
		}
	}
	b.verbs = make(map[string]int32)
	for _, root := range inOrder(tableWords(verbTable)) {
		id, ok := b.ids[root]
		if !ok || b.words[id].class == 0 {
			id = b.add(root, ofTalk)
		}
		if b.words[id].class&ofTrade == 0 {
			b.verbs[root] = id
		}
	}
}
