package node

import "rabta/matching"

// conditionsWeigh is how much of its meaning a posting loses that meets none of the conditions a search names. Assumed: a trade that fits
// goes before a condition that fits, and what is not stated may still be so.
const conditionsWeigh = 0.4

// meant gives how well a posting is what the text means: by its trade, less for the conditions named that it does not state to meet; by
// the conditions alone where no trade is meant.
func (s *searching) meant(o *matching.Opening, trades map[uint16]float64) float64 {
	named := s.understood.Conditions
	if len(named) == 0 {
		return trades[o.Trade]
	}
	met := 0.0
	for _, condition := range named {
		if meets(o, condition) {
			met += 1 / float64(len(named))
		}
	}
	if len(trades) == 0 {
		return met
	}
	return trades[o.Trade] * (1 - conditionsWeigh*(1-met))
}

// meets tells whether a posting states to meet a condition by the name that search.Understood gives it.
func meets(o *matching.Opening, condition string) bool {
	switch condition {
	case "women_only":
		return o.OpenFor(matching.Woman) && !o.OpenFor(matching.Man)
	case "from_home":
		return o.OwnHome || o.Remote
	case "remote":
		return o.Remote
	case "accommodation":
		return o.Accommodation
	case "urgent":
		return o.Urgent
	case "part_time":
		return o.PartTime
	case "daily":
		return o.KindOfWork() == matching.DailyWage
	}
	return false
}
