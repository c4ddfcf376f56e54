package main

import (
	"fmt"
	"math"
	"strconv"
)

// grouped writes a whole number with commas between thousands.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// metresText writes metres as a person says them.
func metresText(metres float64) string {
	switch {
	case metres < 1000:
		return fmt.Sprintf("%.0f m", metres)
	case metres == math.Trunc(metres/1000)*1000 || metres >= 100_000:
		return grouped(int64(math.Round(metres/1000))) + " km"
	}
	return fmt.Sprintf("%.1f km", metres/1000)
}
