package search

import (
	"strings"
	"unicode/utf8"
)

// soundPairs are groups of Latin letters that writers of Roman Urdu and of English by ear put for one another, with what stands for
// them in a sound. The first that fits is taken, so the longer come first.
var soundPairs = [...][2]string{
	{"tion", "shn"}, {"sion", "shn"}, {"cian", "shn"}, {"shan", "shn"}, {"shun", "shn"}, {"tch", "ch"}, {"dge", "j"}, {"dj", "j"}, {"sch", "sk"},
	{"ph", "f"}, {"gh", "g"}, {"kh", "k"}, {"bh", "b"}, {"dh", "d"}, {"th", "t"}, {"jh", "j"}, {"rh", "r"}, {"ck", "k"}, {"ch", "ch"},
	{"ce", "si"}, {"ci", "si"}, {"cy", "si"}, {"oa", "u"}, {"ou", "u"}, {"oo", "u"}, {"au", "u"}, {"aw", "u"}, {"ow", "u"},
	{"aa", "a"}, {"ee", "i"}, {"ea", "i"}, {"ie", "i"}, {"ei", "i"}, {"ai", "i"}, {"ay", "i"}, {"ey", "i"},
	{"c", "k"}, {"q", "k"}, {"x", "ks"}, {"w", "v"}, {"y", "i"}, {"e", "i"}, {"o", "u"},
}

// earOf gives the sound of a word as an ear keeps it that does not tell long vowels from short, e from i, o from u,
// breathed consonants from plain, one consonant from two, nor the letters of one sound in Urdu; empty for short words.
func earOf(text string) string {
	if len(text) < shortestSlip {
		return ""
	}
	if isUrdu(text) {
		return urduSounds.Replace(text)
	}
	ear := []byte(soundOfLetters(text))
	if n := len(ear); n > 3 && ear[n-1] == 'r' && strings.IndexByte("aiu", ear[n-2]) >= 0 { // -er, -or, -ar
		ear = append(ear[:n-2], 'r')
	}
	if n := len(ear); n > 3 && ear[n-1] == 'h' {
		ear = ear[:n-1]
	}
	return string(ear)
}

// urduSounds puts one letter for those of one sound.
var urduSounds = strings.NewReplacer("کہ", "خ", "ذ", "ز", "ض", "ز", "ظ", "ز", "ص", "س", "ث", "س", "ط", "ت", "ح", "ہ", "ق", "ک", "ع", "ا", "ں", "ن", "یی", "ی")

// soundOfLetters replaces the groups of letters of a word by their sounds.
func soundOfLetters(text string) string {
	if text == "" || len(text) > longestWord || text[0] >= utf8.RuneSelf {
		return ""
	}
	ear := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		sound, size := text[i:i+1], 1
		if text[i] < 'a' || text[i] > 'z' {
			return ""
		}
		for _, p := range soundPairs {
			if strings.HasPrefix(text[i:], p[0]) {
				sound, size = p[1], len(p[0])
				break
			}
		}
		i += size
		for _, c := range []byte(sound) {
			if len(ear) == 0 || ear[len(ear)-1] != c {
				ear = append(ear, c)
			}
		}
	}
	return string(ear)
}

// earFit is the fit of a word of the same sound: short words of one sound are many.
func earFit(letters int) float32 { return min(0.92, 0.72+0.04*float32(letters)) }

// boned gives the words that are written so when their vowels are left out, as in text messages: dlvry. One that has vowels is no such
// word.
func (v *vocabulary) boned(text string) []int32 {
	if len(text) < 3 || strings.ContainsAny(text[1:len(text)-1], "aeiou") {
		return nil
	}
	if words := v.bones[bonesOf(text, asWritten)]; words != nil {
		return words
	}
	return v.sounding[bonesOf(text, byEar)]
}

// bonesOf gives a word in Latin letters without the vowels after its first letter, without doubled letters and, where by is the sound of
// the word, with s for sh; empty for others.
func bonesOf(text string, by func(string) string) string {
	sound := by(text)
	bones := make([]byte, 0, len(sound))
	for i, c := range []byte(sound) {
		switch {
		case c < 'a' || c > 'z':
			return ""
		case i > 0 && strings.IndexByte("aeiou", c) >= 0:
		case len(bones) > 0 && bones[len(bones)-1] == c:
		default:
			bones = append(bones, c)
		}
	}
	return string(bones)
}

func asWritten(text string) string { return text }

// byEar is the sound of a word, with s for sh.
func byEar(text string) string { return strings.ReplaceAll(soundOfLetters(text), "sh", "s") }
