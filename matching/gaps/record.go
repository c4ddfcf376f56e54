package gaps

import "rabta/geo"

// record is the vacancies of a trade in a district over time.
type record struct {
	since    int32   // first day on which any was posted
	recent   float64 // mean of the last three months
	variance float64 // of these months about their mean, beyond what chance alone makes
	yearAgo  *int64  // of the same three months a year ago; nil when the record does not go back so far
}

// recordDay is the days before today on which the last three months are read.
var recordDay = [...]int32{0, 30, 60}

// record reads the vacancies of a trade by district. It sees them as they stood on each day.
func (l *Ledger) record(trade uint16, day int32) map[string]record {
	all := l.buckets[trade].vacancies.all
	now, then := make(map[string][]int64), make(map[string]int64)
	for i, back := range recordDay {
		for place, n := range l.demandByDistrict(all, day-back) {
			if now[place] == nil {
				now[place] = make([]int64, len(recordDay))
			}
			now[place][i] = n
		}
		for place, n := range l.demandByDistrict(all, day-back-yearDays) {
			then[place] += n
		}
	}
	first := make(map[string]int32)
	for i := range all {
		if all[i].Remote {
			continue
		}
		place := l.district(&all[i])
		if since, known := first[place]; !known || all[i].Posted < since {
			first[place] = all[i].Posted
		}
	}
	records := make(map[string]record, len(now))
	for place, months := range now {
		r := record{since: first[place]}
		for _, n := range months {
			r.recent += float64(n) / float64(len(months))
		}
		for _, n := range months {
			off := float64(n) - r.recent
			r.variance += off * off / float64(len(months))
		}
		r.variance = max(0, r.variance-r.recent)
		if r.since <= day-yearDays-recordDay[len(recordDay)-1] {
			mean := (then[place] + int64(len(recordDay))/2) / int64(len(recordDay))
			r.yearAgo = &mean
		}
		records[place] = r
	}
	return records
}

func (l *Ledger) demandByDistrict(all []opening, day int32) map[string]int64 {
	sums := make(map[string]int64)
	for _, d := range demands(all, day) {
		if d.live && !d.Remote {
			sums[l.district(d.opening)] += int64(d.Vacancies)
		}
	}
	return sums
}

func (l *Ledger) district(o *opening) string {
	return District.name(o.cell.Parent(AtomResolution), l.areas[o.cell.Parent(AtomResolution)])
}

// vacancyNear gives the distance in metres from a point to the nearest live vacancy of a trade; false when there is none.
func (l *Ledger) vacancyNear(trade uint16, at geo.Point, day int32) (float64, bool) {
	nearest, found := 0.0, false
	for i := range l.buckets[trade].vacancies.all {
		o := &l.buckets[trade].vacancies.all[i]
		if o.Remote || !o.live(day) {
			continue
		}
		if d := geo.Distance(at, o.At); !found || d < nearest {
			nearest, found = d, true
		}
	}
	return nearest, found
}
