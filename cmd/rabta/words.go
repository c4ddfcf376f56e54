package main

import (
	"fmt"
	"math"
	"strconv"

	"rabta/matching"
)

// grouped writes a whole number with commas between thousands.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// distanceText writes a distance, or that there is none.
func distanceText(metres *float64) string {
	if metres == nil {
		return "-"
	}
	return metresText(*metres)
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

// payText writes what a posting pays, "pay not stated" when it does not say.
func payText(p *matching.Pay) string {
	if p == nil || p.To <= 0 {
		return "pay not stated"
	}
	amount := grouped(int64(p.From))
	if p.To != p.From {
		amount += " to " + grouped(int64(p.To))
	}
	return "Rs " + amount + " a " + unitText(p.Unit)
}

func unitText(u matching.PayUnit) string {
	switch u {
	case matching.PerFoot:
		return "square foot"
	case matching.PerJob:
		return "whole job"
	}
	return string(u)
}
