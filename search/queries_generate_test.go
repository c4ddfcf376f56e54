package search_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"rabta/internal/script"
	"rabta/seed"
)

// This file writes the generated part of testdata/queries.tsv: names of trades as fingers, ears, keyboards and talk change them. The
// rules are those of writers; none is a rule by which the reader folds.

// change makes one variation of a name; empty when it has nothing to change.
type change struct {
	source string
	urdu   bool // of names in Urdu script, else of those in Latin letters
	make   func(d *rand.Rand, name string) string
}

var changes = []change{
	{"gen-slip", false, slip(qwerty)},
	{"gen-slip-ur", true, slip(urduKeys)},
	{"gen-vowels", false, dropVowels},
	{"gen-sound", false, respell(soundRules, 1)},
	{"gen-sound2", false, respell(soundRules, 2)},
	{"gen-sound-ur", true, respell(urduSoundRules, 1)},
	{"gen-y", false, respell([]string{"i y", "ee y", "ai ay", "ie y"}, 1)},
	{"gen-joined", false, joinWords},
	{"gen-joined-ur", true, joinWords},
	{"gen-parted", false, partWord},
	{"gen-keyboard", true, respell([]string{"ی ي", "ک ك", "ہ ه", "ی ى", "ٹ ٽ", "ڈ ڊ", "ڑ ڙ", "ٹ ټ", "ڈ ډ", "ک ڪ", "ی ې"}, 3)},
	{"gen-marks", true, marks},
	{"gen-sentence", false, frame([]string{"mujhe % ki zaroorat hai", "lahore mein % chahiye", "koi acha % batao", "main % hun, kaam chahiye", "% job karachi",
		"need a % urgently", "% near me", "i am looking for % in multan", "% ki naukri faisalabad", "peshawar mein % ka kaam", "5 saal ka tajurba % quetta",
		"matric pass % ki job", "hamein ek % chahiye jo time par aaye"})},
	{"gen-sentence-ur", true, frame([]string{"مجھے % کی ضرورت ہے", "لاہور میں % چاہیے", "% کی نوکری کراچی", "ملتان میں % درکار ہے", "میں % ہوں، کام چاہیے", "کوئی اچھا % بتائیں",
		"فوری % چاہیے", "% پشاور میں", "گھر کے پاس % کی جاب"})},
	{"gen-mixed", true, frame([]string{"% job", "need % in lahore", "% chahiye karachi mein", "urgent % required", "mujhe % ki job chahiye"})},
	{"gen-mixed", false, frame([]string{"% چاہیے", "لاہور میں %", "% کی نوکری", "مجھے % کی ضرورت ہے"})},
}

const generatedPerChange = 55

// TestRewriteQueries keeps the rows written by hand and makes the others anew, with -rewrite.
func TestRewriteQueries(t *testing.T) {
	if !*rewrite {
		if len(readQueries(t)) < 1200 {
			t.Error("testdata/queries.tsv holds too few queries: go test ./search -run TestRewriteQueries -rewrite")
		}
		return
	}
	rows := slices.DeleteFunc(readQueries(t), func(q query) bool { return strings.HasPrefix(q.source, "gen-") })
	known := make(map[string]bool)
	for _, q := range rows {
		known[q.text] = true
	}
	latin, urdu := singleNames(t)
	for i, c := range changes {
		d := rand.New(rand.NewPCG(2026, uint64(i)))
		names := latin
		if c.urdu {
			names = urdu
		}
		for made, tries := 0, 0; made < generatedPerChange && tries < 20*generatedPerChange; tries++ {
			n := names[d.IntN(len(names))]
			text := c.make(d, n.text)
			if text == "" || text == n.text || known[text] {
				continue
			}
			known[text] = true
			rows = append(rows, query{text: text, isco: n.isco, script: scriptOf(text), source: c.source})
			made++
		}
	}
	writeQueries(t, rows)
}

// singleNames gives the names of trades that mean one unit group, in Latin letters and in Urdu script.
func singleNames(t *testing.T) (latin, urdu []query) {
	ref, err := seed.Load()
	if err != nil {
		t.Fatal(err)
	}
	groups := make(map[string]map[string]bool)
	note := func(name, isco string) {
		folded := script.Fold(name)
		if groups[folded] == nil {
			groups[folded] = make(map[string]bool)
		}
		groups[folded][isco] = true
	}
	for _, trade := range ref.Catalogue.All() {
		for _, name := range slices.Concat([]string{trade.Names.En, trade.Names.Ur, trade.Names.Roman}, trade.Synonyms, trade.FindOnly) {
			note(name, trade.ISCO)
		}
	}
	for _, w := range ref.Catalogue.Shared() {
		note(w.Word, "shared")
	}
	for _, trade := range ref.Catalogue.All() {
		for _, name := range slices.Concat([]string{trade.Names.En, trade.Names.Ur, trade.Names.Roman}, trade.Synonyms) {
			if len(groups[script.Fold(name)]) > 1 || utf8.RuneCountInString(name) < 4 {
				continue
			}
			one := query{text: strings.ToLower(name), isco: trade.ISCO}
			if scriptOf(name) == "ur" {
				urdu = append(urdu, one)
			} else {
				latin = append(latin, one)
			}
		}
	}
	return latin, urdu
}

// Neighbours on the keyboard, in rows.
var (
	qwerty   = []string{"qwertyuiop", "asdfghjkl", "zxcvbnm"}
	urduKeys = []string{"قوعرتےءیہپ", "اسدفگحجکل", "زشچطبنم"}
)

// slip makes one error of the fingers in one of the longer words: a neighbouring key, a letter left out, doubled or swapped.
func slip(rows []string) func(*rand.Rand, string) string {
	return func(d *rand.Rand, name string) string {
		words := strings.Fields(name)
		at := d.IntN(len(words))
		letters := []rune(words[at])
		if len(letters) < 5 {
			return ""
		}
		i := 1 + d.IntN(len(letters)-1)
		switch d.IntN(4) {
		case 0:
			for _, row := range rows {
				keys := []rune(row)
				if k := slices.Index(keys, letters[i]); k >= 0 {
					letters[i] = keys[max(0, min(len(keys)-1, k+1-2*d.IntN(2)))]
				}
			}
		case 1:
			letters = slices.Delete(letters, i, i+1)
		case 2:
			letters = slices.Insert(letters, i, letters[i])
		default:
			letters[i-1], letters[i] = letters[i], letters[i-1]
		}
		words[at] = string(letters)
		return strings.Join(words, " ")
	}
}

// dropVowels leaves the vowels out of the longer words, as in text messages.
func dropVowels(d *rand.Rand, name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		if len(w) < 5 || w == "wala" || w == "wali" {
			continue
		}
		var b strings.Builder
		for j, r := range w {
			if j == 0 || j == len(w)-1 || !strings.ContainsRune("aeiou", r) {
				b.WriteRune(r)
			}
		}
		words[i] = b.String()
	}
	return strings.Join(words, " ")
}

var soundRules = strings.Split("a aa,aa a,i ee,ee i,u oo,oo u,ai ay,e i,i e,o u,er ar,or ar,er ur,k q,q k,c k,w v,v w,z j,j z,ph f,f ph,sh ch,tion shan,cian shan,kh k,dh d,th t,ck k,x ks,gh g,s z,ll l,tt t,l ll,t tt,n nn,au o,ea ee,ou u,y i,ch c", ",")

var urduSoundRules = strings.Split("ز ذ,ز ض,ذ ز,س ص,ص س,ت ط,ط ت,ہ ح,ح ہ,ک ق,ق ک,ئی ی,آ ا,ں ن,ھ ہ,ا ع,ڑ ر,ٹ ت,ڈ د,یے ے,ئ ی,یئ ئ,و ؤ,گ غ", ",")

// respell applies a few rules "from to", each once, at a place of its own.
func respell(rules []string, times int) func(*rand.Rand, string) string {
	return func(d *rand.Rand, name string) string {
		for range times {
			for range 30 {
				from, to, _ := strings.Cut(rules[d.IntN(len(rules))], " ")
				if n := strings.Count(name, from); n > 0 {
					at := -len(from)
					for range 1 + d.IntN(n) {
						at = at + len(from) + strings.Index(name[at+len(from):], from)
					}
					name = name[:at] + to + name[at+len(from):]
					break
				}
			}
		}
		return name
	}
}

// joinWords runs two neighbours together.
func joinWords(d *rand.Rand, name string) string {
	words := strings.Fields(name)
	if len(words) < 2 {
		return ""
	}
	at := d.IntN(len(words) - 1)
	return strings.Join(slices.Concat(words[:at], []string{words[at] + words[at+1]}, words[at+2:]), " ")
}

// partWord breaks a long word in two, as speech to text does.
func partWord(d *rand.Rand, name string) string {
	words := strings.Fields(name)
	at := d.IntN(len(words))
	if n := len(words[at]); n >= 7 {
		i := 3 + d.IntN(n-5)
		words[at] = words[at][:i] + " " + words[at][i:]
		return strings.Join(words, " ")
	}
	return ""
}

// marks puts in what is not seen: short vowels, kashida, a non-joiner.
func marks(d *rand.Rand, name string) string {
	letters := []rune(name)
	for range 2 {
		i := 1 + d.IntN(len(letters)-1)
		letters = slices.Insert(letters, i, []rune("\u064e\u0650\u064f\u0640\u200c\u200f")[d.IntN(6)])
	}
	return string(letters)
}

// frame puts the name into a sentence.
func frame(frames []string) func(*rand.Rand, string) string {
	return func(d *rand.Rand, name string) string {
		return strings.Replace(frames[d.IntN(len(frames))], "%", name, 1)
	}
}
