package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"rabta/matching"
)

// side gives the SQL expression of each field of one side of a pair: a column, or a parameter of the question.
type side func(field string) string

// columns reads the fields of a row of a table.
func columns(table string) side { return func(field string) string { return table + "." + field } }

// judge writes matching's score in SQL: for a person s and a posting o, metres apart, of related trades (rel, ln_rel). It is the same
// score from the same columns, worked out by PostgreSQL in float8, and the same hard constraints.
type judge struct {
	w    matching.Weights
	s, o side
}

// f writes a number so that PostgreSQL reads the very same float8.
func f(x float64) string { return fmt.Sprintf("%v::float8", x) }

var lnLowest = math.Log(0.01)

// clamp holds the logarithm of a term between that of 0.01 and 0.
func clamp(ln string) string { return fmt.Sprintf("greatest(%s, least(0, %s))", f(lnLowest), ln) }

// onBits counts the bits of a mask.
func onBits(mask string) string { return "bit_count((" + mask + ")::int4::bit(8))" }

// cheap are the hard constraints that need no distance; $now is the time asked of.
func (j judge) cheap(now string) string {
	return strings.NewReplacer("$now", now).Replace(fill(j, `{o.posted} <= $now and {o.expires} > $now and ({s.kinds} & {o.kind}) <> 0
 and ({o.open_to} & (1 << {s.gender})) <> 0 and ({s.needs} & {o.need_no}) = 0 and (not {s.confirmed} or ({s.needs} & ~{o.need_yes}) = 0)`))
}

// fill puts the expressions of both sides into a text: {s.field} and {o.field}.
func fill(j judge, text string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		who, field, _ := strings.Cut(name, ".")
		if who == "s" {
			b.WriteString(j.s(field))
		} else {
			b.WriteString(j.o(field))
		}
		text = after
	}
}

// lives tells whether the person would live at the work.
func (j judge) lives() string { return fill(j, "({s.lives_in} and {o.living})") }

// cost is what travel takes from a month's pay, in rupees.
func (j judge) cost(metres string) string {
	return fmt.Sprintf("case when %s then 0 else %d * 2 * (%s / 1000) * %s end", fill(j, "{o.remote} or {o.own_home} or {o.transport} or "+j.lives()),
		matching.DaysPerMonth, metres, j.byBand(metres, "cost"))
}

// byBand reads what travel takes at a distance: up to two bands with an end, and one without.
func (j judge) byBand(metres, what string) string {
	return fill(j, fmt.Sprintf("case when %[1]s <= {s.up1} then {s.%[2]s1} when %[1]s <= {s.up2} then {s.%[2]s2} else {s.%[2]s3} end", metres, what))
}

// pays is the hard constraint of the lowest pay, after the cost of travel.
func (j judge) pays(cost string) string {
	return fill(j, fmt.Sprintf("not ({s.lowest} > 0 and {o.monthly} > 0 and {o.monthly} - (%s) < {s.lowest})", cost))
}

// terms are the logarithms of the terms of the score, as columns of a query whose from clause has metres, cost, rel and ln_rel.
func (j judge) terms() string {
	return strings.Join([]string{j.skill() + " as t_skill", j.travel() + " as t_travel", j.pay() + " as t_pay", j.conditions() + " as t_conditions",
		j.timing() + " as t_timing", j.freshness() + " as t_freshness", j.experience() + " as t_experience", j.requirements() + " as t_requirements",
		fill(j, "{o.ln_answers} as t_answers")}, ",\n ")
}

func (j judge) skill() string {
	w := j.w.Skill
	share := fill(j, fmt.Sprintf(`case when {o.n_required} = 0 then 1 when {s.n_skills} = 0 then least(%s, 1.0::float8 / {o.n_required})
  else icount({o.required} & {s.skills})::float8 / {o.n_required} end`, f(w.Untold.Value)))
	further := fill(j, "case when {o.n_preferred} = 0 then 1 else icount({o.preferred} & {s.skills})::float8 / {o.n_preferred} end")
	c0, b := w.Floor.Value, w.Optional.Value
	return clamp(fmt.Sprintf("ln_rel + ln(%s * (%s + %s * (%s)) + %s * (%s))", f(1-b), f(c0), f(1-c0), share, f(b), further))
}

func (j judge) travel() string {
	w := j.w.Travel
	ln := fmt.Sprintf("-(%s) * (metres / 1000)", j.byBand("metres", "decay"))
	lift := fill(j, fmt.Sprintf("%s * case when {o.vouched} then 1 else %s end", f(w.Transport.Value), f(w.Claimed.Value)))
	lifted := fmt.Sprintf("ln(exp(%[1]s) + (%[2]s) * (1 - exp(%[1]s)))", ln, lift)
	road := fill(j, fmt.Sprintf("case when {o.transport} then %s else %s end", lifted, ln))
	return fill(j, fmt.Sprintf("case when {o.remote} or {o.own_home} then 0 when %s then %s else %s end", j.lives(),
		clamp("greatest("+f(math.Log(w.LivingIn.Value))+", "+road+")"), clamp(road)))
}

func (j judge) pay() string {
	w := j.w.Pay
	ratio := fill(j, "(case when {o.monthly} = 0 then {o.p25} else {o.monthly} end - cost) / {o.p50}")
	knots := w.Knots
	last := knots[len(knots)-1]
	var line strings.Builder
	fmt.Fprintf(&line, "case when ratio >= %s then %s", f(last.Ratio), f(last.Term))
	for i := len(knots) - 2; i >= 0; i-- {
		a, b := knots[i], knots[i+1]
		fmt.Fprintf(&line, " when ratio >= %s then least(%s, %s + %s * ((ratio - %s) / %s))", f(a.Ratio), f(b.Term), f(a.Term), f(b.Term-a.Term),
			f(a.Ratio), f(b.Ratio-a.Ratio))
	}
	fmt.Fprintf(&line, " else %s end", f(knots[0].Term))
	term := strings.ReplaceAll(line.String(), "ratio", "("+ratio+")")
	return clamp(fill(j, fmt.Sprintf("ln({o.trust} * (%s) + (1 - {o.trust}) * %s)", term, f(w.Prior.Value))))
}

func (j judge) conditions() string {
	return fill(j, fmt.Sprintf("case when {s.needs} = 0 then 0 else %s end",
		clamp(fmt.Sprintf("(%s * %s + %s * %s) / %s", onBits("{s.needs} & ~({o.need_yes} | {o.need_no})"), f(math.Log(j.w.Fit.NeedUnknown.Value)),
			onBits("{s.needs} & {o.need_no}"), f(lnLowest), onBits("{s.needs}")))))
}

func (j judge) timing() string {
	w := j.w.Time
	return fill(j, fmt.Sprintf("case when {s.free} is null or {o.starts} is null then %s else %s end", f(math.Log(w.Unknown.Value)),
		clamp(fmt.Sprintf(`-greatest(0, greatest({s.free}, {o.today}) - greatest({o.starts}, {o.today}))::float8 / %s
 - greatest(0, greatest({o.starts}, {o.today}) - greatest({s.free}, {o.today}))::float8 / %s`, f(w.Late.Value), f(w.Wait.Value)))))
}

func (j judge) freshness() string {
	return clamp(fill(j, fmt.Sprintf("-greatest(0, {o.today} - {o.posted_day})::float8 / %s", f(j.w.Time.Freshness.Value))))
}

func (j judge) experience() string {
	w := j.w.Fit
	e0 := w.MonthsFloor.Value
	held := fill(j, fmt.Sprintf("case when {s.months} < 0 then %s when {s.months} < {o.months} then %s + %s * {s.months} / {o.months} else 1 end",
		f(w.MonthsUntold.Value), f(e0), f(1-e0)))
	months := fill(j, fmt.Sprintf("case when {o.months} = 0 then 1 else %[1]s + ((%[2]s) - %[1]s) * rel end", f(e0), held))
	level := "case when {o.level} = 0 then 1 else " + step("level", w.LevelUntold, w.LevelStep, w.SmallestFactor) + " end"
	return fill(j, fmt.Sprintf("case when {o.months} = 0 and {o.level} = 0 then 0 else %s end", clamp(fmt.Sprintf("ln((%s) * (%s)) / 2", months, level))))
}

// step is the factor of a rank held against the rank asked.
func step(field string, untold, lost, smallest matching.Figure) string {
	return fmt.Sprintf("case when {s.%[1]s} = 0 then %[2]s when {s.%[1]s} >= {o.%[1]s} then 1 else greatest(%[3]s, 1 - %[4]s * ({o.%[1]s} - {s.%[1]s})) end",
		field, f(untold.Value), f(smallest.Value), f(lost.Value))
}

func (j judge) requirements() string {
	w := j.w.Fit
	schooling := "case when {o.schooling} <= 1 then 1 else " + step("schooling", w.SchoolingNone, w.SchoolingStep, w.SmallestFactor) + " end"
	l0 := w.LicenceFloor.Value
	licences := fmt.Sprintf("case when {o.licences} = 0 then 1 when {s.licences} = 0 then %s else %s + %s * (%s::float8 / %s) end", f(w.LicenceUntold.Value),
		f(l0), f(1-l0), onBits("{s.licences} & {o.licences}"), onBits("{o.licences}"))
	tools := fmt.Sprintf("case when not {o.asks_tools} or {s.tools} = 1 then 1 when {s.tools} = 2 then %s else %s end", f(w.ToolsNo.Value), f(w.ToolsUntold.Value))
	return fill(j, fmt.Sprintf("case when {o.schooling} = 0 and {o.licences} = 0 and not {o.asks_tools} then 0 else %s end",
		clamp(fmt.Sprintf("ln((%s) * (%s) * (%s))", schooling, licences, tools))))
}

// total makes the score from the columns of terms: the weighted geometric mean, rounded to a thousandth of a millionth.
func (j judge) total() string {
	w := j.w
	sum := func(of []matching.Figure) (s float64) {
		for _, x := range of {
			s += x.Value
		}
		return s
	}
	g, e, c, t := w.Graduate, w.Employer, w.Chance, w.Total
	gs := sum([]matching.Figure{g.Skill, g.Travel, g.Pay, g.Conditions, g.Timing, g.Freshness})
	es := sum([]matching.Figure{e.Skill, e.Experience, e.Requirements, e.Travel, e.Timing})
	cs := sum([]matching.Figure{c.Skill, c.Experience, c.Requirements})
	ts := sum([]matching.Figure{t.Graduate, t.Employer, t.Chance, t.Answers})
	graduate := fmt.Sprintf("(%s*t_skill + %s*t_travel + %s*t_pay + %s*t_conditions + %s*t_timing + %s*t_freshness)", f(g.Skill.Value/gs), f(g.Travel.Value/gs),
		f(g.Pay.Value/gs), f(g.Conditions.Value/gs), f(g.Timing.Value/gs), f(g.Freshness.Value/gs))
	employer := fmt.Sprintf("(%s*t_skill + %s*t_experience + %s*t_requirements + %s*t_travel + %s*t_timing)", f(e.Skill.Value/es), f(e.Experience.Value/es),
		f(e.Requirements.Value/es), f(e.Travel.Value/es), f(e.Timing.Value/es))
	chance := fmt.Sprintf("greatest(%s, %s*t_skill + %s*t_experience + %s*t_requirements)", f(lnLowest), f(c.Skill.Value/cs), f(c.Experience.Value/cs),
		f(c.Requirements.Value/cs))
	return fmt.Sprintf("round(exp(%s*%s + %s*%s + %s*%s + %s*t_answers) * 1e9) / 1e9", f(t.Graduate.Value/ts), graduate, f(t.Employer.Value/ts), employer,
		f(t.Chance.Value/ts), chance, f(t.Answers.Value/ts))
}

// bands are what travel takes by distance for the modes of a mask: decay and cost up to two ends and beyond, by the definition in
// matching.TravelWeights.
type bands struct{ up, decay, cost [3]float64 }

func bandsOf(w matching.TravelWeights, mask uint8) bands {
	type mode struct{ end, decay, cost float64 }
	var modes []mode
	for i, name := range matching.Modes {
		if m, ok := w.Modes[name]; ok && mask&(1<<i) != 0 {
			end := m.Range.Value * 1000
			if end == 0 {
				end = math.Inf(1)
			}
			modes = append(modes, mode{end, m.Decay.Value, m.Cost.Value})
		}
	}
	if len(modes) == 0 {
		modes = []mode{{math.Inf(1), w.ByRoad.Value, w.Modes[w.Untold].Cost.Value}}
	}
	slices.SortFunc(modes, func(a, b mode) int { return cmp.Compare(a.end, b.end) })
	var out bands
	for i, end := range [...]float64{5_000, 15_000, math.Inf(1)} { // the ends that the default weights have
		out.up[i] = end
		out.decay[i], out.cost[i] = modes[len(modes)-1].decay, modes[len(modes)-1].cost
		for _, m := range modes {
			if m.end >= end {
				out.decay[i], out.cost[i] = min(out.decay[i], m.decay), min(out.cost[i], m.cost)
			}
		}
	}
	return out
}
