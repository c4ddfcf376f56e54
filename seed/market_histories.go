package seed

import (
	"time"

	"rabta/matching"
)

// history is one application on its way through time.
type history struct {
	*draw
	m    *Market
	a    *matching.Application
	of   *advertised
	now  time.Time // of the last step
	ends time.Time // of the market
}

// newHistory begins an application while its posting was shown and she was registered; nil when that was never at one time.
func (m *Market) newHistory(d *draw, g *matching.Graduate, p *advertised) *history {
	from, to := p.Posted, p.Expires
	if g.Created.After(from) {
		from = g.Created
	}
	if to.After(m.date) {
		to = m.date
	}
	if p.Updated.After(p.Posted) && p.Updated.Before(to) {
		to = p.Updated // when it was filled or closed
	}
	if !from.Before(to) {
		return nil
	}
	at := from.Add(time.Duration(d.Float64() * float64(to.Sub(from)))).Truncate(time.Second)
	h := &history{draw: d, m: m, of: p, now: at, ends: m.date, a: &matching.Application{ID: d.id(matching.ApplicationPrefix, at),
		Created: at, Updated: at, Graduate: g.ID, Posting: p.ID}}
	by := "graduate"
	if g.Consent.Officer && d.chance(0.2) {
		by = "officer"
	}
	if !h.step(matching.Interested, by, 0) {
		return nil
	}
	h.a.SharesContact = d.chance(sharesContact)
	return h
}

// step moves the application on after so many days; false when that would be after the market's date, or is no way to go.
func (h *history) step(to matching.State, by string, days float64, edits ...func(*matching.Step)) bool {
	at := h.now.Add(time.Duration(days*24*3600) * time.Second)
	step := matching.Step{State: to, At: at, By: by}
	for _, edit := range edits {
		edit(&step)
	}
	if at.After(h.ends) || h.a.Move(step) != nil {
		return false
	}
	h.now, h.a.Updated = at, at
	return true
}

// reason gives one of some reasons to most ends.
func (h *history) reason(reasons ...string) func(*matching.Step) {
	reason := pick(h.draw, reasons)
	if h.chance(0.2) {
		reason = ""
	}
	return func(s *matching.Step) { s.Reason = reason }
}

// answer takes the employer's first word, within the days that count, out of what its record says it has answered.
func (h *history) answer(to matching.State, edits ...func(*matching.Step)) bool {
	left := h.of.employer
	if left.answered < 1 || left.asked < 1 || !h.step(to, "employer", 0.2+h.Float64()*9, edits...) {
		return false
	}
	left.answered--
	left.asked--
	h.a.Asked = true
	return true
}

// hire brings the application to hired.
func (h *history) hire() bool {
	if h.of.hired >= h.of.places || h.of.Kind == matching.CustomerJob {
		return false
	}
	wage := h.wage()
	switch at := h.Float64(); {
	case at < 0.4 && h.answer(matching.Shortlisted) && h.step(matching.Interviewed, "employer", 1+h.Float64()*5) &&
		h.step(matching.Hired, "employer", 1+h.Float64()*4, wage):
	case h.a.State == matching.Interested && h.answer(matching.Hired, wage):
	default:
		return false
	}
	h.of.hired++
	return true
}

// wage is what the work pays, where the posting says so by a unit that a wage has.
func (h *history) wage() func(*matching.Step) {
	var wage *matching.LowestPay
	if pay := h.of.Pay; pay != nil && pay.From > 0 && (pay.Unit == matching.PerMonth || pay.Unit == matching.PerDay) && h.chance(0.8) {
		wage = &matching.LowestPay{Amount: pay.From, Unit: pay.Unit}
	}
	return func(s *matching.Step) { s.Wage = wage }
}

// stay confirms that she is at work, as far as the days go; some do not answer when they are asked.
func (h *history) stay() bool {
	hired := h.now
	for _, confirmed := range []struct {
		state matching.State
		days  float64
	}{{matching.Confirmed30, 30}, {matching.Confirmed90, 90}, {matching.Confirmed180, 180}} {
		if h.chance(0.25) {
			continue // nobody answered
		}
		since := h.now.Sub(hired).Hours() / 24
		h.step(confirmed.state, pick(h.draw, []string{"graduate", "officer", "institute"}), max(0, confirmed.days-since)+0.5+h.Float64()*5)
	}
	return true
}

// goOn draws what became of the interest of one who searches still.
func (h *history) goOn() {
	waited := h.ends.Sub(h.now)
	switch at := h.Float64(); {
	case at < 0.15 && h.hire():
		if !h.of.Kind.Lasting() || !h.leave() {
			h.a.KeepsSearching = h.a.State == matching.Hired
		}
	case at < 0.40 && h.answer(matching.Refused, h.reason("skill", "position-filled", "other")):
	case at < 0.60 && h.answer(matching.Shortlisted):
		if h.chance(0.5) && h.step(matching.Interviewed, "employer", 1+h.Float64()*6) && h.chance(0.4) {
			h.step(matching.Offered, "employer", 1+h.Float64()*4)
		}
	case at < 0.70 && h.step(matching.Withdrew, "graduate", h.Float64()*5, h.reason("distance", "pay", "transport", "family", "other-work")):
	case waited > matching.AnswerWithin && h.of.employer.asked > h.of.employer.answered:
		h.of.employer.asked-- // it never answered
		h.a.Asked = true
	case waited > matching.AnswerWithin && h.a.State == matching.Interested:
		h.step(matching.Withdrew, "graduate", 1+h.Float64()*10, h.reason("not-called", "other-work"))
	}
}

// leave ends work that was begun; false when it goes on.
func (h *history) leave() bool {
	return h.step(matching.Left, pick(h.draw, []string{"graduate", "graduate", "employer"}), 3+h.Float64()*60,
		h.reason("pay", "distance", "transport", "hours", "family", "season-over", "laid-off"))
}
