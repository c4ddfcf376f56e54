package intake

import (
	"strings"

	"rabta/matching"
	"rabta/store"
)

const (
	phoneWanted   = "a phone number, as 0300-1234567 or 042-35761234"
	phoneWantedUr = "فون نمبر، جیسے 03001234567"
	cnicWanted    = "the 13 digits of a CNIC"
	cnicWantedUr  = "شناختی کارڈ کے 13 ہندسے"
)

// phoneOf brings a phone number to the one form. Of several in a cell it gives the first.
func phoneOf(text string) (number string, several bool) {
	text = asDigits(strings.Trim(text, "'"))
	if n, err := store.NormalizePhone(text); err == nil {
		return n, false
	}
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;|/،&\n\r", r) }) {
		if n, err := store.NormalizePhone(part); err == nil {
			return n, true
		}
	}
	return "", false
}

// cnicOf brings the number of an identity card to its digits.
func cnicOf(text string) (string, bool) {
	n, err := store.NormalizeCNIC(asDigits(strings.Trim(text, "'")))
	return n, err == nil
}

// tidyText brings free text to one line of valid letters, without marks that cannot be seen.
func tidyText(s string, most int) string {
	if isTidy(s) && len(s) <= most {
		return s
	}
	s = tidy(strings.ToValidUTF8(s, ""))
	if len(s) <= most {
		return s
	}
	letters := []rune(s)
	return strings.TrimSpace(string(letters[:min(most, len(letters))]))
}

// isTidy tells whether a text is plain Latin on one line, as most are.
func isTidy(s string) bool {
	before := byte(' ')
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == ' ' && before == ' ' {
			return false
		}
		before = s[i]
	}
	return before != ' '
}

// ownName gives of "Ayesha Bibi D/O Muhammad Aslam" the person's part.
func ownName(s string) string {
	s = tidyText(s, maxNameLetters)
	lower := strings.ToLower(s)
	for _, between := range []string{" s/o", " d/o", " w/o", " s/w/d", " son of ", " daughter of ", " wife of ", " bint ", " ولد ", " دختر ", " زوجہ ", " بنت "} {
		if i := strings.Index(lower, between); i > 0 && len(lower) == len(s) {
			return strings.TrimSpace(s[:i])
		}
	}
	return s
}

// childOf names a person of whom the file tells the father alone.
func childOf(father string, g matching.Gender) string {
	father = tidyText(father, maxNameLetters-8)
	if lower := strings.ToLower(father); strings.Contains(lower, "/o ") {
		return father
	}
	switch g {
	case matching.Woman:
		return "D/O " + father
	case matching.Man:
		return "S/O " + father
	}
	return "S/O, D/O " + father
}

// graduateIdentity tells the same person of a second file: by the identity card, else by phone and name, since families share phones. Of
// a person without a name the main trade stands for it.
func graduateIdentity(p *matching.Personal, g *matching.Graduate) string {
	switch {
	case p.CNIC != "":
		return "cnic:" + p.CNIC
	case p.Name != "":
		return "phone:" + p.Phone + "|name:" + closed(p.Name)
	}
	return "phone:" + p.Phone + "|trade:" + g.Trades[0].Trade
}

// postingIdentity tells the same advert of a second file: by employer, trade, title, place and the day of posting, as far as it is told.
func postingIdentity(employer, trade, title, place, posted string) string {
	return strings.Join([]string{"employer:" + employer, "trade:" + trade, "title:" + closed(title), "place:" + place, "posted:" + posted}, "|")
}
