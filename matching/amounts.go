package matching

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"rabta/matching/trades"
)

// name picks the name of a trade or a skill in a language.
func (l language) name(n trades.Names) string { return words{n.En, n.Ur, n.Roman}[l] }

func count(n int) string { return strconv.Itoa(n) }

// distance writes metres as a person would say them: to 50 m below a km, to 100 m below 10 km, else to a km.
func (l language) distance(metres float64) string {
	if near := max(50, math.Round(metres/50)*50); near < 1000 {
		return fmt.Sprintf(words{"%.0f m", "%.0f میٹر", "%.0f meter"}[l], near)
	}
	km := math.Round(metres/100) / 10
	if km >= 10 {
		km = math.Round(metres / 1000)
	}
	return strconv.FormatFloat(km, 'f', -1, 64) + words{" km", " کلومیٹر", " km"}[l]
}

// figure writes a number with a comma between thousands.
func figure(n uint32) string {
	s := strconv.FormatUint(uint64(n), 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// amount writes rupees a month.
func (l language) amount(n uint32) string {
	return fmt.Sprintf(words{"Rs %s a month", "%s روپے ماہانہ", "%s rupay mahana"}[l], figure(n))
}

// payWords say an amount for each pay unit, in the order of PayUnits.
var payWords = [...]words{
	{"Rs %s an hour", "%s روپے فی گھنٹہ", "%s rupay fi ghanta"},
	{"Rs %s a day", "%s روپے روزانہ", "%s rupay rozana"},
	{"Rs %s a month", "%s روپے ماہانہ", "%s rupay mahana"},
	{"Rs %s a piece", "%s روپے فی پیس", "%s rupay fi piece"},
	{"Rs %s a point", "%s روپے فی پوائنٹ", "%s rupay fi point"},
	{"Rs %s a square foot", "%s روپے فی مربع فٹ", "%s rupay fi murabba foot"},
	{"Rs %s for the whole job", "پورے کام کے %s روپے", "poore kaam ke %s rupay"},
}

// pay writes what an opening pays in its own unit.
func (l language) pay(o *Opening) string {
	amount := figure(o.PayTo)
	switch {
	case o.PayFrom == 0:
		amount = fmt.Sprintf(words{"up to %s", "زیادہ سے زیادہ %s", "zyada se zyada %s"}[l], amount)
	case o.PayFrom != o.PayTo:
		amount = fmt.Sprintf(words{"%s to %s", "%s سے %s", "%s se %s"}[l], figure(o.PayFrom), amount)
	}
	return fmt.Sprintf(payWords[min(int(o.Unit), len(payWords)-1)][l], amount)
}

// days writes a number of days.
func (l language) days(n int32) string {
	if n == 1 {
		return words{"1 day", "ایک دن", "ek din"}[l]
	}
	return fmt.Sprintf(words{"%d days", "%d دن", "%d din"}[l], n)
}

// months writes a time of experience, in years where it is whole years.
func (l language) months(n int16) string {
	switch {
	case n == 12:
		return words{"1 year", "ایک سال", "ek saal"}[l]
	case n > 0 && n%12 == 0:
		return fmt.Sprintf(words{"%d years", "%d سال", "%d saal"}[l], n/12)
	case n == 1:
		return words{"1 month", "ایک ماہ", "ek mah"}[l]
	}
	return fmt.Sprintf(words{"%d months", "%d ماہ", "%d mah"}[l], n)
}

// schoolingWords name the codes of Schooling.
var schoolingWords = [...]words{
	{"no schooling", "کوئی تعلیم نہیں", "koi taleem nahi"},
	{"primary school", "پرائمری", "primary"},
	{"middle school", "مڈل", "middle"},
	{"matric", "میٹرک", "matric"},
	{"intermediate", "انٹر", "inter"},
	{"a bachelor's degree", "گریجویشن", "graduation"},
	{"a master's degree", "ماسٹرز", "masters"},
}

// schooling names a code; a code that is not in Schooling stands for itself.
func (l language) schooling(code string) string {
	i := slices.Index(Schooling[:], code)
	if i < 0 {
		return code
	}
	return schoolingWords[i][l]
}

// licenceWords name the classes of Licences.
var licenceWords = [...]words{
	{"motorcycle", "موٹر سائیکل", "motorcycle"},
	{"LTV", "ایل ٹی وی", "LTV"},
	{"HTV", "ایچ ٹی وی", "HTV"},
	{"PSV", "پی ایس وی", "PSV"},
	{"tractor", "ٹریکٹر", "tractor"},
	{"forklift", "فورک لفٹ", "forklift"},
}

// licences names the classes of a mask.
func (l language) licences(mask uint8) string {
	var names []string
	for i, w := range licenceWords {
		if mask&(1<<i) != 0 {
			names = append(names, w[l])
		}
	}
	return l.and(names)
}
