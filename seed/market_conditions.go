package seed

import (
	"slices"

	"rabta/matching"
)

// told is how often a condition is answered with yes and with no; the rest is unknown.
type told struct{ yes, no float64 }

// conditions draws what a posting says of the conditions of work. Most of it is left unsaid, as in adverts.
func (m *Market) conditions(d *draw, p *matching.Posting, women float64, sector string, household bool) matching.Conditions {
	conditions := make(matching.Conditions)
	posted := p.Posted
	for _, name := range matching.ConditionNames {
		t := tellsOf(name, women, sector, household)
		if p.Workplace == matching.Remote || p.Workplace == matching.OwnHome {
			t = toldAtHome(name)
		}
		answer := matching.Answer("")
		switch at := d.Float64(); {
		case at < t.yes:
			answer = matching.Yes
		case at < t.yes+t.no:
			answer = matching.No
		case at < t.yes+t.no+0.02:
			answer = matching.Unknown // asked for, and not known
		}
		if p.OpenTo == matching.OpenToMen && (name == matching.CondWomenColleagues || name == matching.CondSeparateToilet) && answer == matching.Yes {
			answer = matching.No
		}
		if name == matching.CondDayHours && (p.Shift == "night" || p.Shift == "rotating" || p.Shift == "evening") && answer == matching.Yes {
			answer = matching.No
		}
		if answer != "" {
			by := pick(d, []string{"employer", "employer", "employer", "employer", "employer", "employer", "officer", "worker"})
			conditions[name] = matching.Condition{Answer: answer, By: by, At: &posted}
		}
	}
	// Whoever is fetched from the door is fetched.
	if conditions.Of(matching.CondDoorTransport) == matching.Yes {
		conditions[matching.CondTransport] = conditions[matching.CondDoorTransport]
	}
	return conditions
}

func toldAtHome(name matching.ConditionName) told {
	switch name {
	case matching.CondDayHours:
		return told{0.3, 0.1}
	case matching.CondTools:
		return told{0.3, 0.4}
	}
	return told{}
}

// tellsOf gives how often a condition is answered; assumed.
func tellsOf(name matching.ConditionName, women float64, sector string, household bool) told {
	in := func(sectors ...string) bool { return slices.Contains(sectors, sector) }
	switch name {
	case matching.CondTransport:
		if in("factory", "garments", "education", "it", "office") {
			return told{0.22, 0.25}
		}
		return told{0.10, 0.25}
	case matching.CondDoorTransport:
		return told{0.02 + 0.08*women, 0.20}
	case matching.CondWomenColleagues:
		if household {
			return told{} // a home where one works alone
		}
		return told{0.05 + 0.6*women, 0.30 * (1 - women)}
	case matching.CondSeparateToilet:
		if household {
			return told{}
		}
		return told{0.10 + 0.45*women, 0.25 * (1 - women)}
	case matching.CondDayHours:
		if in("security", "hospitality", "transport") {
			return told{0.15, 0.30}
		}
		return told{0.45, 0.10}
	case matching.CondComplaintCommittee:
		if in("it", "office", "education", "health", "garments") && !household {
			return told{0.18, 0.20}
		}
		return told{0.02, 0.25}
	case matching.CondAccommodation:
		if in("hospitality", "farm", "construction", "factory", "food", "domestic", "security") {
			return told{0.22, 0.35}
		}
		return told{0.05, 0.40}
	case matching.CondMeals:
		if in("hospitality", "food", "domestic", "farm", "construction") {
			return told{0.45, 0.20}
		}
		return told{0.15, 0.35}
	case matching.CondTools:
		return told{0.35, 0.25}
	case matching.CondInjuryCover:
		return told{0.10, 0.25}
	case matching.CondStepFree:
		return told{0.06, 0.20}
	}
	return told{}
}
