package matching

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"
)

// WageRow is what people of a trade earn in a province: the lower quartile, the median and the upper quartile in rupees a
// month (26 days of 8 hours). Rows are made from tables alone. No posting may ever feed one: an employer who could move the figure that
// its own pay is held against could make poor pay look good.
type WageRow struct {
	Trade    string    `json:"trade"`    // slug
	Province string    `json:"province"` // place id; empty is the nation
	P25      float64   `json:"p25"`
	P50      float64   `json:"p50"`
	P75      float64   `json:"p75"`
	Basis    string    `json:"basis"` // how the figures came about: BasisObserved, BasisDerived or BasisAssumed
	Date     time.Time `json:"date"`  // of the figures
	Source   string    `json:"source"`
}

// The bases of a wage row, from the strongest to the weakest.
const (
	BasisObserved = "observed"
	BasisDerived  = "derived"
	BasisAssumed  = "assumed"
)

// MinimumRow is a minimum wage that holds in a province from a day on, in rupees a month.
type MinimumRow struct {
	Province string    `json:"province"` // place id
	From     time.Time `json:"from"`     // counts by its Day
	Category string    `json:"category"` // unskilled, semi-skilled, skilled…
	Monthly  Rupees    `json:"monthly"`
	Source   string    `json:"source"`
}

// Unskilled is the category of the minimum wage under which nobody may be paid.
const Unskilled = "unskilled"

// Wages are the dated wage tables that pay is held against. Immutable.
type Wages struct {
	provinces []string // sorted; number n is provinces[n-1], 0 is the nation or not known
	rows      map[wageKey]WageRow
	minimums  map[minimumKey][]MinimumRow // newest first
}

type wageKey struct{ trade, province string }

type minimumKey struct{ province, category string }

// NewWages checks the rows and makes the tables. Of several rows for one trade and province the newest holds. Where a trade has
// no row for the nation, the middle one of its provinces' rows by median stands for it.
func NewWages(rows []WageRow, minimums []MinimumRow) (*Wages, error) {
	w := &Wages{rows: make(map[wageKey]WageRow), minimums: make(map[minimumKey][]MinimumRow)}
	var faults []error
	for _, r := range rows {
		if !(r.P25 > 0 && r.P25 <= r.P50 && r.P50 <= r.P75 && r.P75 <= maxPay) {
			faults = append(faults, fmt.Errorf("wages: %s in %q: quartiles must be above 0 and rising", r.Trade, r.Province))
		}
		key := wageKey{r.Trade, r.Province}
		if before, ok := w.rows[key]; !ok || r.Date.After(before.Date) {
			w.rows[key] = r
		}
		w.addProvince(r.Province)
	}
	for _, r := range minimums {
		if r.Monthly <= 0 || r.Province == "" || r.Category == "" {
			faults = append(faults, fmt.Errorf("wages: minimum of %q from %s: province, category and amount are needed", r.Province, r.From.Format(time.DateOnly)))
		}
		key := minimumKey{r.Province, r.Category}
		w.minimums[key] = append(w.minimums[key], r)
		w.addProvince(r.Province)
	}
	for _, list := range w.minimums {
		slices.SortStableFunc(list, func(a, b MinimumRow) int { return b.From.Compare(a.From) })
	}
	slices.Sort(w.provinces)
	w.fillNation()
	if len(w.provinces) > 255 {
		faults = append(faults, errors.New("wages: more than 255 provinces"))
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return w, nil
}

func (w *Wages) addProvince(id string) {
	if id != "" && !slices.Contains(w.provinces, id) {
		w.provinces = append(w.provinces, id)
	}
}

func (w *Wages) fillNation() {
	byTrade := make(map[string][]WageRow)
	for key, r := range w.rows {
		byTrade[key.trade] = append(byTrade[key.trade], r)
	}
	for trade, rows := range byTrade {
		if _, ok := w.rows[wageKey{trade, ""}]; ok {
			continue
		}
		slices.SortFunc(rows, func(a, b WageRow) int {
			return cmp.Or(cmp.Compare(a.P50, b.P50), cmp.Compare(a.Province, b.Province))
		})
		nation := rows[(len(rows)-1)/2]
		nation.Province = ""
		if nation.Basis == BasisObserved {
			nation.Basis = BasisDerived // what is weaker in the province is no stronger in the nation
		}
		nation.Source = "the middle one of the provinces by median: " + nation.Source
		w.rows[wageKey{trade, ""}] = nation
	}
}

// Wage gives what a trade earns in a province: the province's row, else the nation's. False when the trade has none.
func (w *Wages) Wage(trade, province string) (WageRow, bool) {
	if r, ok := w.rows[wageKey{trade, province}]; ok {
		return r, true
	}
	r, ok := w.rows[wageKey{trade, ""}]
	return r, ok
}

// MinimumWage gives the minimum wage of a province and category on the Day of a time, in rupees a month; false when none is known.
func (w *Wages) MinimumWage(province string, on time.Time, category string) (Rupees, bool) {
	for _, r := range w.minimums[minimumKey{province, category}] {
		if Day(r.From) <= Day(on) {
			return r.Monthly, true
		}
	}
	return 0, false
}

// ProvinceNumber gives a province's small number; 0 for the nation and for a province of which no wage is known.
func (w *Wages) ProvinceNumber(id string) uint8 {
	i, ok := slices.BinarySearch(w.provinces, id)
	if !ok {
		return 0
	}
	return uint8(i + 1)
}

// Province gives the place id behind a number; "" for 0.
func (w *Wages) Province(n uint8) string {
	if n == 0 || int(n) > len(w.provinces) {
		return ""
	}
	return w.provinces[n-1]
}
