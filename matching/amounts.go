package matching

import (
	"math"
	"slices"
	"strconv"

	"rabta/matching/trades"
)

// name picks the name of a trade or a skill in a language.
func (l language) name(n trades.Names) string {
	switch l {
	case urdu:
		return n.Ur
	case romanUrdu:
		return n.Roman
	}
	return n.En
}

// distance writes metres as a person would say them: to 50 m below a km, to 100 m below 10 km, else to a km.
func (l language) distance(text []byte, metres float64) []byte {
	if near := max(50, math.Round(metres/50)*50); near < 1000 {
		return append(strconv.AppendInt(text, int64(near), 10), words{" m", " میٹر", " meter"}[l]...)
	}
	km := math.Round(metres/100) / 10
	if km >= 10 {
		km = math.Round(metres / 1000)
	}
	return append(strconv.AppendFloat(text, km, 'f', -1, 64), words{" km", " کلومیٹر", " km"}[l]...)
}

// appendFigure writes a number of rupees with a comma between thousands.
func appendFigure(text []byte, n uint32) []byte {
	if n < 1000 {
		return strconv.AppendUint(text, uint64(n), 10)
	}
	text = append(appendFigure(text, n/1000), ',')
	n %= 1000
	return append(text, byte('0'+n/100), byte('0'+n/10%10), byte('0'+n%10))
}

// payWords say an amount for each pay unit, in the order of PayUnits.
var payWords = [...]words{
	{"Rs {1} an hour", "{1} روپے فی گھنٹہ", "{1} rupay fi ghanta"},
	{"Rs {1} a day", "{1} روپے روزانہ", "{1} rupay rozana"},
	{"Rs {1} a month", "{1} روپے ماہانہ", "{1} rupay mahana"},
	{"Rs {1} a piece", "{1} روپے فی پیس", "{1} rupay fi piece"},
	{"Rs {1} a point", "{1} روپے فی پوائنٹ", "{1} rupay fi point"},
	{"Rs {1} a square foot", "{1} روپے فی مربع فٹ", "{1} rupay fi murabba foot"},
	{"Rs {1} for the whole job", "پورے کام کے {1} روپے", "poore kaam ke {1} rupay"},
}

// monthly is the place of a month in payWords.
const monthly = 2

// pay writes what an opening pays in its own unit.
func (l language) pay(text []byte, o *Opening) []byte {
	before, after := around(payWords[min(int(o.Unit), len(payWords)-1)][l])
	text = append(text, before...)
	switch {
	case o.PayFrom == 0:
		text = append(text, words{"up to ", "زیادہ سے زیادہ ", "zyada se zyada "}[l]...)
	case o.PayFrom != o.PayTo:
		text = append(appendFigure(text, o.PayFrom), words{" to ", " سے ", " se "}[l]...)
	}
	return append(appendFigure(text, o.PayTo), after...)
}

// One and several of them; months of experience are said in years where they are whole years.
var (
	daysWords   = [2]words{{"1 day", "ایک دن", "ek din"}, {"{1} days", "{1} دن", "{1} din"}}
	monthsWords = [2]words{{"1 month", "ایک ماہ", "ek mah"}, {"{1} months", "{1} ماہ", "{1} mah"}}
	yearsWords  = [2]words{{"1 year", "ایک سال", "ek saal"}, {"{1} years", "{1} سال", "{1} saal"}}
)

// number writes so many of something, of which one and several are said differently.
func (l language) number(text []byte, w *[2]words, n uint32) []byte {
	if n == 1 {
		return append(text, w[0][l]...)
	}
	before, after := around(w[1][l])
	return append(strconv.AppendUint(append(text, before...), uint64(n), 10), after...)
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
