package main

import (
	"math"
	"strings"

	"rabta/geo"
	"rabta/matching"
	"rabta/matching/board"
)

// around adds where is asked from, and how far.
func (m *market) around(p parameters, at geo.Point, metres float64) {
	west, south, east, north := box(at, metres)
	for name, value := range map[string]float64{"west": west, "south": south, "east": east, "north": north, "r": metres, "lon": at.Lon, "lat": at.Lat,
		"rlon": radians(at.Lon), "rlat": radians(at.Lat), "coslat": math.Cos(radians(at.Lat))} {
		p[name] = parameter{"float8", value}
	}
}

// common adds what every question by score has: when it is asked, how many of the best are wanted, and the trades that are related to one.
func (m *market) common(p parameters, trade uint16, limit int) {
	var trades []int16
	var rels, lns []float64
	for _, r := range m.model.Catalogue.Related(trade) {
		trades, rels, lns = append(trades, int16(r.Number)), append(rels, r.Relatedness), append(lns, math.Log(r.Relatedness))
	}
	p["trades"], p["rels"], p["rel_lns"] = parameter{"int2[]", trades}, parameter{"float8[]", rels}, parameter{"float8[]", lns}
	p["now"], p["today"] = parameter{"int4", m.now.Unix()}, parameter{"int4", matching.Day(m.now)}
	p["most"] = parameter{"int4", nil}
	if limit >= 0 {
		p["most"] = parameter{"int4", limit}
	}
}

// matchQuestion asks for the postings for one person.
func (m *market) matchQuestion(s *matching.Seeker, within float64, limit int) parameters {
	p := parameters{}
	row := m.graduateRow(0, *s)
	ofRow(p, graduates, &row)
	m.common(p, s.Trade, limit)
	m.around(p, s.Home, within)
	return p
}

// graduateRow is a row of the peer's table of graduates.
func (m *market) graduateRow(n int, s matching.Seeker) graduateRow {
	return graduateRow{n, board.Graduate{Seeker: s, Coarse: geo.Coarse(s.Home)}, bandsOf(m.model.Weights.Travel, s.Modes), m.model.MatchReach(&s, 0)}
}

// today reads the day asked of from the question and all else from a row.
func today(row side) side {
	return func(field string) string {
		if field == "today" {
			return asked(field)
		}
		return row(field)
	}
}

// related joins the rows of the trades asked for, as r.
const related = "unnest(#trades, #rel_lns, #rels) as r(trade, ln_rel, rel) join "

// matchSQL asks for the postings of one person's trade and those related to it, within the radius, remote, and, for who lives in, with
// accommodation anywhere: number, score and metres of the best, and how many there are.
func (m *market) matchSQL(way plan, livesIn bool) string {
	rows := judge{m.model.Weights, asked, today(columns("p"))}
	cheap := rows.cheap("#now")
	from := func(where, after string) string {
		return "select * from (select p.*, r.ln_rel, r.rel, " + way.dist("p") + " as metres from " + related + "postings p on " + where + " and not p.remote and " + cheap +
			" offset 0) y where " + after
	}
	branches := []string{
		from(way.trade+" and "+way.near, "metres <= #r"),
		"select p.*, r.ln_rel, r.rel, 0 as metres from " + related + "postings p on p.trade = r.trade and p.remote and " + cheap,
	}
	if livesIn {
		branches = append(branches, from("p.trade = r.trade and p.living", "metres > #r"))
	}
	return ranked(judge{m.model.Weights, asked, today(columns("x"))}, judge{m.model.Weights, asked, today(columns("y"))}, strings.Join(branches, " union all "),
		"select n, score, metres, count(*) over () as total from (%s) w order by score desc, metres, n limit #most")
}

// ranked scores the rows of a subquery that has metres, rel and ln_rel: x and y are the pair in the two subqueries that follow on it.
func ranked(x, y judge, rows, last string) string {
	costed := "select y.*, " + y.cost("metres") + " as cost from (" + rows + ") y offset 0"
	termed := "select n, trade, metres, " + x.terms() + " from (" + costed + ") x where " + x.pays("cost") + " offset 0"
	return strings.Replace(last, "%s", "select n, trade, metres, "+x.total()+" as score from ("+termed+") z", 1)
}

// candidateQuestion asks for the people for one posting.
func (m *market) candidateQuestion(o *matching.Opening, within float64, limit int) parameters {
	p := parameters{}
	row := m.postingRow(0, *o)
	ofRow(p, postings, &row)
	m.common(p, o.Trade, limit)
	m.around(p, o.At, within)
	return p
}

// postingRow is a row of the peer's table of postings.
func (m *market) postingRow(n int, o matching.Opening) postingRow {
	province := m.model.Wages.Province(o.Province)
	if o.Remote {
		province = ""
	}
	wage, _ := m.model.Wages.Wage(m.model.Catalogue.At(o.Trade).Slug, province)
	w := m.model.Weights.Pay
	trust := map[string]matching.Figure{matching.BasisObserved: w.Observed, matching.BasisDerived: w.Derived, matching.BasisAssumed: w.Assumed}[wage.Basis]
	return postingRow{n, o, wage, trust.Value}
}

// candidateSQL asks for the people who would come to a posting, each once by the best of her trades. Distances are whole kilometres, as
// everywhere where an employer asks.
func (m *market) candidateSQL(way plan, living bool) string {
	rows := judge{m.model.Weights, columns("p"), asked}
	cheap := rows.cheap("#now")
	from := func(where, after string) string {
		return "select * from (select p.*, r.ln_rel, r.rel, ceil(" + way.dist("p") + " / 1000) * 1000 as metres from " + related + "graduates p on " + where + " and " + cheap +
			" offset 0) y where " + after
	}
	const comes = "metres <= least(#r, reach)"
	branches := from(way.trade+" and "+way.near, comes)
	if living {
		branches += " union all " + from("p.trade = r.trade and p.lives_in", "not ("+comes+")")
	}
	return ranked(judge{m.model.Weights, columns("x"), asked}, judge{m.model.Weights, columns("y"), asked}, branches,
		"select n, score, metres, count(*) over () as total from (select distinct on (n) n, score, metres from (%s) v order by n, score desc, trade) w order by score desc, metres, n limit #most")
}
