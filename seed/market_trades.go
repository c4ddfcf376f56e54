package seed

import (
	"math"

	"rabta/matching"
)

// inClass gives how much of a trade's work is in towns or in the country. Every trade has a little of both.
func (t *tradeMarket) inClass(class int) float64 {
	urban := 0.03 + 0.94*t.urban
	if class == town {
		return urban
	}
	return 1 - urban
}

// newSupply gives the chances of trades among graduates of a class of places. The assumed weights are bent towards the trades of
// women, or away from them, by exp(k*women) with the k at which the share of women is the assumed one.
func newSupply(market []tradeMarket, class int) weighted {
	bent := func(k float64) weighted {
		return newWeighted(market, func(t tradeMarket) float64 {
			return math.Pow(t.graduates, concentration) * t.inClass(class) * math.Exp(k*t.women)
		})
	}
	lo, hi := -20.0, 20.0
	for range 60 {
		k := (lo + hi) / 2
		chances := bent(k)
		women, before := 0.0, 0.0
		for i, t := range market {
			women += (chances[i] - before) * t.women
			before = chances[i]
		}
		if women > womenShare*chances.total() {
			hi = k
		} else {
			lo = k
		}
	}
	return bent((lo + hi) / 2)
}

// demand is the chances of trades among the postings of a class of places.
type demand struct {
	household         float64 // share of households among employers
	ofHousehold       weighted
	ofOrganisation    weighted
	withinSector      map[string]weighted
	householdKinds    []weighted // by trade, over its kinds
	organisationKinds []weighted
}

// newDemand divides each trade's postings among households and other employers. A household posts once, others meanPostings times
// within their sector, so among employers households are more than among postings.
func newDemand(ref *Reference, class int) demand {
	market := ref.sample.market
	share := func(n int, household bool) float64 {
		sum := 0.0
		for _, k := range market[n].kinds {
			sum += k.share * byHousehold(ref.Catalogue.At(uint16(n)).Sector, k.kind, household)
		}
		return sum
	}
	numbers := make([]int, len(market))
	for n := range numbers {
		numbers[n] = n
	}
	weight := func(n int, household bool) float64 {
		return math.Pow(market[n].postings, concentration) * market[n].inClass(class) * share(n, household)
	}
	d := demand{
		ofHousehold:    newWeighted(numbers, func(n int) float64 { return weight(n, true) }),
		ofOrganisation: newWeighted(numbers, func(n int) float64 { return weight(n, false) }),
		withinSector:   make(map[string]weighted),
	}
	households, organisations := d.ofHousehold.total(), d.ofOrganisation.total()/meanPostings
	d.household = households / (households + organisations)
	for _, s := range ref.Sectors {
		d.withinSector[s.Slug] = newWeighted(numbers, func(n int) float64 {
			if ref.Catalogue.At(uint16(n)).Sector != s.Slug {
				return 0
			}
			return weight(n, false)
		})
	}
	for n := range numbers {
		sector := ref.Catalogue.At(uint16(n)).Sector
		kinds := func(household bool) weighted {
			return newWeighted(market[n].kinds, func(k kindShare) float64 { return k.share * byHousehold(sector, k.kind, household) })
		}
		d.householdKinds = append(d.householdKinds, kinds(true))
		d.organisationKinds = append(d.organisationKinds, kinds(false))
	}
	return d
}

// byHousehold gives the share of the postings of a sector and kind that households make, or the share that others make.
func byHousehold(sector string, kind matching.Kind, household bool) float64 {
	share := 0.0
	switch {
	case kind == matching.CustomerJob:
		share = 1
	case kind == matching.DailyWage && sector == "construction":
		share = householdHires
	case kind == matching.Job && sector == "domestic":
		share = householdJobs
	}
	if household {
		return share
	}
	return 1 - share
}
