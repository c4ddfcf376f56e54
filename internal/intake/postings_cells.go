package intake

import (
	"fmt"
	"math"
	"strings"
	"time"

	"rabta/geo"
	"rabta/matching"
)

// offered reads kind, workplace, vacancies, hours and pay.
func (r *postingReader) offered(l *line, p *matching.Posting) {
	if text, column := l.get(fKind); text != "" {
		accept(l, column, false, r.kindMemo.of(text, r.kinds.list), func(v []matching.Kind) {
			if len(v) > 0 {
				p.Kind = v[0]
			}
			if len(v) > 1 {
				l.understand(column, string(v[0]), HowFirst)
			}
		})
		p.PartTime = strings.Contains(closed(text), "parttime")
	}
	take(l, fWorkplace, false, &r.workplaceMemo, r.workplaces.read, func(v matching.Workplace) { p.Workplace = v })
	if text, column := l.get(fVacancies); text != "" {
		if n, ok := whole(text, 1, 10_000); ok {
			p.Vacancies = n
		} else {
			l.problem(column, wanted{"a whole number of vacancies, 1 to 10000", "آسامیوں کی تعداد، 1 سے 10000"}, false)
		}
	}
	take(l, fDuration, true, &r.durations, readDays, func(v int) { p.DurationDays = v })
	if text, column := l.get(fHours); text != "" {
		if n, ok := whole(text, 1, 112); ok {
			p.HoursPerWeek = n
		} else {
			l.problem(column, wanted{"hours a week, 1 to 112", "ہفتے کے گھنٹے، 1 سے 112"}, true)
		}
	}
	take(l, fShift, true, &r.shiftMemo, r.shifts.read, func(v string) { p.Shift = v })
	p.Season = l.free(fSeason)
	p.Urgent = r.yes(l, fUrgent, true)
	p.PartTime = r.yes(l, fPartTime, true) || p.PartTime
	r.paid(l, p)
}

// paid reads the pay, of one column or of two. Pay that cannot be read refuses the row: hiding it would cost the posting its place.
func (r *postingReader) paid(l *line, p *matching.Posting) {
	var whole, from, to *matching.Pay
	take(l, fPay, false, &r.payMemo, r.pay.read, func(v *matching.Pay) { whole = v })
	take(l, fPayFrom, false, &r.fromMemo, r.payFrom.read, func(v *matching.Pay) { from = v })
	take(l, fPayTo, false, &r.toMemo, r.payTo.read, func(v *matching.Pay) { to = v })
	switch {
	case from != nil && to != nil:
		whole = &matching.Pay{From: from.From, To: to.To, Unit: to.Unit}
	case from != nil:
		whole = from
	case to != nil:
		whole = &matching.Pay{From: 0, To: to.To, Unit: to.Unit}
	}
	if whole == nil {
		return
	}
	pay := *whole
	take(l, fPayUnit, false, &r.unitMemo, r.pay.unitOf, func(u matching.PayUnit) { pay.Unit = u })
	p.Pay = &pay
}

// The clock of Pakistan, which has no summer time.
const pakistan = 5 * time.Hour

// dated reads when it was posted, until when it stands and when work starts. Days are those of Pakistan: a last date is wholly inside.
func (r *postingReader) dated(l *line, p *matching.Posting) {
	take(l, fPosted, true, &r.dateMemo, r.dates.read, func(v time.Time) { p.Posted = v.Add(-pakistan) })
	take(l, fExpires, false, &r.dateMemo, r.dates.read, func(v time.Time) { p.Expires = v.AddDate(0, 0, 1).Add(-pakistan) })
	take(l, fStarts, true, &r.dateMemo, r.dates.read, func(v time.Time) { p.Starts = &v })
}

// stated reads the conditions of work, of which only what is told is kept.
func (r *postingReader) stated(l *line, p *matching.Posting) {
	for _, name := range matching.ConditionNames {
		take(l, conditionPrefix+field(name), true, &r.conditionMemo, r.answers.read, func(a matching.Answer) {
			if a == matching.Unknown {
				return
			}
			if p.Conditions == nil {
				p.Conditions = matching.Conditions{}
			}
			p.Conditions[name] = matching.Condition{Answer: a, By: "employer"}
		})
	}
}

// long gives a cell of free text of several lines.
func (l *line) long(f field) string {
	text, _ := l.get(f)
	var lines []string
	for s := range strings.Lines(text) {
		if s = tidyText(s, maxLongText); s != "" {
			lines = append(lines, s)
		}
	}
	letters := []rune(strings.Join(lines, "\n"))
	return string(letters[:min(len(letters), maxLongText)])
}

// readDays reads a time in days: "30 days", "3 months", "1 saal".
func readDays(text string) reading[int] {
	const most = 3_650
	days, n := 0.0, math.NaN()
	for _, t := range tokens(text) {
		switch per := monthsPer(t.word); {
		case t.isNumber() && math.IsNaN(n):
			n = t.number
		case per > 0 && !math.IsNaN(n):
			days, n = days+n*daysIn(per), math.NaN()
		case t.word != "-" && t.word != "":
			n = math.NaN()
			days = math.Inf(1)
		}
	}
	if !math.IsNaN(n) {
		days += n
	}
	if days < 1 || days > most {
		return unread[int]("a time in days or months, as 90 days", "مدت دنوں یا مہینوں میں، جیسے 90 دن")
	}
	return read(int(math.Round(days)))
}

// daysIn gives the days of a unit of which monthsPer gives the months.
func daysIn(months float64) float64 {
	switch {
	case months >= 12:
		return 365
	case months >= 1:
		return 30
	case months > 0.1:
		return 7
	}
	return 1
}

func pointSaid(p geo.Point) string { return fmt.Sprintf("%.5f,%.5f", p.Lat, p.Lon) }

func workplaceCodes() codes[matching.Workplace] {
	return newCodes[matching.Workplace]("site, client-home, own-home or remote", "کام کی جگہ: سائٹ، گاہک کا گھر، اپنا گھر یا آن لائن", `
site:on site|onsite|on-site|office|factory|shop|workshop|field|no|n|physical|in person|hospital|school|سائٹ|دفتر|فیکٹری|دکان|ورکشاپ|کارخانہ|نہیں|daftar|karkhana
client-home:client home|client's home|customer home|customer's home|home visit|household|گاہک کا گھر|گاہک کے گھر|گاہک کے گھر پر
own-home:own home|home based|home-based|at home|اپنا گھر|اپنے گھر|گھر سے کام|گھر بیٹھے
remote:work from home|online|wfh|yes|y|freelance|anywhere|آن لائن|ریموٹ|ہاں|ghar se`)
}

func openToCodes() codes[matching.OpenTo] {
	return newCodes[matching.OpenTo]("all, women or men", "سب، خواتین یا مرد", `
all:any|both|anyone|everyone|open|male/female|male & female|male and female|male female|m/f|f/m|women and men|men and women|no preference|either|transgender|سب|دونوں|کوئی بھی|مرد و خواتین|خواتین و حضرات|مرد و عورت|مرد خواتین|sab|dono|koi bhi
women:woman|female|females|f|ladies|lady|girls|women only|female only|ladies only|females only|خواتین|خاتون|عورت|صرف خواتین|عورتیں|لڑکیاں|khawateen|aurat|aurtein
men:man|male|males|m|gents|boys|men only|male only|males only|مرد|مرد حضرات|حضرات|صرف مرد|لڑکے|mard`)
}

func shiftCodes() codes[string] {
	return newCodes[string]("day, evening, night or rotating", "دن، شام، رات یا بدلتی شفٹ", `
day:morning|general|day shift|daytime|day time|9 to 5|دن|صبح|din|subah|morning shift
evening:evening shift|afternoon|شام|دوپہر|shaam
night:night shift|رات|raat
rotating:rotation|rotational|shifts|any|shift|all|rotating shift|بدلتی|شفٹوں میں`)
}

func employerKindCodes() codes[string] {
	return newCodes[string]("one of: "+strings.Join(matching.EmployerKinds[:], ", "), "آجر کی قسم: کمپنی، ورکشاپ، گھر، ٹھیکیدار، دکان، فیکٹری …", `
company:firm|private|pvt ltd|private limited|enterprise|business|organisation|organization|government|govt|public|کمپنی|فرم
workshop:work shop|garage|ورکشاپ|کارخانہ
household:home|house|family|individual|person|گھر|گھرانہ|ghar
thekedar:contractor|sub contractor|ٹھیکیدار|thekadar|thaikedar
shop:store|retail|salon|parlour|boutique|دکان|سیلون|پارلر|dukan
school:academy|college|institute|سکول|اسکول
clinic:hospital|lab|کلینک|ہسپتال
factory:mill|industry|plant|industrial unit|فیکٹری|مل|کارخانے
farm:agriculture|dairy|فارم|زمیندار
ngo:non profit|nonprofit|welfare|این جی او
hotel:restaurant|guest house|marriage hall|ہوٹل|ریسٹورنٹ
online:freelance|it|software house|آن لائن`)
}
