package matching

// phrase is one thing that an explanation can say.
type phrase uint8

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
	phraseOtherTrade                    // trade
	phraseRemote                        //
	phraseOwnHome                       //
	phraseLivingIn                      //
	phraseLivingAway                    // distance
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

// wording is how a phrase is said to a graduate, and to an employer about a candidate where that differs.
type wording struct{ you, they words }

// in gives the words of a phrase, {1} in the place of the first value.
func (p phrase) in(l language, employer bool) string {
	w := &phrases[p]
	if employer && w.they[l] != "" {
		return w.they[l]
	}
	return w.you[l]
}

// language is one of the three in which Rabta speaks.
type language uint8

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

// between gives what stands before item i of a list of n: commas, and the word for "and" before the last.
func (l language) between(i, n int) string {
	switch i {
	case 0:
		return ""
	case n - 1:
		return words{" and ", " اور ", " aur "}[l]
	}
	return l.comma()
}

func (l language) comma() string { return words{", ", "، ", ", "}[l] }
