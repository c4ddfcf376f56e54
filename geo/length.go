package geo

import (
	"math"
	"strconv"
	"strings"
)

// ParseMetres reads a distance as people write it, with its unit: "25km", "800 m", "1.5 km". A number without a unit is not read: to
// one reader it is kilometres, to another metres. False for what is no distance above 0.
func ParseMetres(text string) (float64, bool) {
	text, perUnit := strings.ToLower(strings.TrimSpace(text)), 0.0
	if figure, ok := strings.CutSuffix(text, "km"); ok {
		text, perUnit = figure, 1000
	} else if figure, ok := strings.CutSuffix(text, "m"); ok {
		text, perUnit = figure, 1
	}
	figure, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	metres := figure * perUnit
	return metres, err == nil && metres > 0 && !math.IsInf(metres, 0)
}
