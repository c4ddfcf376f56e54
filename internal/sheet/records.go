package sheet

import (
	"strings"
	"time"

	"rabta/geo"
	"rabta/matching"
)

// GraduateHeadings are the columns of graduates; personal ones follow where they are asked for.
func GraduateHeadings(personal bool) []string {
	h := strings.Fields("id source external_id institute status gender birth_decade trade other_trades skills level months schooling licences home_lat home_lon " +
		"travel_metres travel_modes kinds lowest_pay pay_unit available_from needs certificates consent_matching consent_officer created updated")
	if personal {
		h = append(h, strings.Fields("name phone whose_phone safe_hours reach cnic address")...)
	}
	return h
}

// GraduateCells are a graduate's cells under GraduateHeadings. Her home is the centre of its cell, as everywhere.
func GraduateCells(g *matching.Graduate, personal *matching.Personal) []any {
	var main matching.TradeHeld
	var others []string
	for i, t := range g.Trades {
		if i == 0 {
			main = t
		} else {
			others = append(others, t.Trade)
		}
	}
	var months, lowest any
	if main.Months != nil {
		months = *main.Months
	}
	unit := ""
	if g.LowestPay != nil {
		lowest, unit = int64(g.LowestPay.Amount), string(g.LowestPay.Unit)
	}
	cells := []any{string(g.ID), g.Source, g.ExternalID, string(g.Institute), string(g.Status), string(g.Gender), orNil(g.BirthDecade), main.Trade,
		list(others), list(main.Skills), orNil(main.Level), months, g.Schooling, list(g.Licences), g.Home.Lat, g.Home.Lon,
		orNil(g.Travel.MaxMetres), list(g.Travel.Modes), list(g.Kinds), lowest, unit, date(g.AvailableFrom), list(g.Needs), len(g.Certificates),
		g.Consent.Matching, g.Consent.Officer, moment(g.Created), moment(g.Updated)}
	if personal != nil {
		cells = append(cells, personal.Name, personal.Phone, personal.Whose, personal.SafeHours, personal.Reach, personal.CNIC, personal.Address)
	}
	return cells
}

// GraduateRecord is a graduate with what is personal of her.
type GraduateRecord struct {
	*matching.Graduate
	Personal *matching.Personal `json:"personal,omitempty"`
}

// PostingHeadings are the columns of postings.
func PostingHeadings() []string {
	return strings.Fields("id source external_id employer status kind workplace trade title description required preferred level months vacancies " +
		"pay_from pay_to pay_unit lat lon place province schooling licences starts duration_days hours_per_week shift season open_to urgent part_time " +
		"conditions posted expires created updated")
}

// PostingCells are a posting's cells under PostingHeadings.
func PostingCells(p *matching.Posting) []any {
	var from, to any
	unit := ""
	if p.Pay != nil {
		from, to, unit = int64(p.Pay.From), int64(p.Pay.To), string(p.Pay.Unit)
	}
	lat, lon := point(p.Location)
	var said []string
	for _, name := range matching.ConditionNames {
		if c, ok := p.Conditions[name]; ok {
			said = append(said, string(name)+"="+string(c.Answer))
		}
	}
	return []any{string(p.ID), p.Source, p.ExternalID, string(p.Employer), string(p.Status), string(p.Kind), string(p.Workplace), p.Trade, p.Title, p.Description,
		list(p.Required), list(p.Preferred), orNil(p.Level), orNil(p.Months), p.Vacancies, from, to, unit, lat, lon, p.Place, p.Province,
		p.Schooling, list(p.Licences), date(p.Starts), orNil(p.DurationDays), orNil(p.HoursPerWeek), p.Shift, p.Season, string(p.OpenTo),
		p.Urgent, p.PartTime, list(said), moment(p.Posted), moment(p.Expires), moment(p.Created), moment(p.Updated)}
}

// EmployerHeadings are the columns of employers; how they are reached is not among them.
func EmployerHeadings() []string {
	return strings.Fields("id source external_id name kind lat lon place verified asked answered created updated")
}

// EmployerCells are an employer's cells under EmployerHeadings.
func EmployerCells(e *matching.Employer) []any {
	lat, lon := point(e.Location)
	return []any{string(e.ID), e.Source, e.ExternalID, e.Name, e.Kind, lat, lon, e.Place, e.Verified, e.Asked, e.Answered, moment(e.Created), moment(e.Updated)}
}

// ApplicationHeadings are the columns of applications; what she wrote is not among them.
func ApplicationHeadings() []string {
	return strings.Fields("id graduate posting state steps created updated")
}

// ApplicationCells are an application's cells under ApplicationHeadings.
func ApplicationCells(a *matching.Application) []any {
	var steps []string
	for _, s := range a.Steps {
		steps = append(steps, string(s.State)+" "+s.At.Format(time.DateOnly))
	}
	return []any{string(a.ID), string(a.Graduate), string(a.Posting), string(a.State), list(steps), moment(a.Created), moment(a.Updated)}
}

func list[T ~string](values []T) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = string(v)
	}
	return strings.Join(texts, ", ")
}

// orNil leaves a cell empty for what is not told.
func orNil[T int | float64](v T) any {
	if v == 0 {
		return nil
	}
	return v
}

func point(p *geo.Point) (lat, lon any) {
	if p == nil {
		return nil, nil
	}
	return p.Lat, p.Lon
}

func date(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

func moment(t time.Time) string { return t.UTC().Format(time.RFC3339) }
