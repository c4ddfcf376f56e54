package board

import (
	"math"
	"sync"

	"rabta/matching"
)

// fits remembers what the postings of one trade may ask for and what it brings with any of a person's rows, at the most; or what people of one
// trade offer and what it brings with a posting: natural logarithms of terms, and the least pay. Each is kept in a place of its own until another comes there, or another trade is entered; pay, until others of her rows ask.
type fits struct {
	entry      uint64 // one for each trade and run that is entered, in the upper half
	asking     uint64 // the same for each time that others of her rows are asked
	skills     [256]fit
	experience [64]fit
	hurdles    [128]fit
	pay        [256]leastPay
}

// fit is a term with what it is of, below its entry.
type fit struct {
	of uint64
	ln float64
}

// rooms lend fits for a question. Who is done with them puts them back, so that the next one needs no new memory.
type rooms struct{ sync.Pool }

func (r *rooms) fits() *fits {
	if f, ok := r.Get().(*fits); ok {
		return f
	}
	return &fits{}
}

// enter forgets what was remembered of postings, and ask what was of pay.
func (f *fits) enter() {
	if f.entry += 1 << 32; f.entry == 0 { // what is left may bear the numbers that follow
		*f = fits{entry: 1 << 32, asking: 1 << 32}
	}
}

func (f *fits) ask() {
	if f.asking += 1 << 32; f.asking == 0 {
		*f = fits{entry: 1 << 32, asking: 1 << 32}
	}
}

// most is the highest term of her related rows with the opening at hand, of which what the term is made of has been filled.
func (w *matcher) most(term func(*matching.Model, *matching.Seeker, *matching.Opening) float64) float64 {
	most := math.Inf(-1)
	w.opening.Trade = w.trade
	for _, i := range w.related {
		most = max(most, term(w.m, &w.q.Seekers[i], &w.opening))
	}
	return most
}

// skillTerm is the most that a list of skills brings.
func (w *matcher) skillTerm(number uint32) float64 {
	of := w.known.entry | uint64(number)
	at := &w.known.skills[number%uint32(len(w.known.skills))]
	if at.of != of {
		w.opening.Skills, w.opening.Required = w.rows.lists.of(number)
		*at = fit{of, w.most((*matching.Model).SkillTerm)}
	}
	return at.ln
}

// experienceTerm is the most that the months and the level asked bring.
func (w *matcher) experienceTerm(a *asked) float64 {
	if a.months == 0 && a.level == 0 {
		return 0
	}
	of := w.known.entry | uint64(a.months)<<8 | uint64(a.level)
	at := &w.known.experience[(uint32(a.months)*7+uint32(a.level))%uint32(len(w.known.experience))]
	if at.of != of {
		w.opening.Months, w.opening.Level = a.months, a.level
		*at = fit{of, w.most((*matching.Model).ExperienceTerm)}
	}
	return at.ln
}

// hurdleTerm is the most that the schooling, the licences and the tools asked bring.
func (w *matcher) hurdleTerm(a *asked, flags postingFlags) float64 {
	tools := uint32(0)
	if flags&asksTools != 0 {
		tools = 1
	}
	if a.schooling == 0 && a.licences == 0 && tools == 0 {
		return 0
	}
	of := w.known.entry | uint64(a.schooling)<<16 | uint64(a.licences)<<8 | uint64(tools)
	at := &w.known.hurdles[(uint32(a.schooling)*2+uint32(a.licences)*16+tools)%uint32(len(w.known.hurdles))]
	if at.of != of {
		w.opening.Schooling, w.opening.Licences, w.opening.AsksTools = a.schooling, a.licences, tools == 1
		*at = fit{of, w.most((*matching.Model).RequirementsTerm)}
	}
	return at.ln
}

// timingTerm is the most that the day on which work starts brings, and conditionsTerm what it gives.
func (w *matcher) timingTerm(starts int32) float64 {
	most := math.Inf(-1)
	for _, i := range w.related {
		most = max(most, w.judges[i].TimingTerm(w.q.Seekers[i].AvailableFrom, starts))
	}
	return most
}

func (w *matcher) conditionsTerm(a matching.Ask) float64 {
	most := math.Inf(-1)
	for _, i := range w.related {
		most = max(most, w.judges[i].ConditionsTerm(w.q.Seekers[i].Needs, a))
	}
	return most
}

// keyOf puts an ask into a number.
func keyOf(a matching.Ask) uint32 {
	return uint32(a.Kind) | uint32(a.OpenTo)<<8 | uint32(a.NeedYes)<<16 | uint32(a.NeedNo)<<24
}

// leastPay is the lowest pay a month for an ask, below its entry.
type leastPay struct {
	of    uint64
	least uint32
}

// leastPay is the lowest pay a month, travel aside, for which one of her related rows takes work of the trade at hand that asks so; nobody
// when none does.
func (w *matcher) leastPay(a matching.Ask) uint32 {
	key := keyOf(a)
	at := &w.known.pay[key*0x9e3779b1>>24]
	if of := w.known.asking | uint64(key); at.of != of {
		*at = leastPay{of, w.askedPay(a)}
	}
	return at.least
}

func (w *matcher) askedPay(a matching.Ask) uint32 {
	least := uint32(nobody)
	for _, i := range w.related {
		if w.wishes[i].Meets(a) {
			least = min(least, w.q.Seekers[i].LowestPay, untoldPay)
		}
	}
	return least
}
