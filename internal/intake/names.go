package intake

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"rabta/geo"
	"rabta/internal/script"
)

const (
	maxNameLetters = 80 // longer than any place's; geo looks for no longer ones
	maxOther       = 24 // further spellings of one place
)

// placeNames sorts the spellings of a row by script. The first in Latin letters is the English name, as the source writes it; the first that
// has letters of Urdu alone is the Urdu name, or else the first in letters that Urdu shares with Arabic and Persian. All others, each once in the form in which names are compared, are further
// spellings: Latin ones without their marks (Årya is Arya), those in Arabic script with the letters of Urdu. Names in other scripts are
// left out.
func (l *placeLayout) placeNames(fields []string) (geo.Names, []string) {
	var s spellings
	s.add(l.get(fields, l.name))
	s.add(l.get(fields, l.ascii))
	for _, column := range l.spellings {
		for name := range strings.SplitSeq(fields[column], l.separator) {
			s.add(name)
		}
	}
	return s.names, s.other
}

// spellings collects the names of one place.
type spellings struct {
	names    geo.Names
	doubtful bool // the Urdu name may be Arabic or Persian
	other    []string
	seen     []string // every form taken, folded
}

func (s *spellings) add(name string) {
	if len(name) > utf8.UTFMax*maxNameLetters {
		return
	}
	if hasArabic(name) {
		s.addArabic(name)
	} else if strings.ContainsFunc(name, isLatin) {
		s.addLatin(name)
	}
}

func (s *spellings) addLatin(name string) {
	if strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) && !unicode.Is(unicode.Lm, r)
	}) {
		return // of two scripts: a gloss, no name
	}
	name = tidy(name)
	plain := withoutMarks(name)
	if plain == "" || utf8.RuneCountInString(name) > maxNameLetters {
		return
	}
	if s.names.En == "" {
		s.names.En = name
		s.take(plain)
		if plain != name {
			s.other = append(s.other, plain)
		}
		return
	}
	s.addOther(plain)
}

func (s *spellings) addArabic(name string) {
	// Encyclopaedias add where it lies: حیدرآباد، سندھ.
	written, _, _ := strings.Cut(name, "،")
	name = script.Normalize(written)
	if !hasArabic(name) || utf8.RuneCountInString(name) > maxNameLetters {
		return
	}
	doubtful := strings.ContainsAny(written, "يىكهة")
	if !isUrdu(written) || s.names.Ur != "" && (doubtful || !s.doubtful) {
		s.addOther(name)
		return
	}
	before := s.names.Ur
	s.names.Ur, s.doubtful = name, doubtful
	s.other = slices.DeleteFunc(s.other, func(o string) bool { return script.Fold(o) == script.Fold(name) })
	s.take(name)
	if before != "" && script.Fold(before) != script.Fold(name) && len(s.other) < maxOther {
		s.other = append(s.other, before)
	}
}

func (s *spellings) addOther(name string) {
	if len(s.other) < maxOther && s.take(name) {
		s.other = append(s.other, name)
	}
}

// take notes a name and tells whether it is new.
func (s *spellings) take(name string) bool {
	folded := script.Fold(name)
	if folded == "" || slices.Contains(s.seen, folded) {
		return false
	}
	s.seen = append(s.seen, folded)
	return true
}

func hasArabic(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) })
}

// isLatin tells whether r may stand for a name in Latin letters; some villages are known by a number alone.
func isLatin(r rune) bool { return unicode.Is(unicode.Latin, r) || r >= '0' && r <= '9' }

// isUrdu tells whether every letter is one that Urdu writes. Those that Arabic and Persian keyboards give for a letter of Urdu
// pass; those of Sindhi (ڪ, ڄ, ٿ) and Pashto (ګ, ړ, ې) do not.
func isUrdu(s string) bool {
	const letters = "ءآأؤئابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھۂۃیےۓيىكهة"
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) && !strings.ContainsRune(letters, r) && r != 'ـ' })
}

// tidy composes letters and marks, drops what cannot be seen and folds spaces.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, norm.NFC.String(s))
	return strings.Join(strings.Fields(s), " ")
}

// withoutMarks gives a Latin spelling without the marks on and between its letters: Årya is Arya, Māṛī is Mari, Jāmi‘ is Jami.
func withoutMarks(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.Is(unicode.Lm, r), strings.ContainsRune("‘’´`", r):
			return -1
		}
		return r
	}, norm.NFD.String(s)))
}
