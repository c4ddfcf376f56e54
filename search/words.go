package search

import "strings"

// Words gives what the Index is asked for after a reading: the words that are left over and those that name skills, which it has with
// each record. Empty when there are none.
func (u *Understood) Words() string {
	words := u.Text
	for _, skill := range u.Skills {
		words = strings.TrimSpace(words + " " + skill.Words)
	}
	return words
}
