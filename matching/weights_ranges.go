package matching

// ranged is one figure with the range it must lie in.
type ranged struct {
	name        string
	value       float64
	least, most float64
}

// figures lists every figure of the weights with its range, in the order of the struct.
func (w Weights) figures() []ranged {
	const far = 1e9
	share := func(name string, f Figure) ranged { return ranged{name, f.Value, lowestTerm, 1} }
	weight := func(name string, f Figure) ranged { return ranged{name, f.Value, 1e-6, far} }
	zero := func(name string, f Figure, most float64) ranged { return ranged{name, f.Value, 0, most} }
	all := []ranged{
		weight("graduate.skill", w.Graduate.Skill), weight("graduate.travel", w.Graduate.Travel),
		weight("graduate.pay", w.Graduate.Pay), weight("graduate.conditions", w.Graduate.Conditions),
		weight("graduate.timing", w.Graduate.Timing), weight("graduate.freshness", w.Graduate.Freshness),
		weight("employer.skill", w.Employer.Skill), weight("employer.experience", w.Employer.Experience),
		weight("employer.requirements", w.Employer.Requirements), weight("employer.travel", w.Employer.Travel),
		weight("employer.timing", w.Employer.Timing),
		weight("total.graduate", w.Total.Graduate), weight("total.employer", w.Total.Employer),
		weight("total.chance", w.Total.Chance), weight("total.answers", w.Total.Answers),
		weight("chance.skill", w.Chance.Skill), weight("chance.experience", w.Chance.Experience),
		weight("chance.requirements", w.Chance.Requirements),
		share("skill.floor", w.Skill.Floor), zero("skill.optional", w.Skill.Optional, 0.5), zero("skill.untold", w.Skill.Untold, 1),
		zero("travel.by_road", w.Travel.ByRoad, 100), zero("travel.transport", w.Travel.Transport, 1),
		zero("travel.claimed", w.Travel.Claimed, 1),
		share("travel.living_in", w.Travel.LivingIn), weight("travel.reach", w.Travel.Reach),
		share("pay.unpaid", w.Pay.Unpaid), zero("pay.observed", w.Pay.Observed, 1), zero("pay.derived", w.Pay.Derived, 1),
		zero("pay.assumed", w.Pay.Assumed, 1), share("pay.prior", w.Pay.Prior),
		share("fit.months_floor", w.Fit.MonthsFloor), share("fit.months_untold", w.Fit.MonthsUntold),
		share("fit.level_step", w.Fit.LevelStep), share("fit.level_untold", w.Fit.LevelUntold),
		share("fit.schooling_step", w.Fit.SchoolingStep), share("fit.schooling_none", w.Fit.SchoolingNone),
		share("fit.licence_floor", w.Fit.LicenceFloor), share("fit.licence_untold", w.Fit.LicenceUntold),
		share("fit.tools_no", w.Fit.ToolsNo), share("fit.tools_untold", w.Fit.ToolsUntold),
		share("fit.need_unknown", w.Fit.NeedUnknown), share("fit.smallest", w.Fit.SmallestFactor),
		weight("time.freshness", w.Time.Freshness), weight("time.late", w.Time.Late), weight("time.wait", w.Time.Wait),
		share("time.unknown", w.Time.Unknown),
		zero("answers.answered", w.Answers.Answered, far), weight("answers.asked", w.Answers.Asked),
		share("answers.unverified", w.Answers.Unverified),
	}
	for _, m := range Modes {
		if f, ok := w.Travel.Modes[m]; ok {
			name := "travel.modes." + string(m)
			all = append(all, zero(name+".decay", f.Decay, 100), zero(name+".cost", f.Cost, 10_000), zero(name+".range", f.Range, far))
		}
	}
	return all
}
