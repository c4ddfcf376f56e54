package search

import "strings"

// Forms of a word that the vocabulary has in another form: plurals and oblique cases, tenses of a verb, another writer's habits.

// ending is how a word ends, and how the forms end that a trade's name may have instead, the likeliest first.
type ending struct {
	written string
	instead []string
}

// endings of Urdu in both scripts, the longest first: gariyon, gari; sitaron, sitara; chalata, chalana.
var endings = [...]ending{
	{"iyaan", []string{"i"}}, {"iyon", []string{"i", "iya"}}, {"iyan", []string{"i", "iya"}}, {"iaan", []string{"i"}},
	{"yaan", []string{"i"}}, {"yon", []string{"i", "y"}}, {"yan", []string{"i", "y"}}, {"ion", []string{"i"}}, {"ian", []string{"i"}},
	{"oon", []string{"a", "e", "ay", ""}}, {"ein", []string{"", "a", "e"}}, {"ain", []string{"", "a", "e"}},
	{"on", []string{"a", "e", "ay", ""}}, {"en", []string{"", "a"}},
	{"tay", []string{"ne", "na", "ni"}}, {"ta", []string{"na", "ne", "ni"}}, {"te", []string{"ne", "na", "ni"}}, {"ti", []string{"ni", "na", "ne"}},
	{"es", []string{""}}, {"s", []string{""}},
	{"یوں", []string{"ی"}}, {"یاں", []string{"ی"}}, {"وں", []string{"ا", "ہ", "ے", ""}}, {"یں", []string{""}},
	{"تا", []string{"نا", "نے", "نی"}}, {"تے", []string{"نے", "نا", "نی"}}, {"تی", []string{"نی", "نا", "نے"}},
}

// shortestRoot is the number of bytes of a root before its ending: below it any two words share an ending.
const shortestRoot = 3

// inflected gives the trade's words of which text is another form.
func (b *bearing) inflected(text string) []guess {
	for _, e := range endings {
		root, ok := strings.CutSuffix(text, e.written)
		if !ok || len(root) < shortestRoot {
			continue
		}
		for _, instead := range e.instead {
			if id, ok := b.id(root + instead); ok && b.words[id].class&ofTrade != 0 && b.words[id].class&ofSpeech == 0 && b.words[id].weight > leastForm {
				return []guess{{id, formFit}}
			}
		}
	}
	return nil
}

// formFit is the fit of a word met in another form.
const formFit = 0.93

// leastForm is what a word must weigh to be met in another form: forms of those that weigh less are as near to others.
const leastForm = 0.3

// otherHabit is the fit of a word that is written by another habit.
const otherHabit = 0.95

// respelt gives a word as others write it who have i for y (mystri, tayler) and alif for a last he (نلکہ, نلکا).
func respelt(text string) string {
	if stem, ok := strings.CutSuffix(text, "ہ"); ok {
		return stem + "ا"
	}
	if whole, ok := shortened[text]; ok {
		return whole
	}
	return strings.ReplaceAll(text, "y", "i")
}

// shortened are words of text messages whose few letters are as near to others.
var shortened = map[string]string{"thk": "theek", "tk": "theek", "thek": "theek", "teek": "theek", "krb": "kharab", "mtr": "motor"}

// walas are endings that make a trade of a word run together with them: bijliwla, rickshawala.
var walas = [...]string{"walay", "walee", "wala", "wali", "wale", "waly", "wla", "wli"}

// whose gives the trade's word before such an ending.
func (b *bearing) whose(text string) (string, bool) {
	for _, ending := range walas {
		base, ok := strings.CutSuffix(text, ending)
		if !ok || len(base) < shortestRoot {
			continue
		}
		for _, word := range [...]string{base, base + "w", base + "a"} {
			if id, ok := b.id(word); ok && b.words[id].class&ofTrade != 0 && b.words[id].class&ofSpeech == 0 {
				return word, true
			}
		}
	}
	return "", false
}
