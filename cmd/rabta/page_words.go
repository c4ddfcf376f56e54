package main

import (
	"fmt"
	"strings"

	"rabta/internal/node"
	"rabta/matching"
)

// pageWords are the words of a printed list around its sentences. {1} stands for the first value.
type pageWords struct {
	heading, unstated, rupees, to, metres, km, reach, within, in, remote, widened, taken, more, comma string

	nouns map[string][2]string // of what is listed: one, many
	units map[matching.PayUnit]string
}

var englishPage = pageWords{
	heading: "{1} {2}, as of {3}", unstated: "pay not stated", rupees: "Rs {1} a {2}", to: " to ", metres: "{1} m", km: "{1} km",
	reach: "Reach: {1}.", within: "{1} within {2}", in: "{1} in {2}", remote: "{1} remote",
	widened: " Nothing was nearer, so this goes out to {1}.", taken: "Measured from {1}, which {2} was taken for.",
	more: "More: run this again with {1}", comma: ", ",
	nouns: map[string][2]string{"posting": {"posting", "postings"}, "match": {"match", "matches"}, "candidate": {"candidate", "candidates"}},
	units: map[matching.PayUnit]string{matching.PerFoot: "square foot", matching.PerJob: "whole job"},
}

var urduPage = pageWords{
	heading: "{1} {2}، {3} کے مطابق", unstated: "اجرت نہیں بتائی گئی", rupees: "{1} روپے {2}", to: " سے ", metres: "{1} میٹر", km: "{1} کلومیٹر",
	reach: "کہاں تک کتنے: {1}۔", within: "{2} کے اندر {1}", in: "{2} میں {1}", remote: "گھر بیٹھے آن لائن {1}",
	widened: " اس سے قریب کچھ نہیں تھا، اس لیے {1} تک دیکھا گیا۔", taken: "فاصلے {1} سے ہیں؛ {2} سے یہی جگہ سمجھی گئی۔",
	more: "باقی دیکھنے کے لیے یہی کمانڈ اس کے ساتھ دوبارہ چلائیں: {1}", comma: "، ",
	nouns: map[string][2]string{"posting": {"اشتہار", "اشتہار"}, "match": {"مناسب کام", "مناسب کام"}, "candidate": {"امیدوار", "امیدوار"}},
	units: map[matching.PayUnit]string{matching.PerHour: "فی گھنٹہ", matching.PerDay: "روزانہ", matching.PerMonth: "ماہانہ", matching.PerPiece: "فی پیس",
		matching.PerPoint: "فی پوائنٹ", matching.PerFoot: "فی مربع فٹ", matching.PerJob: "پورے کام کے"},
}

var romanPage = pageWords{
	heading: "{1} {2}, {3} ke mutabiq", unstated: "ujrat nahi batayi gayi", rupees: "{1} rupay {2}", to: " se ", metres: "{1} meter", km: "{1} km",
	reach: "Kahan tak kitne: {1}.", within: "{2} ke andar {1}", in: "{2} mein {1}", remote: "ghar baithe online {1}",
	widened: " Is se qareeb kuch nahi tha, is liye {1} tak dekha gaya.", taken: "Faasle {1} se hain; {2} se yehi jagah samjhi gayi.",
	more: "Baqi dekhne ke liye yehi command {1} ke saath dobara chalayein", comma: ", ",
	nouns: map[string][2]string{"posting": {"ishtihar", "ishtihar"}, "match": {"munasib kaam", "munasib kaam"}, "candidate": {"umeedwar", "umeedwar"}},
	units: map[matching.PayUnit]string{matching.PerHour: "fi ghanta", matching.PerDay: "rozana", matching.PerMonth: "mahana", matching.PerPiece: "fi piece",
		matching.PerPoint: "fi point", matching.PerFoot: "fi square foot", matching.PerJob: "poore kaam ke"},
}

func pageWordsOf(lang string) *pageWords {
	switch node.Language(lang) {
	case node.Urdu:
		return &urduPage
	case node.RomanUrdu:
		return &romanPage
	}
	return &englishPage
}

// apart keeps what is written from left to right together within a line of Urdu, by the isolates of Unicode.
func (w *pageWords) apart(text string) string {
	if w == &urduPage {
		return "\u2066" + text + "\u2069"
	}
	return text
}

func (w *pageWords) fill(words string, values ...string) string {
	pairs := make([]string, 0, 2*len(values))
	for i, value := range values {
		pairs = append(pairs, fmt.Sprintf("{%d}", i+1), value)
	}
	return strings.NewReplacer(pairs...).Replace(words)
}

// distance writes a distance, or that there is none.
func (w *pageWords) distance(metres *float64) string {
	if metres == nil {
		return "-"
	}
	return w.length(*metres)
}

// length writes metres as a person says them.
func (w *pageWords) length(metres float64) string {
	text := metresText(metres)
	if figure, ok := strings.CutSuffix(text, " km"); ok {
		return w.fill(w.km, figure)
	}
	return w.fill(w.metres, strings.TrimSuffix(text, " m"))
}

// pay writes what a posting pays, or that it does not say.
func (w *pageWords) pay(p *matching.Pay) string {
	if p == nil || p.To <= 0 {
		return w.unstated
	}
	amount := grouped(int64(p.From))
	if p.To != p.From {
		amount += w.to + grouped(int64(p.To))
	}
	unit, ok := w.units[p.Unit]
	if !ok {
		unit = string(p.Unit)
	}
	return w.fill(w.rupees, amount, unit)
}

// ladder says how much there is, how near.
func (w *pageWords) ladder(r node.Reach) string {
	var parts []string
	for _, ring := range r.Rings {
		parts = append(parts, w.fill(w.within, grouped(int64(ring.Count)), w.length(ring.WithinM)))
	}
	if r.District != nil {
		parts = append(parts, w.fill(w.in, grouped(int64(r.District.Count)), r.District.Name))
	}
	if r.Remote > 0 {
		parts = append(parts, w.fill(w.remote, grouped(int64(r.Remote))))
	}
	if len(parts) == 0 {
		return ""
	}
	text := w.fill(w.reach, strings.Join(parts, w.comma))
	if r.Widened && r.WithinM > 0 {
		text += w.fill(w.widened, w.length(r.WithinM))
	}
	return text
}
