package node

import (
	"math"
	"strconv"
	"strings"
	"time"

	"rabta/matching"
	"rabta/matching/board"
)

// phrases are what describe says, in each language.
type phrases struct {
	here, metres, km, remote, range_, one, noPay, today, yesterday, days, below, comma, stop string
	per                                                                                      map[matching.PayUnit]string
}

var english = phrases{
	here: "on the spot", metres: "{1} m away", km: "{1} km away", remote: "remote work, from anywhere",
	range_: "Rs {1}–{2} {3}", one: "Rs {1} {2}", noPay: "pay not stated: ask first",
	today: "posted today", yesterday: "posted yesterday", days: "posted {1} days ago",
	below: "Pay is below the minimum wage of Rs {1} a month.", comma: ", ", stop: ". ",
	per: map[matching.PayUnit]string{matching.PerHour: "an hour", matching.PerDay: "a day", matching.PerMonth: "a month",
		matching.PerPiece: "a piece", matching.PerPoint: "a point", matching.PerFoot: "a square foot", matching.PerJob: "for the job"},
}

var urdu = phrases{
	here: "بالکل قریب", metres: "{1} میٹر دور", km: "{1} کلومیٹر دور", remote: "گھر بیٹھے آن لائن کام",
	range_: "{1} سے {2} روپے {3}", one: "{1} روپے {2}", noPay: "اجرت نہیں بتائی گئی، پہلے پوچھ لیں",
	today: "آج کا اشتہار", yesterday: "کل کا اشتہار", days: "{1} دن پرانا اشتہار",
	below: "اجرت کم از کم مقررہ اجرت ({1} روپے ماہانہ) سے کم ہے۔", comma: "، ", stop: "۔ ",
	per: map[matching.PayUnit]string{matching.PerHour: "فی گھنٹہ", matching.PerDay: "روزانہ", matching.PerMonth: "ماہانہ",
		matching.PerPiece: "فی پیس", matching.PerPoint: "فی پوائنٹ", matching.PerFoot: "فی مربع فٹ", matching.PerJob: "پورے کام کے"},
}

var roman = phrases{
	here: "bilkul qareeb", metres: "{1} meter door", km: "{1} km door", remote: "ghar baithe online kaam",
	range_: "{1} se {2} rupay {3}", one: "{1} rupay {2}", noPay: "tankhwah nahi batayi gayi, pehle pooch lein",
	today: "aaj ka ishtihar", yesterday: "kal ka ishtihar", days: "{1} din purana ishtihar",
	below: "Ujrat kam az kam muqarrar ujrat (Rs {1} mahana) se kam hai.", comma: ", ", stop: ". ",
	per: map[matching.PayUnit]string{matching.PerHour: "fi ghanta", matching.PerDay: "rozana", matching.PerMonth: "mahana",
		matching.PerPiece: "fi piece", matching.PerPoint: "fi point", matching.PerFoot: "fi square foot", matching.PerJob: "poore kaam ke"},
}

func phrasesOf(lang Language) *phrases {
	switch lang {
	case Urdu:
		return &urdu
	case RomanUrdu:
		return &roman
	}
	return &english
}

// describe writes what a found posting is: trade, distance, pay and age, from the very values that it was found and ordered by.
func (n *Node) describe(text []byte, h *board.Hit, asOf time.Time, lang Language) []byte {
	words, today := phrasesOf(lang), matching.Day(asOf)
	names := &n.ref.Catalogue.At(h.Opening.Trade).Names
	switch lang {
	case Urdu:
		text = append(text, names.Ur...)
	case RomanUrdu:
		text = append(text, names.Roman...)
	default:
		text = append(text, names.En...)
	}
	switch {
	case h.Opening.Remote:
		text = append(append(text, words.comma...), words.remote...)
	case !math.IsNaN(h.Far):
		text = words.distance(append(text, words.comma...), h.Far)
	}
	text = words.pay(append(text, words.comma...), h.Opening)
	text = words.age(append(text, words.comma...), int(today-matching.Day(time.Unix(int64(h.Opening.Posted), 0))))
	if figure, below := n.model().OpeningBelowMinimum(h.Opening, today); below {
		text = append(append(text, words.stop...), belowMinimumNote(figure, lang)...)
	}
	return text
}

func (w *phrases) distance(text []byte, metres float64) []byte {
	var room [32]byte
	switch {
	case metres < 50:
		return append(text, w.here...)
	case metres < 1000:
		return fillIn(text, w.metres, string(strconv.AppendInt(room[:0], int64(math.Round(metres/50)*50), 10)))
	}
	return fillIn(text, w.km, string(strconv.AppendFloat(room[:0], metres/1000, 'f', 1, 64)))
}

func (w *phrases) pay(text []byte, o *matching.Opening) []byte {
	var from, to [32]byte
	per := w.per[matching.PayUnits[o.Unit]]
	switch {
	case o.PayFrom == 0 && o.PayTo == 0:
		return append(text, w.noPay...)
	case o.PayFrom < o.PayTo && o.PayFrom > 0:
		return fillIn(text, w.range_, string(appendGrouped(from[:0], int64(o.PayFrom))), string(appendGrouped(to[:0], int64(o.PayTo))), per)
	}
	return fillIn(text, w.one, string(appendGrouped(to[:0], int64(max(o.PayFrom, o.PayTo)))), per)
}

func (w *phrases) age(text []byte, days int) []byte {
	var room [32]byte
	switch {
	case days <= 0:
		return append(text, w.today...)
	case days == 1:
		return append(text, w.yesterday...)
	}
	return fillIn(text, w.days, string(strconv.AppendInt(room[:0], int64(days), 10)))
}

// fillIn writes words with values in their places: {1} stands for the first one.
func fillIn(text []byte, words string, values ...string) []byte {
	for {
		open := strings.IndexByte(words, '{')
		if open < 0 {
			return append(text, words...)
		}
		text = append(append(text, words[:open]...), values[words[open+1]-'1']...)
		words = words[open+len("{1}"):]
	}
}

// appendGrouped writes a whole number that is not below 0 with commas between thousands.
func appendGrouped(text []byte, n int64) []byte {
	if n < 1000 {
		return strconv.AppendInt(text, n, 10)
	}
	text, n = append(appendGrouped(text, n/1000), ','), n%1000
	return append(text, byte('0'+n/100), byte('0'+n/10%10), byte('0'+n%10))
}

// belowMinimumNote labels a posting that pays less than the minimum wage of its province and date.
func belowMinimumNote(figure matching.Rupees, lang Language) string {
	return string(fillIn(nil, phrasesOf(lang).below, string(appendGrouped(nil, int64(figure)))))
}
