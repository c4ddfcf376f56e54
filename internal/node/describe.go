package node

import (
	"fmt"
	"math"
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
	here: "on the spot", metres: "%d m away", km: "%.1f km away", remote: "remote work, from anywhere",
	range_: "Rs %s–%s %s", one: "Rs %s %s", noPay: "pay not stated: ask first",
	today: "posted today", yesterday: "posted yesterday", days: "posted %d days ago",
	below: "Pay is below the minimum wage of Rs %s a month.", comma: ", ", stop: ". ",
	per: map[matching.PayUnit]string{matching.PerHour: "an hour", matching.PerDay: "a day", matching.PerMonth: "a month",
		matching.PerPiece: "a piece", matching.PerPoint: "a point", matching.PerFoot: "a square foot", matching.PerJob: "for the job"},
}

var urdu = phrases{
	here: "بالکل قریب", metres: "%d میٹر دور", km: "%.1f کلومیٹر دور", remote: "گھر بیٹھے آن لائن کام",
	range_: "%s سے %s روپے %s", one: "%s روپے %s", noPay: "اجرت نہیں بتائی گئی، پہلے پوچھ لیں",
	today: "آج کا اشتہار", yesterday: "کل کا اشتہار", days: "%d دن پرانا اشتہار",
	below: "اجرت کم از کم مقررہ اجرت (%s روپے ماہانہ) سے کم ہے۔", comma: "، ", stop: "۔ ",
	per: map[matching.PayUnit]string{matching.PerHour: "فی گھنٹہ", matching.PerDay: "روزانہ", matching.PerMonth: "ماہانہ",
		matching.PerPiece: "فی پیس", matching.PerPoint: "فی پوائنٹ", matching.PerFoot: "فی مربع فٹ", matching.PerJob: "پورے کام کے"},
}

var roman = phrases{
	here: "bilkul qareeb", metres: "%d meter door", km: "%.1f km door", remote: "ghar baithe online kaam",
	range_: "%s se %s rupay %s", one: "%s rupay %s", noPay: "tankhwah nahi batayi gayi, pehle pooch lein",
	today: "aaj ka ishtihar", yesterday: "kal ka ishtihar", days: "%d din purana ishtihar",
	below: "Ujrat kam az kam muqarrar ujrat (Rs %s mahana) se kam hai.", comma: ", ", stop: ". ",
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

// describe says what a found posting is: trade, distance, pay and age, from the very values that it was found and ordered by.
func (n *Node) describe(h *board.Hit, asOf time.Time, lang Language) string {
	words := phrasesOf(lang)
	names := n.ref.Catalogue.At(h.Opening.Trade).Names
	parts := []string{names.En}
	switch lang {
	case Urdu:
		parts[0] = names.Ur
	case RomanUrdu:
		parts[0] = names.Roman
	}
	switch {
	case h.Opening.Remote:
		parts = append(parts, words.remote)
	case !math.IsNaN(h.Far):
		parts = append(parts, words.distance(h.Far))
	}
	parts = append(parts, words.pay(h.Opening), words.age(int(matching.Day(asOf)-matching.Day(time.Unix(int64(h.Opening.Posted), 0)))))
	said := strings.Join(parts, words.comma)
	if figure, below := n.model().OpeningBelowMinimum(h.Opening, matching.Day(asOf)); below {
		said += words.stop + belowMinimumNote(figure, lang)
	}
	return said
}

func (w *phrases) distance(metres float64) string {
	switch {
	case metres < 50:
		return w.here
	case metres < 1000:
		return fmt.Sprintf(w.metres, int(math.Round(metres/50)*50))
	}
	return fmt.Sprintf(w.km, metres/1000)
}

func (w *phrases) pay(o *matching.Opening) string {
	per := w.per[matching.PayUnits[o.Unit]]
	switch {
	case o.PayFrom == 0 && o.PayTo == 0:
		return w.noPay
	case o.PayFrom < o.PayTo && o.PayFrom > 0:
		return fmt.Sprintf(w.range_, grouped(int64(o.PayFrom)), grouped(int64(o.PayTo)), per)
	}
	return fmt.Sprintf(w.one, grouped(int64(max(o.PayFrom, o.PayTo))), per)
}

func (w *phrases) age(days int) string {
	switch {
	case days <= 0:
		return w.today
	case days == 1:
		return w.yesterday
	}
	return fmt.Sprintf(w.days, days)
}

// grouped writes a whole number with commas between thousands.
func grouped(n int64) string {
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// belowMinimumNote labels a posting that pays less than the minimum wage of its province and date.
func belowMinimumNote(figure matching.Rupees, lang Language) string {
	return fmt.Sprintf(phrasesOf(lang).below, grouped(int64(figure)))
}
