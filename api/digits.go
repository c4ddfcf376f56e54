package api

import (
	"strings"

	"rabta/internal/script"
)

// plainDigits writes the digits of a number that was typed on an Urdu or Arabic keyboard as 0 to 9, which every phone dials.
func plainDigits(s string) string { return strings.Map(script.Digit, s) }
