package gaps

import (
	"fmt"
	"strings"

	"rabta/geo"
	"rabta/matching/trades"
)

// placeUr is the name of a place in Urdu, the English one where there is none.
func placeUr(n geo.Names) string {
	if n.Ur == "" {
		return n.En
	}
	return n.Ur
}

// trainSentences say the advice to train in English and in Urdu.
func trainSentences(t *Training, trade trades.Names, place geo.Names) (en, ur string) {
	inReach, inReachUr := "fewer than 10 people", "10 سے کم افراد"
	if t.InReach != nil {
		inReach, inReachUr = fmt.Sprintf("about %d people", *t.InReach), fmt.Sprintf("تقریباً %d افراد", *t.InReach)
	}
	en = fmt.Sprintf("Train %d people (%s) around %s: %d vacancies, %s in reach", t.Train, strings.ToLower(trade.En), place.En, t.Vacancies, inReach)
	ur = fmt.Sprintf("%s کے آس پاس %d افراد کو %s کا کام سکھائیں: %d آسامیاں ہیں اور پہنچ میں %s", placeUr(place), t.Train, trade.Ur, t.Vacancies, inReachUr)
	if t.InCourses > 0 {
		en += fmt.Sprintf(", about %d in courses", t.InCourses)
		ur += fmt.Sprintf("، تقریباً %d زیرِ تربیت", t.InCourses)
	}
	if t.Related > 0 {
		en += fmt.Sprintf(", about %d from related trades", t.Related)
		ur += fmt.Sprintf("، ملتے جلتے کاموں سے تقریباً %d", t.Related)
	}
	en += fmt.Sprintf(" (likely %d to %d, registered with Rabta).", t.TrainLow, t.TrainHigh)
	ur += fmt.Sprintf(" (اندازہ %d سے %d، رابطہ میں درج افراد)۔", t.TrainLow, t.TrainHigh)
	if len(t.Schools) > 0 {
		en += " Nearest: " + strings.Join(t.Schools, ", ") + "."
		ur += " قریبی ادارے: " + strings.Join(t.Schools, "، ") + "۔"
	}
	return en, ur
}

// moveSentences say where work should be brought.
func moveSentences(m *MoveDemand, trade trades.Names, place geo.Names) (en, ur string) {
	en = fmt.Sprintf("Bring work to %s: about %d people (%s) wait with next to none in reach", place.En, m.Waiting, strings.ToLower(trade.En))
	ur = fmt.Sprintf("%s میں کام لائیں: %s کے تقریباً %d افراد منتظر ہیں اور ان کی پہنچ میں تقریباً کوئی کام نہیں", placeUr(place), trade.Ur, m.Waiting)
	if m.Nearest > 0 {
		en += fmt.Sprintf("; the nearest is %.0f km from its seat", m.Nearest/1000)
		ur += fmt.Sprintf("؛ قریب ترین کام صدر مقام سے %.0f کلومیٹر دور ہے", m.Nearest/1000)
	}
	return en + " (registered with Rabta).", ur + " (رابطہ میں درج افراد)۔"
}

// vanSentences say what a corridor would open.
func vanSentences(v *Van, from, to geo.Names) (en, ur string) {
	return fmt.Sprintf("A women-safe van from %s to %s (%.0f km) would open about %.3g of %d vacancies to the %d women who search in %s (registered with Rabta).",
			from.En, to.En, v.Metres/1000, v.Opened, v.Vacancies, v.Women, from.En),
		fmt.Sprintf("%s سے %s تک خواتین کے لیے محفوظ گاڑی (%.0f کلومیٹر) %s کی %d متلاشی خواتین کے لیے %d میں سے تقریباً %.3g آسامیاں کھول دے گی (رابطہ میں درج افراد)۔",
			placeUr(from), placeUr(to), v.Metres/1000, placeUr(from), v.Women, v.Vacancies, v.Opened)
}
