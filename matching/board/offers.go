package board

import "rabta/matching"

// knownOf gives the terms of a row of the section at hand with the posting that neither the distance nor the pay enters. The people of a trade
// offer much the same: what was worked out for one mostly holds for others.
func (f *candidateFinder) knownOf(n int, o *offer) matching.Known {
	return matching.Known{Skill: f.skillTerm(n, o), Experience: f.experienceTerm(n, o), Requirements: f.hurdleTerm(n, o),
		Timing: f.judging.TimingTerm(o.availableFrom, f.opening.Starts), Conditions: f.judging.ConditionsTerm(o.wish.Needs, f.ask)}
}

func (f *candidateFinder) skillTerm(n int, o *offer) float64 {
	of := f.fits.entry | uint64(o.list)
	at := &f.fits.skills[o.list%uint32(len(f.fits.skills))]
	if at.of != of {
		f.rows.judged(n, &f.seeker)
		*at = fit{of, f.m.SkillTerm(&f.seeker, f.opening)}
	}
	return at.ln
}

func (f *candidateFinder) experienceTerm(n int, o *offer) float64 {
	if f.opening.Months == 0 && f.opening.Level == 0 {
		return 0
	}
	of := f.fits.entry | uint64(uint16(o.months))<<8 | uint64(o.level)
	at := &f.fits.experience[(uint32(uint16(o.months))*7+uint32(o.level))%uint32(len(f.fits.experience))]
	if at.of != of {
		f.rows.judged(n, &f.seeker)
		*at = fit{of, f.m.ExperienceTerm(&f.seeker, f.opening)}
	}
	return at.ln
}

func (f *candidateFinder) hurdleTerm(n int, o *offer) float64 {
	if f.opening.Schooling == 0 && f.opening.Licences == 0 && !f.opening.AsksTools {
		return 0
	}
	of := f.fits.entry | uint64(o.schooling)<<16 | uint64(o.licences)<<8 | uint64(o.ownTools)
	at := &f.fits.hurdles[(uint32(o.schooling)*2+uint32(o.licences)*16+uint32(o.ownTools)*5)%uint32(len(f.fits.hurdles))]
	if at.of != of {
		f.rows.judged(n, &f.seeker)
		*at = fit{of, f.m.RequirementsTerm(&f.seeker, f.opening)}
	}
	return at.ln
}
