package intake

import (
	"strings"
	"unicode/utf8"

	"rabta/geo"
	"rabta/internal/script"
)

// partsOf parts the cell of one column into names: "Chak 57 JB, Teh. Jaranwala, Distt. Faisalabad".
func partsOf(cell string, column int) []part {
	levels := [placeCells][]geo.Level{
		{geo.LevelVillage, geo.LevelTown}, nil, {geo.LevelTehsil, geo.LevelTown}, {geo.LevelDistrict}, {geo.LevelDivision}, {geo.LevelProvince}}[column]
	var parts []part
	for _, piece := range strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune(",،;|\n\r()", r) }) {
		for _, p := range atLevelWords(piece) {
			if p.levels == nil {
				p.levels = levels
			}
			if column == 0 && p.text != "" && startsWithDigit(p.text) {
				p.text = "Chak " + p.text // the heading says what the number is
			}
			if p.text != "" {
				parts = append(parts, p)
			}
		}
	}
	return parts
}

func startsWithDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return isDigit(script.Digit(r))
}

// atLevelWords parts text before words that tell a level: "Chak 5 tehsil Chichawatni district Sahiwal".
func atLevelWords(text string) []part {
	current := part{}
	var parts []part
	var words []string
	flush := func() {
		current.text = strings.Join(words, " ")
		parts = append(parts, current)
		words, current = nil, part{}
	}
	for word := range strings.FieldsSeq(text) {
		level := levelWord(closed(word))
		if level == "" {
			words = append(words, word)
			continue
		}
		if len(words) > 0 {
			flush()
		}
		current.levels = []geo.Level{level}
		if level == geo.LevelTehsil {
			current.levels = append(current.levels, geo.LevelTown)
		}
	}
	if len(words) == 0 && current.levels != nil && len(parts) > 0 { // "Khanewal district"
		parts[len(parts)-1].levels = current.levels
		return parts
	}
	flush()
	return parts
}

func levelWord(w string) geo.Level {
	switch w {
	case "tehsil", "teh", "taluka", "taluqa", "tahsil", "tehseel", "تحصیل", "تعلقہ":
		return geo.LevelTehsil
	case "district", "distt", "dist", "zila", "zilla", "ضلع":
		return geo.LevelDistrict
	case "division", "ڈویژن":
		return geo.LevelDivision
	case "province", "صوبہ":
		return geo.LevelProvince
	}
	return ""
}
