package main

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/matching"
)

// The types of flags read their text and say what would be right; the zero value is a flag that was not given.

// distance is a length in metres, written with its unit.
type distance float64

// UnmarshalText reads a distance.
func (d *distance) UnmarshalText(text []byte) error {
	metres, ok := geo.ParseMetres(string(text))
	if !ok {
		return fault.Field("within", "--within takes a distance above zero with its unit: 25km or 800m.")
	}
	*d = distance(metres)
	return nil
}

// limit is how many results are printed; -1 is all, 0 the default of the list.
type limit int

// limitSentence says what a limit is.
const limitSentence = "--limit takes a whole number from 1, or all."

// UnmarshalText reads a limit.
func (l *limit) UnmarshalText(text []byte) error {
	if string(text) == "all" {
		*l = -1
		return nil
	}
	n, err := strconv.ParseInt(string(text), 10, 32)
	if err != nil || n < 1 {
		return fault.Field("limit", limitSentence)
	}
	*l = limit(n)
	return nil
}

// moment is a time as RFC 3339 or a date, which is its first second in UTC.
type moment struct{ time.Time }

// UnmarshalText reads a moment.
func (m *moment) UnmarshalText(text []byte) error {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, string(text)); err == nil {
			m.Time = t.UTC()
			return nil
		}
	}
	return fault.Field("at", "A time is written as RFC 3339, 2026-11-22T09:00:00Z, or as a date, 2026-11-22.")
}

// or gives the moment, or now when none was given.
func (m moment) or(now func() time.Time) time.Time {
	if m.IsZero() {
		return now()
	}
	return m.Time
}

// spot is a point, "30.19,71.47", or else the name or id of a place.
type spot struct {
	point *geo.Point
	place string
}

// UnmarshalText reads a spot.
func (s *spot) UnmarshalText(text []byte) error {
	p, ok := parsePoint(string(text))
	if !ok {
		if s.place = strings.TrimSpace(string(text)); s.place == "" {
			return fault.Field("near", "A place is a latitude and longitude, 30.19,71.47, or a name.")
		}
		return nil
	}
	if !p.InBox() {
		return outside(p)
	}
	s.point = &p
	return nil
}

// outside says that a point is not in Pakistan; latitude and longitude are often given the wrong way round.
func outside(p geo.Point) error {
	wrong := fault.Field("near", "This point is not in Pakistan. Give latitude,longitude, for example 30.19,71.47.")
	if turned := (geo.Point{Lat: p.Lon, Lon: p.Lat}); turned.InBox() {
		wrong.Nearest = []string{strconv.FormatFloat(turned.Lat, 'f', -1, 64) + "," + strconv.FormatFloat(turned.Lon, 'f', -1, 64)}
	}
	return wrong
}

// parsePoint reads "LAT,LON", and tells whether the text is one.
func parsePoint(text string) (geo.Point, bool) {
	lat, lon, ok := strings.Cut(text, ",")
	if !ok {
		return geo.Point{}, false
	}
	y, errLat := strconv.ParseFloat(strings.TrimSpace(lat), 64)
	x, errLon := strconv.ParseFloat(strings.TrimSpace(lon), 64)
	return geo.Point{Lat: y, Lon: x}, errLat == nil && errLon == nil
}

// workKind is a kind of work; empty is any.
type workKind string

// UnmarshalText reads a kind of work.
func (k *workKind) UnmarshalText(text []byte) error {
	if !slices.Contains(matching.Kinds[:], matching.Kind(text)) {
		names := make([]string, len(matching.Kinds))
		for i, known := range matching.Kinds {
			names[i] = string(known)
		}
		return fault.Field("kind", "--kind takes one of "+strings.Join(names, ", ")+".")
	}
	*k = workKind(text)
	return nil
}
