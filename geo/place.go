package geo

// Level is how large a kind of place is.
type Level string

// The levels, from the largest to the smallest.
const (
	LevelProvince Level = "province"
	LevelDivision Level = "division"
	LevelDistrict Level = "district"
	LevelTehsil   Level = "tehsil"
	LevelTown     Level = "town"
	LevelVillage  Level = "village"
)

// Levels gives every level, the largest first.
func Levels() []Level {
	return []Level{LevelProvince, LevelDivision, LevelDistrict, LevelTehsil, LevelTown, LevelVillage}
}

// rank orders levels: 0 for a province, 5 for a village, -1 for what is no level.
func (l Level) rank() int {
	for i, known := range Levels() {
		if l == known {
			return i
		}
	}
	return -1
}

// Valid tells whether l is one of the levels.
func (l Level) Valid() bool { return l.rank() >= 0 }

// Names are the name of a place in English, in Urdu script and in Roman Urdu where that differs from the English; empty when unknown.
type Names struct {
	En    string `json:"en"`
	Ur    string `json:"ur,omitempty"`
	Roman string `json:"roman,omitempty"`
}

// Place is a unit of administration, or a town or village within one.
type Place struct {
	ID         string   `json:"id"`
	Level      Level    `json:"level"`
	Names      Names    `json:"names"`
	Other      []string `json:"other,omitempty"` // further spellings and older names, in any script
	Point      Point    `json:"point"`           // its seat or its middle
	Population int      `json:"population,omitempty"`
	CensusYear int      `json:"census_year,omitempty"` // the year of Population; 0 when unknown
	Parent     string   `json:"parent,omitempty"`      // id of the place one or more levels up; empty for a province
	Began      string   `json:"began,omitempty"`       // date from which the unit exists, as far as it is stated
	Until      string   `json:"until,omitempty"`       // date on which it ended; empty while it exists
	SplitFrom  string   `json:"split_from,omitempty"`  // id of the place it was cut out of
}

// spellings gives every name of p that is not empty: the English, the Urdu, the Roman, then the others.
func (p *Place) spellings() []string {
	names := make([]string, 0, 3+len(p.Other))
	for _, n := range [...]string{p.Names.En, p.Names.Ur, p.Names.Roman} {
		if n != "" {
			names = append(names, n)
		}
	}
	for _, n := range p.Other {
		if n != "" {
			names = append(names, n)
		}
	}
	return names
}
