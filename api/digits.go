package api

import "strings"

// plainDigits writes the digits of a number that was typed on an Urdu or Arabic keyboard as 0 to 9, which every phone dials.
func plainDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '۰' && r <= '۹':
			return r - '۰' + '0'
		case r >= '٠' && r <= '٩':
			return r - '٠' + '0'
		}
		return r
	}, s)
}
