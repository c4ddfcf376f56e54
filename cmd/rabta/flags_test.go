package main

import (
	"errors"
	"testing"
	"time"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/matching"
)

func TestDistanceFlag(t *testing.T) {
	for text, want := range map[string]distance{"25km": 25_000, "800m": 800, "0.5 KM": 500, " 3 km ": 3_000} {
		var d distance
		if err := d.UnmarshalText([]byte(text)); err != nil || d != want {
			t.Errorf("%q: %v, %v; want %v", text, d, err, want)
		}
	}
	for _, text := range []string{"", "km", "25", "-3km", "0km", "near", "NaN", "Inf", "1e999", "5 miles", "25km km"} {
		var d distance
		if err := d.UnmarshalText([]byte(text)); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: %v, %v; want a fault", text, d, err)
		}
	}
}

func TestMomentFlag(t *testing.T) {
	for text, want := range map[string]time.Time{
		"2026-11-22":                time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC),
		"2026-11-22T09:30:00Z":      time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC),
		"2026-11-22T09:30:00+05:00": time.Date(2026, 11, 22, 4, 30, 0, 0, time.UTC),
	} {
		var m moment
		if err := m.UnmarshalText([]byte(text)); err != nil || !m.Equal(want) {
			t.Errorf("%q: %v, %v; want %v", text, m, err, want)
		}
	}
	for _, text := range []string{"", "now", "22.11.2026", "2026-13-01", "2026-11-22 09:30"} {
		var m moment
		if err := m.UnmarshalText([]byte(text)); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: %v, %v; want a fault", text, m, err)
		}
	}
}

func TestSpotFlag(t *testing.T) {
	tests := map[string]struct {
		point *geo.Point
		place string
		fails bool
	}{
		"30.19,71.47":      {point: &geo.Point{Lat: 30.19, Lon: 71.47}},
		" 30.19 , 71.47 ":  {point: &geo.Point{Lat: 30.19, Lon: 71.47}},
		"Multan":           {place: "Multan"},
		"Chak 120, Multan": {place: "Chak 120, Multan"},
		"71.47,30.19":      {fails: true},
		"NaN,NaN":          {fails: true},
		"0,0":              {fails: true},
		"  ":               {fails: true},
	}
	for text, want := range tests {
		var s spot
		err := s.UnmarshalText([]byte(text))
		switch {
		case want.fails:
			if fault.KindOf(err) != fault.Invalid {
				t.Errorf("%q: %+v, %v; want a fault", text, s, err)
			}
		case err != nil || s.place != want.place || (s.point == nil) != (want.point == nil) || s.point != nil && *s.point != *want.point:
			t.Errorf("%q: %+v, %v; want %+v", text, s, err, want)
		}
	}
}

func TestPostingStatus(t *testing.T) {
	at := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	open := matching.Posting{Status: matching.Open, Vacancies: 1, Posted: at, Expires: at.Add(time.Second)}
	tests := []struct {
		name, want string
		change     func(*matching.Posting)
	}{
		{"posted this second", "live", func(*matching.Posting) {}},
		{"expires this second", "expired", func(p *matching.Posting) { p.Expires = at }},
		{"posted in a second", "scheduled", func(p *matching.Posting) { p.Posted = at.Add(time.Second) }},
		{"no vacancy left", "full", func(p *matching.Posting) { p.Vacancies = 0 }},
		{"no vacancy left and expired", "expired", func(p *matching.Posting) { p.Vacancies, p.Expires = 0, at }},
		{"held and expired", "held", func(p *matching.Posting) { p.Status, p.Expires = matching.Held, at }},
		{"filled", "filled", func(p *matching.Posting) { p.Status = matching.Filled }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := open
			test.change(&p)
			if got := postingStatus(&p, at); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

func TestWords(t *testing.T) {
	metres := func(m float64) *float64 { return &m }
	for _, test := range []struct{ got, want string }{
		{grouped(0), "0"}, {grouped(999), "999"}, {grouped(1000), "1,000"}, {grouped(1234567), "1,234,567"}, {grouped(-123456), "-123,456"},
		{englishPage.distance(nil), "-"}, {englishPage.distance(metres(0)), "0 m"}, {englishPage.distance(metres(999.4)), "999 m"},
		{englishPage.distance(metres(1234)), "1.2 km"}, {englishPage.distance(metres(25_000)), "25 km"}, {englishPage.distance(metres(1_234_567)), "1,235 km"},
		{englishPage.pay(nil), "pay not stated"},
		{englishPage.pay(&matching.Pay{From: 35_000, To: 40_000, Unit: matching.PerMonth}), "Rs 35,000 to 40,000 a month"},
		{englishPage.pay(&matching.Pay{From: 90, To: 90, Unit: matching.PerFoot}), "Rs 90 a square foot"},
		{quoted("bin/rabta"), "bin/rabta"}, {quoted("my data"), "'my data'"}, {quoted("it's"), `'it'\''s'`}, {quoted(""), "''"},
	} {
		if test.got != test.want {
			t.Errorf("%q, want %q", test.got, test.want)
		}
	}
}

func TestSentence(t *testing.T) {
	wrong := fault.Field("trade", "There is no such trade.", "electrician", "welder")
	if got, want := sentence(fault.Wrap("node.Search", wrong)), "There is no such trade. Did you mean: electrician, welder"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := sentence(errors.New("disk on fire")); got != "disk on fire" {
		t.Errorf("an error without a sentence reads %q", got)
	}
}
