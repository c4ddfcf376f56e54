package intake

import (
	"fmt"
	"math"
	"strings"

	"rabta/matching"
)

// payUnits are the words by which a pay unit is known, folded.
func payUnits() map[string]matching.PayUnit {
	units := map[string]matching.PayUnit{}
	for unit, words := range map[matching.PayUnit]string{
		matching.PerHour:  "hour hr hrs hourly ghanta ghante گھنٹہ گھنٹے گھنٹا",
		matching.PerDay:   "day daily days dihari dehari deehari dihadi rozana roz din yomia yomiya دن روزانہ یومیہ دیہاڑی دہاڑی",
		matching.PerMonth: "month monthly months mahana maheena mahina mah mahwar pm salary ماہانہ ماہوار مہینہ مہینے ماہ تنخواہ tankhwah",
		matching.PerPiece: "piece pieces pc pcs suit nag adad پیس سوٹ نگ عدد",
		matching.PerPoint: "point points پوائنٹ",
		matching.PerFoot:  "foot feet ft sqft sft square مربع فٹ",
		matching.PerJob:   "job whole lump lumpsum fixed کام ٹھیکہ theka",
	} {
		for w := range strings.FieldsSeq(words) {
			units[closed(w)] = unit
		}
	}
	return units
}

// moneyWords may stand beside an amount and say nothing more.
func moneyWords() map[string]bool {
	return wordSet("rs rupees rupee rupay rupaye rupiya pkr r روپے روپیہ روپیے roopay only per a an the fi fee فی in pk and minimum min max maximum about " +
		"approx around atleast least at kam az se zyada taqreeban تقریبا کم از زیادہ صرف plus net gross gross in hand or above ke ka ki کے کا کی wage wages pay اجرت ujrat basis starting from expected sq - to سے تک tak ta")
}

// untoldPay are words for pay that tell no amount.
func untoldPay() map[string]bool {
	return wordSet("negotiable negotiate market competitive rate as attractive discuss discussion interview سمجھوتہ طے بات چیت مارکیٹ کے مطابق discussed decided open any koi bhi کوئی بھی handsome package baat cheet par wage minimum per experience according to policy company qualification skills work depends on")
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[closed(w)] = true
	}
	return set
}

// payReader reads amounts of money. unit is the one that the heading tells, or empty.
type payReader struct {
	units   map[string]matching.PayUnit
	unit    matching.PayUnit
	plain   map[string]bool
	untold  map[string]bool
	numbers map[string]float64
}

// newPayReader makes a reader for a column; a unit in its heading ("Daily wage") holds where a cell tells none.
func newPayReader(heading string) *payReader {
	r := &payReader{units: payUnits(), plain: moneyWords(), untold: untoldPay(), numbers: numberWords()}
	for _, t := range tokens(heading) {
		if unit, ok := r.units[t.word]; ok && t.word != "job" && r.unit == "" {
			r.unit = unit
		}
	}
	return r
}

const (
	payWanted   = "an amount in rupees, as 25000, Rs 25,000 a month or 1200 daily"
	payWantedUr = "رقم روپوں میں، جیسے 25000 ماہانہ یا 1200 روزانہ"
	mostPay     = 10_000_000
	// A bare amount is taken for a month's above, for a day's below these. Assumed: no trade of the shipped tables earns less a month than the
	// one or more a day than the other.
	leastMonthly, mostDaily = 8_000, 6_000
	leastDaily              = 300
)

// read reads "25000", "Rs. 25,000/-", "25 hazar", "35k", "1200 daily", "۲۵۰۰۰ ماہانہ", "25-30 hazar", "1.5 lakh". Words that tell no amount
// ("negotiable") give nil.
func (r *payReader) read(text string) reading[*matching.Pay] {
	sums, unit, words := r.sums(tokens(strings.NewReplacer("p.m", "pm", "P.M", "pm", "p/m", "pm", "P/M", "pm").Replace(text)))
	switch {
	case words == wordsUntold && len(sums) == 0:
		return reading[*matching.Pay]{as: "not told", how: HowNotTold}
	case words == wordsStrange || len(sums) == 0 || len(sums) > 2:
		return unread[*matching.Pay](payWanted, payWantedUr)
	}
	from, to := sums[0], sums[len(sums)-1]
	if from > to || from < 1 || to > mostPay || math.IsNaN(to) {
		return unread[*matching.Pay](payWanted, payWantedUr)
	}
	p := &matching.Pay{From: matching.Rupees(math.Round(from)), To: matching.Rupees(math.Round(to)), Unit: unit}
	if p.Unit == "" {
		p.Unit = r.unit
	}
	if p.Unit != "" {
		return reading[*matching.Pay]{value: p}
	}
	if p.Unit = likelyUnit(from, to); p.Unit == "" {
		return unread[*matching.Pay]("an amount with its unit, as 7000 a month or 1200 daily", "رقم کے ساتھ ماہانہ یا روزانہ بھی لکھیں، جیسے 1200 روزانہ")
	}
	return reading[*matching.Pay]{value: p, as: paySaid(p), how: HowAssumedUnit}
}

// likelyUnit guesses the unit of an amount that comes without one.
func likelyUnit(from, to float64) matching.PayUnit {
	switch {
	case from >= leastMonthly:
		return matching.PerMonth
	case from >= leastDaily && to <= mostDaily:
		return matching.PerDay
	}
	return ""
}

func paySaid(p *matching.Pay) string {
	if p.From == p.To {
		return fmt.Sprintf("Rs %d a %s", p.To, p.Unit)
	}
	return fmt.Sprintf("Rs %d to %d a %s", p.From, p.To, p.Unit)
}

// What the words beside an amount say.
const (
	wordsPlain = iota
	wordsUntold
	wordsStrange
)

// sums gives the amounts of a cell and its unit. A thousand after the second of two amounts is of both: 25-30 hazar.
func (r *payReader) sums(all []token) (sums []float64, unit matching.PayUnit, words int) {
	scaled := []bool{}
	for i, t := range all {
		scale := scaleOf(t.word)
		known, isUnit := r.units[t.word]
		n, isNumber := r.numbers[t.word]
		switch {
		case t.isNumber():
			sums, scaled = append(sums, thousands(all, i)), append(scaled, false)
		case scale > 0 && len(sums) > 0 && !scaled[len(sums)-1]:
			sums[len(sums)-1] *= scale
			scaled[len(sums)-1] = true
			for j := range sums {
				if !scaled[j] && sums[j] < 1000 {
					sums[j] *= scale
					scaled[j] = true
				}
			}
		case scale > 0 && len(sums) == 0:
			sums, scaled = append(sums, scale), append(scaled, true) // "hazar rozana"
		case isNumber && t.word != "no" && t.word != "do":
			sums, scaled = append(sums, n), append(scaled, false)
		case isUnit:
			if unit == "" {
				unit = known
			}
		case r.plain[t.word] || t.word == "-":
		case r.untold[t.word]:
			words = max(words, wordsUntold)
		default:
			words = wordsStrange
		}
	}
	return sums, unit, words
}

// thousands reads 25.000 as the thousands that it means: no pay is 25 rupees and a fraction, unless a scale follows.
func thousands(all []token, i int) float64 {
	t := all[i]
	if t.fraction == 3 && t.number < 1000 && (i+1 == len(all) || scaleOf(all[i+1].word) == 0) {
		return math.Round(t.number * 1000)
	}
	return t.number
}

// scaleOf gives what a word multiplies the number before it by; 0 for other words.
func scaleOf(word string) float64 {
	switch word {
	case "k", "hazar", "hazaar", "hzar", "hajar", "thousand", "th", "ہزار":
		return 1000
	case "lakh", "lac", "lack", "lakhs", "لاکھ", "لاکہ":
		return 100_000
	case "sau", "so", "hundred", "سو":
		return 100
	}
	return 0
}

// unit reads a cell that tells a unit alone.
func (r *payReader) unitOf(text string) reading[matching.PayUnit] {
	for _, t := range tokens(text) {
		if unit, ok := r.units[t.word]; ok {
			return read(unit)
		}
	}
	return unread[matching.PayUnit]("month, day, hour, piece, point, square-foot or job", "ماہانہ، روزانہ، فی گھنٹہ، فی پیس، فی پوائنٹ، فی مربع فٹ یا پورا کام")
}
