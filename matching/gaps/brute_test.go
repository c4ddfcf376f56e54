package gaps

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"rabta/geo"
	"rabta/matching"
)

// market is rows drawn at random: few trades and places, so that all meet.
type market struct {
	people   []Searcher
	work     []Vacancy
	progress []Progress
}

// drawMarket draws people and work around Lahore, some of them far away, with every kind of condition.
func drawMarket(t *rapid.T) market {
	var m market
	point := func(label string) geo.Point {
		return geo.Point{Lat: 31.5 + rapid.Float64Range(-0.4, 0.4).Draw(t, label+" lat"), Lon: 74.3 + rapid.Float64Range(-0.4, 0.4).Draw(t, label+" lon")}
	}
	mask := rapid.Uint8Range(0, 31)
	trade := rapid.Uint16Range(0, 2)
	for i := range rapid.IntRange(0, 40).Draw(t, "people") {
		home, err := geo.Home(point("home"))
		if err != nil {
			t.Fatal(err)
		}
		woman := rapid.Bool().Draw(t, "woman")
		p := Searcher{Key: keyOf(1, uint32(i)), Trade: trade.Draw(t, "trade"), Home: home, Woman: woman, Gender: 2,
			Reach:   rapid.SampledFrom([]float64{0, 2_000, 5_000, 15_000, 40_000, 400_000}).Draw(t, "reach"),
			LivesIn: rapid.IntRange(0, 5).Draw(t, "lives in") == 0, ConfirmedOnly: rapid.Bool().Draw(t, "confirmed"),
			Needs: mask.Draw(t, "needs"), Asked: rapid.Uint32Range(0, 90_000).Draw(t, "asked"),
			Since: today - rapid.Int32Range(-3, 200).Draw(t, "since"), Until: matching.NoDay}
		if woman {
			p.Gender = 1
		}
		if rapid.Bool().Draw(t, "two trades") {
			p.Others = []uint16{trade.Draw(t, "other")}
		}
		if rapid.IntRange(0, 4).Draw(t, "gone") == 0 {
			p.Until = today + rapid.Int32Range(-5, 5).Draw(t, "until")
		}
		m.people = append(m.people, p)
		m.progress = append(m.progress, Progress{Key: p.Key, Trade: p.Trade, Home: home, Woman: woman,
			Days: [stages][]int32{{today - rapid.Int32Range(-9, 120).Draw(t, "matched")}}})
	}
	for i := range rapid.IntRange(0, 30).Draw(t, "work") {
		posted := today - rapid.Int32Range(-2, 80).Draw(t, "posted")
		m.work = append(m.work, Vacancy{Key: keyOf(2, uint32(i)), Employer: keyOf(3, rapid.Uint32Range(0, 9).Draw(t, "employer")),
			Trade: trade.Draw(t, "trade"), Kind: rapid.Uint8Range(0, 1).Draw(t, "kind"), At: point("work"),
			Remote: rapid.IntRange(0, 6).Draw(t, "remote") == 0, Accommodation: rapid.IntRange(0, 3).Draw(t, "lodging") == 0,
			NeedYes: mask.Draw(t, "yes"), NeedNo: mask.Draw(t, "no"), OpenTo: rapid.SampledFrom([]uint8{15, 2, 4}).Draw(t, "open to"),
			Vacancies: rapid.Uint32Range(1, 30).Draw(t, "vacancies"), Offered: rapid.Uint32Range(0, 90_000).Draw(t, "offered"),
			Posted: posted, Ended: posted + rapid.Int32Range(1, 90).Draw(t, "lasts"), Filled: rapid.Bool().Draw(t, "filled")})
	}
	return m
}

func (m market) fill(l *Ledger) *Ledger {
	fill(l, m.people, m.work)
	for _, p := range m.progress {
		l.PutProgress(p)
	}
	return l
}

// lone is one person and what she gets, computed by itself.
type lone struct {
	*Searcher
	near, pull          uint64
	plain, decay, share uint64
}

// lonePair gives weight and reach of a pair from geo.Distance alone.
func lonePair(set Settings, p *lone, d *demand) (w uint64, reaches bool) {
	byZone, living := set.weights()
	metres := geo.Distance(p.Home, d.At)
	reach := p.Reach
	if reach == 0 {
		reach = set.Reach
	}
	w = byZone[min(zones-1, int(metres/zoneMetres))]
	if p.LivesIn && d.Accommodation {
		if metres > reach {
			return living, true
		}
		return max(w, living), true
	}
	return w, metres <= reach
}

// brute computes the access columns of one trade by every pair of one person and one demand, without cells, trie or grouping.
func brute(set Settings, m market, trade uint16) map[geo.Cell]*tally {
	l := NewLedger(set)
	m.fill(l)
	var work []demand
	for _, d := range demands(l.buckets[trade].vacancies.all, today) {
		if d.live && !d.Remote {
			work = append(work, d)
		}
	}
	var people []*lone
	for i := range m.people {
		if p := &m.people[i]; p.Trade == trade && p.searches(today) {
			people = append(people, &lone{Searcher: p})
		}
	}
	loads := make([]load, len(work))
	group, total := loneSupplies(work)
	each := func(visit func(p *lone, at int, w uint64)) {
		for _, p := range people {
			for i := range work {
				if w, reaches := lonePair(set, p, &work[i]); reaches && group[i] == i {
					visit(p, i, w)
				}
			}
		}
	}
	each(func(p *lone, at int, w uint64) {
		p.near += total[at]
		p.pull += total[at] * w
		loads[at].plain++
		loads[at].decay += w
	})
	each(func(p *lone, at int, w uint64) {
		p.plain += uint64(math.Round(float64(total[at]) * one / float64(loads[at].plain)))
		p.decay += uint64(math.Round(float64(total[at])*one*weightOne/float64(loads[at].decay))) * w / weightOne
		loads[at].share += loneAttention(p, total[at], w)
	})
	each(func(p *lone, at int, w uint64) {
		p.share += uint64(float64(loneAttention(p, total[at], w)) * (float64(total[at]) * one / float64(loads[at].share)))
	})
	sums := make(map[geo.Cell]*tally)
	for _, p := range people {
		home, _ := geo.CellAt(p.Home, geo.HomeResolution)
		cell := home.Parent(AtomResolution)
		if sums[cell] == nil {
			sums[cell] = new(tally)
		}
		t := sums[cell]
		t[plain] += int64(p.plain)
		t[decayed] += int64(p.decay)
		t[shared] += int64(p.share)
		t[unreached] += count(p.near == 0)
	}
	return sums
}

// load is who reaches one supply: people, people by weight, and their attention.
type load struct{ plain, decay, share uint64 }

// loneSupplies gives for each demand the first one at its point with its conditions, and there the vacancies of all of these: they are one
// supply, whose shares are rounded together.
func loneSupplies(work []demand) (group []int, total []uint64) {
	group, total = make([]int, len(work)), make([]uint64, len(work))
	for i := range work {
		group[i] = i
		for j := range i {
			if loneSite(&work[i]) == loneSite(&work[j]) {
				group[i] = group[j]
				break
			}
		}
		total[group[i]] += uint64(work[i].Vacancies)
	}
	return group, total
}

func loneAttention(p *lone, vacancies, w uint64) uint64 {
	return uint64(float64(vacancies*w) / float64(p.pull) * float64(w) * (shareOne / weightOne))
}

type siteKey struct {
	at      geo.Point
	lodging bool
	yes, no uint8
	openTo  uint8
}

func loneSite(d *demand) siteKey {
	return siteKey{d.At, d.Accommodation, d.NeedYes, d.NeedNo, d.OpenTo}
}

// TestAccessEqualsBruteForce is that cells, trie and grouping change no digit.
func TestAccessEqualsBruteForce(t *testing.T) {
	set := smallSettings(t, cellsAround(1))
	rapid.Check(t, func(t *rapid.T) {
		m := drawMarket(t)
		table := m.fill(NewLedger(set)).Table(today)
		for trade := range uint16(3) {
			want := brute(set, m, trade)
			s := table.sheets[trade]
			for i, atom := range s.atoms {
				exact := want[atom]
				if exact == nil {
					exact = new(tally)
				}
				for _, column := range [...]int{plain, decayed, shared, unreached} {
					if s.tallies[i][column] != exact[column] {
						t.Fatalf("trade %d, cell %v, column %d: %d, by brute force %d", trade, atom, column, s.tallies[i][column], exact[column])
					}
				}
			}
		}
	})
}

// TestDistancesNearALimitAreExact is that a distance taken by chord falls on the same side of every limit as geo.Distance.
func TestDistancesNearALimitAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		home := geo.Point{Lat: rapid.Float64Range(23, 37).Draw(t, "lat"), Lon: rapid.Float64Range(61, 78).Draw(t, "lon")}
		at := geo.Point{Lat: rapid.Float64Range(23, 37).Draw(t, "lat"), Lon: rapid.Float64Range(61, 78).Draw(t, "lon")}
		if rapid.Bool().Draw(t, "close") {
			at = geo.Point{Lat: home.Lat + rapid.Float64Range(-0.3, 0.3).Draw(t, "dlat"), Lon: home.Lon + rapid.Float64Range(-0.3, 0.3).Draw(t, "dlon")}
		}
		exact := geo.Distance(home, at)
		reach := exact + rapid.SampledFrom([]float64{0, 1e-9, -1e-9, 1, -1, 5e-3, -5e-3}).Draw(t, "off")
		p, j := &spot{home: home, vector: vectorOf(home), reach: reach}, &site{at: at, vector: vectorOf(at)}
		got := metres(p, j, reach)
		if (got <= reach) != (exact <= reach) || min(zones, int(got/zoneMetres)) != min(zones, int(exact/zoneMetres)) ||
			got != farAway && math.Abs(got-exact) > nearLimit/2 {
			t.Fatalf("%v for %v with reach %v", got, exact, reach)
		}
	})
}
