package matching

// Rupees is an amount in whole PKR.
type Rupees int64

// PayUnit is what an amount of pay is for.
type PayUnit string

// The pay units. A day is 8 hours and a month 26 days; the last four compare only with themselves unless the posting states
// the expected output of a day.
const (
	PerHour  PayUnit = "hour"
	PerDay   PayUnit = "day"
	PerMonth PayUnit = "month"
	PerPiece PayUnit = "piece"
	PerPoint PayUnit = "point"
	PerFoot  PayUnit = "square-foot"
	PerJob   PayUnit = "job"
)

// PayUnits lists every pay unit.
var PayUnits = [...]PayUnit{PerHour, PerDay, PerMonth, PerPiece, PerPoint, PerFoot, PerJob}

// Hours in a working day and days in a working month, by which pay units compare.
const (
	HoursPerDay  = 8
	DaysPerMonth = 26
)

// Pay is what a posting offers: from From to To (equal when one figure is stated) for each Unit. OutputPerDay is how many
// units of piece-rated work a person usually does in a day, 0 when not stated.
type Pay struct {
	From         Rupees  `json:"from"`
	To           Rupees  `json:"to"`
	Unit         PayUnit `json:"unit"`
	OutputPerDay float64 `json:"output_per_day,omitempty"`
}

// Monthly gives the pay range in rupees a month, and whether the unit compares with a month at all.
func (p Pay) Monthly() (from, to float64, ok bool) {
	var perMonth float64
	switch p.Unit {
	case PerMonth:
		perMonth = 1
	case PerDay:
		perMonth = DaysPerMonth
	case PerHour:
		perMonth = DaysPerMonth * HoursPerDay
	default:
		perMonth = DaysPerMonth * p.OutputPerDay
	}
	return float64(p.From) * perMonth, float64(p.To) * perMonth, perMonth > 0
}
