package seed

import (
	"iter"
	"slices"

	"rabta/matching"
)

// institute is an invented place of training, with what the market must know of it.
type institute struct {
	record  matching.Institute
	pattern *institutePattern
}

// Institutes yields the institutes that have trained the graduates.
func (m *Market) Institutes() iter.Seq[*matching.Institute] {
	return func(yield func(*matching.Institute) bool) {
		for i := range m.institutes {
			record := m.institutes[i].record
			record.Programmes = slices.Clone(record.Programmes)
			if record.Location != nil {
				at := *record.Location
				record.Location = &at
			}
			if !yield(&record) {
				return
			}
		}
	}
}

// openInstitutes makes the institutes: as many as the graduates need, placed by people, in towns more than in the country.
func (m *Market) openInstitutes() {
	patterns := m.ref.sample.institutes
	chances := newWeighted(patterns, func(p institutePattern) float64 { return p.weight })
	m.inDistrict = make([][]int, len(m.land.districts))
	m.inProvince = make(map[string][]int)
	for i := range max(leastInstitutes, min(mostInstitutes, m.size.Graduates/graduatesPerInstitute)) {
		d := newDraw(m.seed, instituteStream, i)
		s := m.land.somewhere(d, postingUrbanOdds)
		pattern := &patterns[chances.pick(d)]
		at := m.land.around(d, s, s.point, s.spread/2)
		created := d.before(m.date.AddDate(0, 0, -400), 600)
		name := fill(pattern.en, "place", s.names.En)
		if d.chance(0.5) {
			name = fill(pattern.ur, "place", s.names.Ur)
		}
		m.institutes = append(m.institutes, institute{pattern: pattern, record: matching.Institute{
			ID: d.id(matching.InstitutePrefix, created), Created: created, Updated: created,
			Name: name, Location: &at, Place: s.id, Programmes: []string{pattern.programme}}})
		m.inDistrict[s.district] = append(m.inDistrict[s.district], i)
		m.inProvince[s.province] = append(m.inProvince[s.province], i)
	}
}

// teacher draws an institute that teaches a sector to a gender, in the district or else in the province; nil when chance finds
// none.
func (m *Market) teacher(d *draw, s *spot, sector string, gender matching.Gender) *institute {
	for _, list := range [][]int{m.inDistrict[s.district], m.inProvince[s.province]} {
		for range min(6, len(list)) {
			if i := &m.institutes[pick(d, list)]; i.pattern.teaches(sector, gender) {
				return i
			}
		}
	}
	return nil
}

func (p *institutePattern) teaches(sector string, gender matching.Gender) bool {
	if p.women && gender != matching.Woman {
		return false
	}
	return len(p.sectors) == 0 || slices.Contains(p.sectors, sector)
}
