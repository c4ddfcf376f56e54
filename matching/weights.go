package matching

import (
	"fmt"
	"math"
	"slices"

	"rabta/internal/fault"
)

// Figure is a number of the model with where it is from. A source that begins with "assumed" is our own judgement, to be
// replaced when outcomes are known.
type Figure struct {
	Value  float64 `json:"value"`
	Source string  `json:"source"`
}

// Weights are all numbers by which a pair is judged, apart from wages. They are data: written as JSON they can be read, argued about
// and replaced, and a Model's version names them.
type Weights struct {
	Graduate GraduateWeights `json:"graduate"`
	Employer EmployerWeights `json:"employer"`
	Total    TotalWeights    `json:"total"`
	Chance   ChanceWeights   `json:"chance"`
	Skill    SkillWeights    `json:"skill"`
	Travel   TravelWeights   `json:"travel"`
	Pay      PayWeights      `json:"pay"`
	Fit      FitWeights      `json:"fit"`
	Time     TimeWeights     `json:"time"`
	Answers  AnswerWeights   `json:"answers"`
}

// GraduateWeights are the shares of the terms in what the graduate gains.
type GraduateWeights struct {
	Skill      Figure `json:"skill"`
	Travel     Figure `json:"travel"`
	Pay        Figure `json:"pay"`
	Conditions Figure `json:"conditions"`
	Timing     Figure `json:"timing"`
	Freshness  Figure `json:"freshness"`
}

// EmployerWeights are the shares of the terms in what the employer gains.
type EmployerWeights struct {
	Skill        Figure `json:"skill"`
	Experience   Figure `json:"experience"`
	Requirements Figure `json:"requirements"`
	Travel       Figure `json:"travel"`
	Timing       Figure `json:"timing"`
}

// TotalWeights are the shares of the two views, the chance of hire and the employer's answers in the combined score.
type TotalWeights struct {
	Graduate Figure `json:"graduate"`
	Employer Figure `json:"employer"`
	Chance   Figure `json:"chance"`
	Answers  Figure `json:"answers"`
}

// ChanceWeights are the shares of the terms in the modelled chance of hire. Nothing else may enter it.
type ChanceWeights struct {
	Skill        Figure `json:"skill"`
	Experience   Figure `json:"experience"`
	Requirements Figure `json:"requirements"`
}

// SkillWeights make the skill term.
type SkillWeights struct {
	Floor    Figure `json:"floor"`    // c0: what holding none of the skills asked leaves of the term
	Optional Figure `json:"optional"` // the share that preferred or optional skills add
	Untold   Figure `json:"untold"`   // the share of skills taken as held by one who has told none
}

// TravelWeights make the travel term and the cost of travel.
type TravelWeights struct {
	ByRoad    Figure              `json:"by_road"` // decay per km where no mode is told
	Modes     map[Mode]ModeFigure `json:"modes"`
	Untold    Mode                `json:"untold"`    // whose cost counts where no mode is told
	Transport Figure              `json:"transport"` // the share of what distance takes that transport provided gives back
	Claimed   Figure              `json:"claimed"`   // the share of Transport that counts on the word of an employer who is not verified
	LivingIn  Figure              `json:"living_in"`
	Reach     Figure              `json:"reach"` // metres, where neither the question nor the graduate says how far
}

// ModeFigure is one way of travelling: how fast willingness falls with distance (share per km, as exp(-k km)), what a
// km costs in rupees, and up to how many km the way is of use (0: no end).
type ModeFigure struct {
	Decay Figure `json:"decay"`
	Cost  Figure `json:"cost"`
	Range Figure `json:"range"`
}

// PayWeights make the pay term.
type PayWeights struct {
	Knots  []Knot `json:"knots"`  // rising; straight lines between, flat beyond
	Unpaid Figure `json:"unpaid"` // the share of the median taken where pay is not stated and no wage of the trade is known
	Source string `json:"source"` // of the knots

	// How much the term counts by the basis of the wages that it is held against; the rest is Prior.
	Observed Figure `json:"observed"`
	Derived  Figure `json:"derived"`
	Assumed  Figure `json:"assumed"`
	Prior    Figure `json:"prior"`
}

// trust gives how much a term counts that is held against wages of a basis. A basis that is none of the three is no better than assumed.
func (p PayWeights) trust(basis string) float64 {
	switch basis {
	case BasisObserved:
		return p.Observed.Value
	case BasisDerived:
		return p.Derived.Value
	}
	return p.Assumed.Value
}

// Knot is one corner of the pay term: at Ratio times the median pay the term is Term.
type Knot struct {
	Ratio float64 `json:"ratio"`
	Term  float64 `json:"term"`
}

// FitWeights make the experience, requirements and conditions terms.
type FitWeights struct {
	MonthsFloor    Figure `json:"months_floor"`   // what no experience leaves where some is asked
	MonthsUntold   Figure `json:"months_untold"`  // prior
	LevelStep      Figure `json:"level_step"`     // lost for each NVQF level below the one asked
	LevelUntold    Figure `json:"level_untold"`   // prior
	SchoolingStep  Figure `json:"schooling_step"` // lost for each step of schooling below the one asked
	SchoolingNone  Figure `json:"schooling_none"` // prior
	LicenceFloor   Figure `json:"licence_floor"`  // what none of the licences asked leaves
	LicenceUntold  Figure `json:"licence_untold"` // prior, where no licence is told
	ToolsNo        Figure `json:"tools_no"`       // own tools asked and not held
	ToolsUntold    Figure `json:"tools_untold"`   // prior
	NeedUnknown    Figure `json:"need_unknown"`   // a need that the posting leaves unanswered
	SmallestFactor Figure `json:"smallest"`       // what steps of level or schooling never fall below
}

// TimeWeights make the timing and freshness terms, in days.
type TimeWeights struct {
	Freshness Figure `json:"freshness"` // exp(-days/this)
	Late      Figure `json:"late"`      // exp(-days/this) for days that the person is free after the start
	Wait      Figure `json:"wait"`      // exp(-days/this) for days that the person waits for the start
	Unknown   Figure `json:"unknown"`   // prior where either date is not told
}

// AnswerWeights make the answers term: (answered + Answered) / (asked + Asked), times Unverified where the employer is not verified.
type AnswerWeights struct {
	Answered   Figure `json:"answered"`
	Asked      Figure `json:"asked"`
	Unverified Figure `json:"unverified"`
}

// Sources of defaults that stand more than once.
const (
	marinescu = "Marinescu and Rathelot, Mismatch Unemployment and the Geography of Job Search, AEJ Macroeconomics 2018: 35 % less " +
		"likely to apply at 10 miles (16.1 km); -ln(0.65)/16.1 = 0.0268"
	assumed = "assumed: our judgement until outcomes of our own are known"
)

func guess(value float64) Figure { return Figure{value, assumed} }

// DefaultWeights gives the weights that Rabta ships with.
func DefaultWeights() Weights {
	return Weights{
		Graduate: GraduateWeights{Skill: guess(0.25), Travel: guess(0.25), Pay: guess(0.20), Conditions: guess(0.15),
			Timing: guess(0.05), Freshness: guess(0.10)},
		Employer: EmployerWeights{Skill: guess(0.40), Experience: guess(0.20), Requirements: guess(0.20), Travel: guess(0.10),
			Timing: guess(0.10)},
		Total: TotalWeights{Graduate: guess(0.45), Employer: guess(0.20), Chance: guess(0.20),
			Answers: Figure{0.15, "assumed: two French trials found that neither the chance of hire nor the gain alone is the thing to rank on"}},
		Chance: ChanceWeights{Skill: guess(0.5), Experience: guess(0.25), Requirements: guess(0.25)},
		Skill: SkillWeights{
			Floor:    Figure{0.3, "assumed: a person of the trade who holds none of the skills asked can still be taught them"},
			Optional: Figure{0.1, "assumed: what is only preferred decides between people who hold all that is required"},
			Untold:   Figure{0.5, "assumed: half of the skills, until the person tells hers"},
		},
		Travel: defaultTravel(),
		Pay: PayWeights{Knots: []Knot{{0, lowestTerm}, {0.5, 0.25}, {1, 0.7}, {1.5, 1}},
			Unpaid:   Figure{0.75, "assumed: lower quartiles of trades lie near three quarters of their medians"},
			Source:   "assumed: half of the usual pay is poor, the usual pay is good, half as much again is as good as it gets",
			Observed: Figure{1, "what somebody saw paid counts in full"},
			Derived:  Figure{0.85, "assumed: a wage worked out from another place or trade is mostly right"},
			Assumed:  Figure{0.65, "assumed: a guessed wage tells high pay from low, but should not decide a match alone"},
			Prior:    Figure{0.5, "assumed: neither good nor bad"}},
		Fit: FitWeights{
			MonthsFloor: guess(0.3), MonthsUntold: guess(0.6), LevelStep: guess(0.2), LevelUntold: guess(0.6),
			SchoolingStep: guess(0.2), SchoolingNone: guess(0.6), SmallestFactor: guess(0.2),
			LicenceFloor:  Figure{0.1, "assumed: driving without the class asked is against the Provincial Motor Vehicles Ordinance 1965"},
			LicenceUntold: guess(0.4), ToolsNo: guess(0.4), ToolsUntold: guess(0.7),
			NeedUnknown: Figure{0.5, "assumed: as likely met as not"},
		},
		Time: TimeWeights{
			Freshness: Figure{45, "assumed: a posting of six weeks is a third as likely still to be open"},
			Late:      guess(30), Wait: guess(120), Unknown: guess(0.8),
		},
		Answers: AnswerWeights{Answered: guess(2), Asked: guess(3), Unverified: guess(0.95)},
	}
}

func defaultTravel() TravelWeights {
	none := Figure{0, "no end"}
	byRoad := Figure{0.0268, marinescu}
	return TravelWeights{
		ByRoad: byRoad,
		Modes: map[Mode]ModeFigure{
			Walk: {Figure{0.35, "assumed: half of people walk 2 km to work"}, Figure{0, "walking is free"},
				Figure{5, "assumed: an hour on foot"}},
			Bicycle: {Figure{0.10, "assumed: half of people cycle 7 km to work"}, Figure{0.5, "assumed: tyres and repairs"},
				Figure{15, "assumed: an hour by bicycle"}},
			Motorcycle: {byRoad, Figure{8, "assumed: petrol near 270 rupees a litre at 45 km, and upkeep"}, none},
			Bus:        {byRoad, Figure{5, "assumed: fares of 40 to 60 rupees for about 10 km"}, none},
			Rickshaw: {Figure{0.05, "assumed: dear and slow beyond a town"}, Figure{15, "assumed: between a shared seat at 10 and a hired auto at 40 rupees"},
				none},
			Car: {byRoad, Figure{28, "assumed: petrol near 270 rupees a litre at 12 km, and upkeep"}, none},
		},
		Untold: Bus,
		Transport: Figure{0.5, "assumed, in the direction of the Lahore trial of women's transport, where applications more than doubled: " +
			"half of what distance takes is given back"},
		Claimed:  Figure{0.5, "assumed: half of the vans that an unknown employer writes of come"},
		LivingIn: Figure{0.3, "assumed: living at the work, away from home, is taken as one takes about 45 km by road"},
		Reach:    Figure{25_000, "assumed: an hour by road"},
	}
}

// Check tells what stands against judging by these weights: a fault.Invalid that names the first figure that is not a number of its
// range. A Model is only as good as weights that pass.
func (w Weights) Check() error {
	for _, f := range w.figures() {
		if math.IsNaN(f.value) || f.value < f.least || f.value > f.most {
			return fault.Field(f.name, fmt.Sprintf("Send a number between %g and %g.", f.least, f.most))
		}
	}
	if _, ok := w.Travel.Modes[w.Travel.Untold]; !ok {
		return fault.Field("travel.untold", "Send a mode of travel that stands in travel.modes.")
	}
	for m := range w.Travel.Modes {
		if !slices.Contains(Modes[:], m) {
			return fault.Field("travel.modes", "Send only known modes of travel.", asStrings(Modes[:])...)
		}
	}
	return w.Pay.check()
}

func (p PayWeights) check() error {
	if len(p.Knots) == 0 {
		return fault.Field("pay.knots", "Send at least one knot.")
	}
	for i, k := range p.Knots {
		if !(k.Term >= lowestTerm && k.Term <= 1) || math.IsNaN(k.Ratio) {
			return fault.Field("pay.knots", "Send a ratio and a term between 0.01 and 1 for each knot.")
		}
		if i > 0 && (k.Ratio <= p.Knots[i-1].Ratio || k.Term < p.Knots[i-1].Term) {
			return fault.Field("pay.knots", "Send knots with rising ratios and terms that do not fall.")
		}
	}
	return nil
}
