package board

import "rabta/matching"

// skillTerm, and those below, give a term of a row of the section at hand with the posting that neither the distance nor the pay enters. The
// people of a trade offer much the same: what was worked out for one mostly holds for others.
func (f *candidateFinder) skillTerm(trade uint16, list uint32) float64 {
	f.seeker.Skills, _ = f.rows.lists.of(list)
	share := matching.SkillShare(f.seeker.Skills, f.opening)
	of := f.fits.entry | uint64(share)
	at := &f.fits.skills[(share>>12|share)%uint32(len(f.fits.skills))]
	if at.of != of {
		f.seeker.Trade = trade
		*at = fit{of, f.m.SkillTerm(&f.seeker, f.opening)}
	}
	return at.ln
}

func (f *candidateFinder) experienceTerm(o *offer) float64 {
	if f.opening.Months == 0 && f.opening.Level == 0 {
		return 0
	}
	of := f.fits.entry | uint64(uint16(o.months))<<8 | uint64(o.level)
	at := &f.fits.experience[(uint32(uint16(o.months))*7+uint32(o.level))%uint32(len(f.fits.experience))]
	if at.of != of {
		f.seeker.Trade, f.seeker.Months, f.seeker.Level = o.trade, o.months, o.level
		*at = fit{of, f.m.ExperienceTerm(&f.seeker, f.opening)}
	}
	return at.ln
}

func (f *candidateFinder) hurdleTerm(o *offer) float64 {
	if f.opening.Schooling == 0 && f.opening.Licences == 0 && !f.opening.AsksTools {
		return 0
	}
	of := f.fits.entry | uint64(o.schooling)<<16 | uint64(o.licences)<<8 | uint64(o.ownTools)
	at := &f.fits.hurdles[(uint32(o.schooling)*2+uint32(o.licences)*16+uint32(o.ownTools)*5)%uint32(len(f.fits.hurdles))]
	if at.of != of {
		f.seeker.Schooling, f.seeker.Licences, f.seeker.OwnTools = o.schooling, o.licences, o.ownTools
		*at = fit{of, f.m.RequirementsTerm(&f.seeker, f.opening)}
	}
	return at.ln
}
