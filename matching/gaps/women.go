package gaps

// WomenRows are the figures of women. Sexes are counted for all trades together, and only where there are Threshold women and as
// many others: so each figure says of which place and group it is. It is of the row's own place where that has enough, else of the
// nearest larger unit, so that a small group rolls up and women are not left blank.
type WomenRows struct {
	Searching   *WomenShare `json:"searching"`
	Matched     *WomenShare `json:"matched"`
	Interviewed *WomenShare `json:"interviewed"`
	Hired       *WomenShare `json:"hired"`
	Lost        *WomenLoss  `json:"lost_access"`
}

// WomenShare is the share of women among people of a stage.
type WomenShare struct {
	Share float64 `json:"share"`
	Women int64   `json:"women"`
	Of    int64   `json:"of"`
	Group string  `json:"trade"`
	Level Level   `json:"level"`
	Place string  `json:"place"`
}

// WomenLoss is how much of the access that women would have, were nothing in their way, they do not have, and how that loss is divided
// among what is in the way. The parts add up to Lost.
type WomenLoss struct {
	Full       float64 `json:"full"` // vacancies a woman that they would have were nothing in their way
	Lost       float64 `json:"lost"` // share of their full access, 0 to 1
	Distance   float64 `json:"distance"`
	Transport  float64 `json:"transport"`
	Conditions float64 `json:"conditions"`
	Group      string  `json:"trade"`
	Level      Level   `json:"level"`
	Place      string  `json:"place"`
}

// upward lists a level and the units above it, the smallest first.
func upward(level Level) []Level {
	units := []Level{Tehsil, District, Division, Province, Country}
	for i, u := range units {
		if u == level {
			return units[i:]
		}
	}
	return append([]Level{level}, units...)
}

// women fills the figures of women for a region.
func (p *Publication) women(level Level, r *region) WomenRows {
	var w WomenRows
	w.Searching = p.womenShare(bySearchSex, level, r)
	w.Matched = p.womenShare(byMatchSex, level, r)
	w.Interviewed = p.womenShare(byInterviewSex, level, r)
	w.Hired = p.womenShare(byHireSex, level, r)
	if s := w.Searching; s != nil {
		w.Lost = lossOf(p.all[s.Level][s.Place], s)
	}
	return w
}

// womenShare gives the share in the smallest place around a region in which it may be known.
func (p *Publication) womenShare(pop population, level Level, r *region) *WomenShare {
	all, ofWomen := pop.of()
	for _, l := range upward(level) {
		place := r.place
		if l != level {
			place = l.name(r.first, r.area)
		}
		t := p.all[l][place]
		if t == nil || !p.may(pop, 0, l, place) {
			continue
		}
		return &WomenShare{Share: float64(t[ofWomen]) / float64(t[all]), Women: t[ofWomen], Of: t[all], Group: AllTrades, Level: l, Place: place}
	}
	return nil
}

// lossOf divides the lost access of the women of a place; nil when there is no work that they could have had.
func lossOf(t *tally, s *WomenShare) *WomenLoss {
	if t[womenFull] == 0 {
		return nil
	}
	full := fraction(t[womenFull]) * lossOne / 6 / float64(s.Women)
	lost := coarseRatio(1-float64(t[womenUsable])/float64(t[womenFull]), s.Women)
	parts := apportion(lost, s.Women, float64(t[lostFar]), float64(t[lostRide]), float64(t[lostTerms]))
	return &WomenLoss{Full: coarse(full, s.Women), Lost: lost, Distance: parts[0], Transport: parts[1], Conditions: parts[2],
		Group: s.Group, Level: s.Level, Place: s.Place}
}
