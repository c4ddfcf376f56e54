package seed

import (
	"fmt"
	"io/fs"
	"maps"
	"math"
	"slices"
	"time"

	"rabta/matching"
)

// The bases as they stand in the tables.
const (
	basisObserved = matching.BasisObserved
	basisDerived  = matching.BasisDerived
	basisAssumed  = matching.BasisAssumed
)

// assumedWages is the day of the figures of trade_market.tsv: Punjab after the minimum wage of July 2025.
func assumedWages() time.Time { return time.Date(2025, time.July, 1, 0, 0, 0, 0, time.UTC) }

// provinceFactor is what wages of a province are to those of Punjab.
type provinceFactor struct {
	value         float64
	basis, source string
}

// observedWage is the middle wage of a trade in a province as somebody saw it, in rupees a month.
type observedWage struct {
	monthly       float64
	asOf          time.Time
	basis, source string
}

type tradeProvince struct{ trade, province string }

// readWages makes a wage row for each trade and province: the assumed quartiles of Punjab times the province's factor, and where
// a wage was observed or derived, the same quartiles scaled so that the middle one is that wage.
func readWages(files fs.FS, market []tradeMarket) (*matching.Wages, error) {
	factors, err := readProvinceFactors(files)
	if err != nil {
		return nil, err
	}
	observed, err := readObservedWages(files)
	if err != nil {
		return nil, err
	}
	minimums, err := readMinimumWages(files)
	if err != nil {
		return nil, err
	}
	var rows []matching.WageRow
	for _, t := range market {
		for _, province := range slices.Sorted(maps.Keys(factors)) {
			key := tradeProvince{t.trade, province}
			w := assumedRow(t, province, factors[province])
			if seen, ok := observed[key]; ok {
				w = observedRow(w, seen)
				delete(observed, key)
			}
			rows = append(rows, w)
		}
	}
	for key := range observed {
		return nil, fmt.Errorf("tables/wages_observed.tsv: %q in %q is in no other table", key.trade, key.province)
	}
	return matching.NewWages(rows, minimums)
}

func assumedRow(t tradeMarket, province string, f provinceFactor) matching.WageRow {
	scale := f.value * perMonth(t.unit)
	return matching.WageRow{Trade: t.trade, Province: province,
		P25: math.Round(t.p25 * scale), P50: math.Round(t.p50 * scale), P75: math.Round(t.p75 * scale),
		// The weaker of two bases holds, and quartiles that are assumed are the weakest there are.
		Basis: basisAssumed, Date: assumedWages(),
		Source: fmt.Sprintf("assumed for Punjab in 2025, times %.2f for the province (%s: %s)", f.value, f.basis, f.source)}
}

func observedRow(w matching.WageRow, seen observedWage) matching.WageRow {
	scale := seen.monthly / w.P50
	w.P25, w.P50, w.P75 = math.Round(w.P25*scale), math.Round(seen.monthly), math.Round(w.P75*scale)
	w.Basis, w.Date = seen.basis, seen.asOf
	w.Source = seen.source + "; the quartiles around it are assumed"
	return w
}

// perMonth gives how many of a pay unit make a month; 0 for a unit of output.
func perMonth(unit matching.PayUnit) float64 {
	switch unit {
	case matching.PerHour:
		return matching.HoursPerDay * matching.DaysPerMonth
	case matching.PerDay:
		return matching.DaysPerMonth
	case matching.PerMonth:
		return 1
	}
	return 0
}

func readProvinceFactors(files fs.FS) (map[string]provinceFactor, error) {
	factors := make(map[string]provinceFactor)
	err := eachRow(files, "tables/province_factors.tsv", []string{"province", "factor", "basis", "source"}, func(r *row) error {
		province := r.text("province")
		if _, twice := factors[province]; twice {
			return fmt.Errorf("province %q stands twice", province)
		}
		factors[province] = provinceFactor{r.float("factor"), r.oneOf("basis", basisObserved, basisDerived, basisAssumed), r.text("source")}
		return nil
	})
	return factors, err
}

// readObservedWages gives the newest figure of each trade and province; of two of one day, the observed one. Pay by the point or
// the piece says nothing of a month without the output of a day, which no source states, and is left out.
func readObservedWages(files fs.FS) (map[tradeProvince]observedWage, error) {
	newest := make(map[tradeProvince]observedWage)
	columns := []string{"trade", "province", "unit", "pkr", "as_of", "basis", "source", "note"}
	err := eachRow(files, "tables/wages_observed.tsv", columns, func(r *row) error {
		unit := matching.PayUnit(r.oneOf("unit", "hour", "day", "month", "point", "piece"))
		seen := observedWage{r.float("pkr") * perMonth(unit), r.date("as_of"), r.oneOf("basis", basisObserved, basisDerived), r.text("source")}
		key := tradeProvince{r.text("trade"), r.text("province")}
		before, known := newest[key]
		newer := seen.asOf.After(before.asOf) || seen.asOf.Equal(before.asOf) && seen.basis == basisObserved
		if seen.monthly > 0 && (!known || newer) {
			newest[key] = seen
		}
		return nil
	})
	return newest, err
}

func readMinimumWages(files fs.FS) ([]matching.MinimumRow, error) {
	var list []matching.MinimumRow
	columns := []string{"province", "from", "category", "pkr_month", "source", "note"}
	err := eachRow(files, "tables/minimum_wages.tsv", columns, func(r *row) error {
		list = append(list, matching.MinimumRow{Province: r.text("province"), From: r.date("from"), Category: r.text("category"),
			Monthly: matching.Rupees(r.whole("pkr_month")), Source: r.text("source")})
		return nil
	})
	return list, err
}
