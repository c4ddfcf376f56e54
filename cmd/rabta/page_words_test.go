package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode"

	"rabta/internal/node"
	"rabta/matching"
)

// TestAPageSpeaksOneLanguage holds that a list in Urdu or Roman Urdu has no English around its sentences, and what is read from left to
// right stays together.
func TestAPageSpeaksOneLanguage(t *testing.T) {
	far := 1_800.0
	for lang, want := range map[string]string{
		"en": `2 postings, as of 2026-11-22T07:00:00Z
Measured from Faisalabad, which "faislabaad" was taken for.
1.8 km  Rs 2,550 to 3,200 a day
    why
-       pay not stated
    why
Reach: 1 within 2 km, 2 in Faisalabad, 3 remote. Nothing was nearer, so this goes out to 50 km.
More: run this again with --cursor NEXT
`,
		"ur": "2 اشتہار، \u20662026-11-22T07:00:00Z\u2069 کے مطابق\n" +
			"فاصلے Faisalabad سے ہیں؛ \"faislabaad\" سے یہی جگہ سمجھی گئی۔\n" +
			"1.8 کلومیٹر  2,550 سے 3,200 روپے روزانہ\n    why\n-            اجرت نہیں بتائی گئی\n    why\n" +
			"کہاں تک کتنے: 2 کلومیٹر کے اندر 1، Faisalabad میں 2، گھر بیٹھے آن لائن 3۔ اس سے قریب کچھ نہیں تھا، اس لیے 50 کلومیٹر تک دیکھا گیا۔\n" +
			"باقی دیکھنے کے لیے یہی کمانڈ اس کے ساتھ دوبارہ چلائیں: --cursor NEXT\n",
		"roman": `2 ishtihar, 2026-11-22T07:00:00Z ke mutabiq
Faasle Faisalabad se hain; "faislabaad" se yehi jagah samjhi gayi.
1.8 km  2,550 se 3,200 rupay rozana
    why
-       ujrat nahi batayi gayi
    why
Kahan tak kitne: 2 km ke andar 1, Faisalabad mein 2, ghar baithe online 3. Is se qareeb kuch nahi tha, is liye 50 km tak dekha gaya.
Baqi dekhne ke liye yehi command --cursor NEXT ke saath dobara chalayein
`,
	} {
		w := pageWordsOf(lang)
		p := page{total: 2, noun: "posting", words: w, asOf: time.Date(2026, 11, 22, 7, 0, 0, 0, time.UTC), next: "NEXT",
			reach: node.Reach{WithinM: 50_000, Widened: true, Rings: []node.Ring{{WithinM: 2_000, Count: 1}}, Remote: 3,
				Place: &node.PlaceTaken{Name: "Faisalabad", Asked: "faislabaad"}, District: &node.InPlace{Name: "Faisalabad", Count: 2}},
			rows: [][]string{{w.distance(&far), w.pay(&matching.Pay{From: 2_550, To: 3_200, Unit: matching.PerDay})}, {w.distance(nil), w.pay(nil)}},
			why:  []string{"why", "why"}}
		var out bytes.Buffer
		if err := p.print(&out); err != nil || out.String() != want {
			t.Errorf("%s: %v\n%s\nwant\n%s", lang, err, &out, want)
		}
	}
}

// TestAPageHasEveryWord holds that no language lacks a noun or a unit, and Urdu is in its own script.
func TestAPageHasEveryWord(t *testing.T) {
	for _, w := range []*pageWords{&urduPage, &romanPage} {
		for _, unit := range matching.PayUnits {
			if unit != "" && w.units[unit] == "" {
				t.Errorf("%s: no word for %q", w.reach, unit)
			}
		}
		for noun := range englishPage.nouns {
			if w.nouns[noun][0] == "" || w.nouns[noun][1] == "" {
				t.Errorf("%s: no word for %q", w.reach, noun)
			}
		}
	}
	text := strings.Join([]string{urduPage.heading, urduPage.unstated, urduPage.rupees, urduPage.reach, urduPage.within, urduPage.in,
		urduPage.remote, urduPage.widened, urduPage.taken, urduPage.more}, "")
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Latin, r) }) {
		t.Errorf("Latin letters in %s", text)
	}
}
