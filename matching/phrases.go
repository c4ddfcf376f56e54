package matching

import "strings"

// phrase is one thing that an explanation can say.
type phrase int

// The phrases, with the values that their words take.
const (
	phraseSkillsAll       phrase = iota //
	phraseSkillsSome                    // how many held, asked, the missing ones
	phraseSkillsOne                     // how many asked, the missing ones
	phraseBasicsOne                     // how many needed, the missing ones
	phraseBasicsAll                     //
	phraseBasicsSome                    // how many held, needed, the missing ones
	phraseSkillsUntold                  //
	phraseToLearn                       // the missing ones
	phraseAndMore                       // a list
	phraseOwnTrade                      // trade
	phraseRelatedTrade                  // trade
	phraseRemote                        //
	phraseOwnHome                       //
	phraseLivingIn                      //
	phraseTransport                     // distance
	phraseNear                          // distance
	phraseAway                          // distance
	phraseFar                           // distance
	phraseWithin                        // km
	phrasePay                           // pay
	phrasePayGood                       // pay
	phrasePayUsual                      // pay
	phrasePayLow                        // pay
	phrasePayTravel                     // pay, cost of travel
	phraseMonthlyPay                    // pay
	phraseBelowMinimum                  // pay, minimum wage
	phraseNeedsMet                      // needs
	phraseNeedsRefused                  // needs
	phrasePunctual                      //
	phraseLate                          // days
	phraseWait                          // days
	phraseToday                         //
	phraseFresh                         // days
	phraseStale                         // days
	phraseHasExperience                 // months
	phraseExperienceMet                 //
	phraseMonthsUntold                  // months asked
	phraseMonthsShort                   // months asked, held
	phraseMonthsElsewhere               // months asked
	phraseLevelUntold                   // level asked
	phraseLevelShort                    // level asked, held
	phraseRequirementsMet               //
	phraseLicence                       // classes
	phraseTools                         //
	phraseSchooling                     // schooling
	phraseAnswers                       //
	phraseSeldomAnswers                 //
	phraseBut                           // a weakness
	phraseNotStated                     // a list
	numPhrases
)

// words are one thing in English, Urdu and Roman Urdu, in the order of the languages.
type words [3]string

func (w words) in(l language) string { return w[l] }

// wording is how a phrase is said to a graduate, and to an employer about a candidate where that differs.
type wording struct{ you, they words }

// in fills in a phrase: {1} stands for the first value.
func (p phrase) in(l language, employer bool, values ...string) string {
	w := phrases[p].you[l]
	if employer && phrases[p].they[l] != "" {
		w = phrases[p].they[l]
	}
	return fill(w, values)
}

// fill puts the values in their places in one pass, so that a value is never taken for a place.
func fill(words string, values []string) string {
	var b strings.Builder
	b.Grow(2 * len(words))
	for {
		open := strings.IndexByte(words, '{')
		if open < 0 || open+2 >= len(words) {
			b.WriteString(words)
			return b.String()
		}
		b.WriteString(words[:open])
		if n := int(words[open+1] - '1'); n < len(values) {
			b.WriteString(values[n])
		}
		words = words[open+3:]
	}
}

// language is one of the three in which Rabta speaks.
type language int

// The languages.
const (
	english language = iota
	urdu
	romanUrdu
)

func languageOf(lang string) language {
	switch lang {
	case "ur":
		return urdu
	case "roman":
		return romanUrdu
	}
	return english
}

func (l language) semicolon() string { return words{"; ", "؛ ", "; "}[l] }

func (l language) stop() string { return words{".", "۔", "."}[l] }

func (l language) list(items []string) string {
	return strings.Join(items, words{", ", "، ", ", "}[l])
}

// and joins a list as it is spoken, with the word for "and" before the last.
func (l language) and(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return l.list(items[:last]) + words{" and ", " اور ", " aur "}[l] + items[last]
}
