package matching

import (
	"slices"
	"time"

	"rabta/internal/fault"
)

// Application is how far a graduate and a posting have come with each other, from her interest to the work and beyond. There is at
// most one for each pair. Steps tells its whole way; State is where it stands.
type Application struct {
	ID         ID        `json:"id"`
	Version    int64     `json:"version"`
	Created    time.Time `json:"created"`
	Updated    time.Time `json:"updated"`
	Source     string    `json:"source,omitempty"`
	ExternalID string    `json:"external_id,omitempty"`
	Graduate   ID        `json:"graduate"`
	Posting    ID        `json:"posting"`
	State      State     `json:"state"`

	// SharesContact is her yes to this posting alone: its employer may see her name and phone, until she takes it back.
	SharesContact bool `json:"shares_contact"`

	// KeepsSearching is her wish to be shown to other employers although this one hires her. Without it, lasting work makes her placed.
	KeepsSearching bool `json:"keeps_searching,omitempty"`

	// Asked tells that it counts in its employer's Asked: it was answered, or AnswerWithin has passed.
	Asked bool   `json:"asked,omitempty"`
	Steps []Step `json:"steps"`
}

// AnswerWithin is how long an employer has to answer an interest. An answer that comes later, and none, count as none; an interest that
// she takes back earlier does not count. Assumed: two weeks are long for daily wage and short for an office.
const AnswerWithin = 14 * 24 * time.Hour

// Step is one move of an application.
type Step struct {
	State  State      `json:"state"`
	At     time.Time  `json:"at"`
	By     string     `json:"by"`               // the role that moved it
	Reason string     `json:"reason,omitempty"` // of an end: one of LeaveReasons
	Wage   *LowestPay `json:"wage,omitempty"`   // what the work pays, as far as it was told
}

// State is where an application stands.
type State string

// The states. Before she is hired an application may end as Refused by the employer or Withdrew by the graduate; after it as Left.
const (
	Interested   State = "interested"
	Shortlisted  State = "shortlisted"
	Interviewed  State = "interviewed"
	Offered      State = "offered"
	Hired        State = "hired"
	Confirmed30  State = "confirmed-30" // still at work 30 days after she was hired
	Confirmed90  State = "confirmed-90"
	Confirmed180 State = "confirmed-180"
	Refused      State = "refused"
	Withdrew     State = "withdrew"
	Left         State = "left"
)

// States lists every state, in the order of the way.
var States = [...]State{Interested, Shortlisted, Interviewed, Offered, Hired, Confirmed30, Confirmed90, Confirmed180, Refused, Withdrew, Left}

// LeaveReasons lists why an application ends, as far as that is told.
var LeaveReasons = [...]string{"pay", "distance", "transport", "safety", "harassment", "hours", "family", "health", "studies", "other-work",
	"not-called", "skill", "position-filled", "no-show", "laid-off", "season-over", "other"}

// way is the order in which an application moves on; it may skip, and never goes back.
var way = [...]State{Interested, Shortlisted, Interviewed, Offered, Hired, Confirmed30, Confirmed90, Confirmed180}

// place gives how far along the way a state lies; -1 for an end.
func (s State) place() int { return slices.Index(way[:], s) }

// Ended tells whether nothing follows the state but a new interest.
func (s State) Ended() bool { return s == Refused || s == Withdrew || s == Left }

// AtWork tells whether she has the work.
func (s State) AtWork() bool { return s.place() >= Hired.place() }

// confirmedAfter is how long after her hiring each confirmation may be given.
var confirmedAfter = map[State]time.Duration{Confirmed30: 30 * 24 * time.Hour, Confirmed90: 90 * 24 * time.Hour, Confirmed180: 180 * 24 * time.Hour}

// movers says which roles may move an application to a state. An officer acts for her with her consent, staff for both sides.
var movers = map[State][]string{
	Interested:   {"graduate", "officer", "staff"},
	Shortlisted:  {"employer", "staff", "service"},
	Interviewed:  {"employer", "staff", "service"},
	Offered:      {"employer", "staff", "service"},
	Hired:        {"employer", "staff", "service"},
	Refused:      {"employer", "staff", "service"},
	Withdrew:     {"graduate", "officer", "staff"},
	Confirmed30:  {"graduate", "officer", "institute", "staff"},
	Confirmed90:  {"graduate", "officer", "institute", "staff"},
	Confirmed180: {"graduate", "officer", "institute", "staff"},
	Left:         {"graduate", "employer", "officer", "institute", "staff"},
}

// Move takes a step at the time that it bears. It is a fault.Forbidden when the role may not take it, a fault.Conflict when it does not
// follow from where the application stands, a fault.Invalid when the step itself is wrong; nothing is changed then.
func (a *Application) Move(step Step) error {
	if err := a.check(step); err != nil {
		return err
	}
	a.Steps = append(slices.Clip(a.Steps), step)
	a.State = step.State
	if a.State.Ended() {
		a.SharesContact = false // nothing more is to be talked about
	}
	return nil
}

func (a *Application) check(step Step) error {
	const op = "matching.Application.Move"
	may, known := movers[step.State]
	switch {
	case !known:
		return fault.Field("state", "There is no such state. Send one of interested, shortlisted, interviewed, offered, hired, confirmed-30, "+
			"confirmed-90, confirmed-180, refused, withdrew, left.")
	case !slices.Contains(may, step.By):
		return &fault.Error{Kind: fault.Forbidden, Op: op, Field: "state", Message: "Your role may not move an application to this state.",
			MessageUr: "آپ اس درخواست کو اس مرحلے پر نہیں لے جا سکتے۔"}
	case step.Reason != "" && !slices.Contains(LeaveReasons[:], step.Reason):
		return fault.Field("reason", "There is no such reason. Send one of the listed ones, or other.", "pay", "distance", "other")
	case step.Wage != nil && step.Wage.Amount <= 0:
		return fault.Field("wage.amount", "A wage is whole rupees above 0. Send what is paid, or leave it out.")
	case !a.follows(step.State):
		return a.outOfTurn(step.State)
	}
	if wait, ok := confirmedAfter[step.State]; ok && step.At.Before(a.hiredAt().Add(wait)) {
		return &fault.Error{Kind: fault.Conflict, Op: op, Field: "state", Message: "It is too early to confirm this. Send it once the days since hiring have passed.",
			MessageUr: "ابھی اس کی تصدیق کا وقت نہیں آیا۔ ملازمت ملنے کے بعد اتنے دن پورے ہونے پر بھیجیں۔"}
	}
	return nil
}

// outOfTurn says why a state cannot come next, and what can.
func (a *Application) outOfTurn(to State) error {
	e := &fault.Error{Kind: fault.Conflict, Op: "matching.Application.Move", Field: "state"}
	switch {
	case a.State.AtWork() && (to == Withdrew || to == Refused):
		e.Message, e.MessageUr = "She has been hired for this work. Who does not stay leaves it: send left.",
			"اس کام پر ملازمت مل چکی ہے، اس لیے درخواست واپس نہیں ہو سکتی۔ کام چھوڑنا ہو تو left بھیجیں۔"
		e.Nearest = []string{string(Left)}
	case a.State.Ended():
		e.Message, e.MessageUr = "This application has ended, and nothing follows it. Read it again to see how.",
			"یہ درخواست ختم ہو چکی ہے، اب آگے نہیں بڑھ سکتی۔"
	case to == a.State || to.place() >= 0 && to.place() < a.State.place():
		e.Message, e.MessageUr = "The application has come as far as this or farther. Read it again to see where it stands.",
			"درخواست اس مرحلے سے گزر چکی ہے۔ اس کی موجودہ صورتِ حال دیکھ لیں۔"
	default:
		e.Message, e.MessageUr = "This step does not follow from where the application stands. Read it again to see where that is.",
			"درخواست ابھی اس مرحلے پر نہیں پہنچی۔ پہلے اس کی موجودہ صورتِ حال دیکھ لیں۔"
	}
	return e
}

// follows tells whether a state may come next. She may be interested anew after she withdrew.
func (a *Application) follows(to State) bool {
	from := a.State
	switch {
	case to == Interested:
		return from == "" || from == Withdrew
	case from == "" || from.Ended():
		return false
	case to == Refused, to == Withdrew:
		return !from.AtWork()
	case to == Left:
		return from.AtWork()
	case to.place() > Hired.place() && !from.AtWork():
		return false // nobody is confirmed at work who was not hired
	}
	return to.place() > from.place()
}

// hiredAt gives the time of her last hiring, zero when there was none.
func (a *Application) hiredAt() time.Time { return a.last(Hired) }

// InterestedAt gives the time from which her interest awaits an answer.
func (a *Application) InterestedAt() time.Time { return a.last(Interested) }

// last gives the time of the last step to a state, zero when there was none.
func (a *Application) last(to State) time.Time {
	for i := len(a.Steps) - 1; i >= 0; i-- {
		if a.Steps[i].State == to {
			return a.Steps[i].At
		}
	}
	return time.Time{}
}

// Unanswered tells whether AnswerWithin has passed at a time without a word from the employer, and nobody has counted that yet.
func (a *Application) Unanswered(now time.Time) bool {
	return a.State == Interested && !a.Asked && now.Sub(a.InterestedAt()) > AnswerWithin
}

// Lasting tells whether work of a kind takes a person off the market: a day's wage or a piece does not.
func (k Kind) Lasting() bool { return k == Job || k == Apprenticeship || k == Contract }

// maxApplicationText is how much may be written with an application, in characters.
const maxApplicationText = 1000

// CheckApplicationText tells whether a text may be kept with an application.
func CheckApplicationText(text string) error {
	c := &checkup{}
	c.text("text", text, maxApplicationText)
	return c.err()
}
