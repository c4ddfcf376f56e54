package script

import (
	"strings"
	"unicode"
)

// Key gives a phonetic key that the Urdu and the Roman spelling of a word share: بجلی, bijli, bijly and bjli are all BJL. It is the
// skeleton of consonants, in capitals:
//
//   - Vowels are not kept but for one at the beginning (A), since Urdu does not write the short ones and Roman Urdu writes them as
//     it likes; nor are y, w and h inside a word, which both scripts also use for vowels and for aspirates. At the
//     beginning of a word they are Y, V and H. A vowel before s at the beginning goes too (اسٹور, store).
//   - Letters that sound the same are one: t of ت ط ٹ, s of س ص ث, k of ک ق خ and c, q, kh; g of گ غ; d of د ڈ; r of ر ڑ;
//     J for ج ز ذ ض ظ ژ and j, z, since j is often said and written for z; F for ف پھ; C for چ; X for ش and sh.
//   - n before b or p is M, as it is said (گنبد, gumbad).
//
// The key of several words is their keys with a space between. Digits stay. A key of one or two letters is shared by many
// words: compare it with care. The key of a word without letters or digits is empty.
func Key(s string) string {
	words := strings.FieldsFunc(Normalize(s), func(r rune) bool { return r == ' ' || isPunctuation(r) && foldRune(r) != dropped })
	keys := words[:0]
	for _, w := range words {
		if k := wordKey(w); k != "" {
			keys = append(keys, k)
		}
	}
	return strings.Join(keys, " ")
}

// english respells, before anything else, the English endings and words whose letters mislead.
var english = strings.NewReplacer(
	"tion", "shn", "cian", "shn", "ssion", "shn", "ight", "it", "sch", "sk", "tech", "tek", "mecha", "meka", "machin", "mashin",
	"engin", "enjin", "general", "jeneral", "generat", "jenerat", "manage", "maneje", "dge", "je", "chef", "shef")

// wordKey gives the key of one normal word.
func wordKey(w string) string {
	k := skeleton{letters: []rune(english.Replace(w))}
	for k.at < len(k.letters) {
		k.step()
	}
	key := k.key
	if len(key) > 2 && key[0] == 'A' && key[1] == 'S' {
		key = key[1:]
	}
	for i := 0; i+1 < len(key); i++ {
		if key[i] == 'N' && (key[i+1] == 'B' || key[i+1] == 'P') {
			key[i] = 'M'
		}
	}
	return string(key)
}

// skeleton reads the letters of a word one sound at a time.
type skeleton struct {
	letters []rune
	at      int
	key     []byte
	vowel   bool // a vowel stood since the last consonant, so that the same consonant again is another sound
}

// next gives the letter i places ahead, or 0.
func (k *skeleton) next(i int) rune {
	if k.at+i < len(k.letters) {
		return k.letters[k.at+i]
	}
	return 0
}

// step reads one sound.
func (k *skeleton) step() {
	r := k.next(0)
	switch {
	case r >= 'a' && r <= 'z':
		k.latin(r)
	case unicode.Is(unicode.Arabic, r):
		k.urdu(r)
	case unicode.IsNumber(r):
		k.key = append(k.key, string(r)...)
		k.at, k.vowel = k.at+1, true
	default:
		k.at++
	}
}

// sound notes a consonant that took size letters. Doubled letters are one sound: only Roman Urdu writes them, so an Urdu letter
// written twice is two sounds with a short vowel between.
func (k *skeleton) sound(code byte, size int, urdu bool) {
	if n := len(k.key); urdu || k.vowel || n == 0 || k.key[n-1] != code {
		k.key = append(k.key, code)
	}
	k.at, k.vowel = k.at+size, false
}

// soft notes a letter that counts only at the beginning of the word, as code.
func (k *skeleton) soft(code byte, vowel bool) {
	if k.at == 0 {
		k.key = append(k.key, code)
	}
	k.at++
	k.vowel = k.vowel || vowel
}

// latin reads one sound of Roman Urdu or English.
func (k *skeleton) latin(r rune) {
	after := k.next(1)
	switch r {
	case 'a', 'e', 'i', 'o', 'u':
		k.soft('A', true)
	case 'y':
		k.soft('Y', true)
	case 'w', 'v':
		k.soft('V', true)
	case 'h':
		k.soft('H', false)
	case 'c':
		switch {
		case after == 'h':
			k.sound('C', 2, false)
		case after == 'e' || after == 'i' || after == 'y':
			k.sound('S', 1, false)
		default:
			k.sound('K', 1, false)
		}
	case 's':
		if after == 'h' {
			k.sound('X', 2, false)
		} else {
			k.sound('S', 1, false)
		}
	case 'p':
		if after == 'h' {
			k.sound('F', 2, false)
		} else {
			k.sound('P', 1, false)
		}
	case 'x':
		k.sound('K', 0, false)
		k.sound('S', 1, false)
	case 'k', 'q':
		k.sound('K', 1, false)
	case 'j', 'z':
		k.sound('J', 1, false)
	default: // b d f g l m n r t
		k.sound(byte(unicode.ToUpper(r)), 1, false)
	}
}

// urdu reads one letter of Urdu.
func (k *skeleton) urdu(r rune) {
	switch r {
	case 'ا', 'آ', 'أ', 'إ', 'ٱ', 'ع', 'ء', 'ئ', 'ؤ':
		k.soft('A', true)
	case 'ی', 'ے':
		k.soft('Y', true)
	case 'و':
		k.soft('V', true)
	case 'ہ', 'ھ', 'ح':
		k.soft('H', false)
	case 'پ':
		if k.next(1) == 'ھ' {
			k.sound('F', 2, true)
		} else {
			k.sound('P', 1, true)
		}
	default:
		if code := urduSound(r); code != 0 {
			k.sound(code, 1, true)
		} else {
			k.at++
		}
	}
}

// urduSound gives the consonant of an Urdu letter; 0 when it has none.
func urduSound(r rune) byte {
	switch r {
	case 'ب', 'ٻ':
		return 'B'
	case 'ت', 'ط', 'ٹ', 'ٽ', 'ٺ':
		return 'T'
	case 'س', 'ص', 'ث':
		return 'S'
	case 'ج', 'ز', 'ذ', 'ض', 'ظ', 'ژ', 'ڄ':
		return 'J'
	case 'چ':
		return 'C'
	case 'خ', 'ک', 'ق':
		return 'K'
	case 'د', 'ڈ', 'ڊ', 'ډ':
		return 'D'
	case 'ر', 'ڑ', 'ړ':
		return 'R'
	case 'ش':
		return 'X'
	case 'غ', 'گ', 'ڳ':
		return 'G'
	case 'ف':
		return 'F'
	case 'ل':
		return 'L'
	case 'م':
		return 'M'
	case 'ن', 'ں', 'ڻ':
		return 'N'
	}
	return 0
}
