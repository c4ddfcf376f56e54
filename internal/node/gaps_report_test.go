package node_test

import (
	"context"
	"slices"
	"testing"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/internal/report"
	"rabta/matching/gaps"
)

// TestReportOfADistrict holds the report to the figures that the list gives, and to what is known of a month ago.
func TestReportOfADistrict(t *testing.T) {
	w := newWorld(t)
	for range 12 {
		w.enrol()
	}
	w.post()
	rows := w.gaps(node.GapsRequest{Trade: "all"})
	for _, name := range []string{"Lahore", "lahore", "لاہور", rows[0].Place} {
		w.ForgetFigures()
		d, err := w.GapReport(context.Background(), name, nil)
		if err != nil {
			t.Fatal(name, err)
		}
		if d.ID != rows[0].Place || d.Whole == nil || *d.Whole.Supply != *rows[0].Supply || d.Whole.Demand != rows[0].Demand ||
			len(d.Trades) != 1 || d.Trend == nil || d.Trend.Demand != 2 || d.Day != day.Truncate(24*60*60*1e9) {
			t.Errorf("%s: %+v", name, d)
		}
		if len(d.Hexagons) < 20 || len(d.Towns) == 0 || len(d.Above) != 2 {
			t.Errorf("%s has %d cells, %d towns and lies in %v", name, len(d.Hexagons), len(d.Towns), d.Above)
		}
		vacancies := int64(0)
		for _, h := range d.Hexagons {
			vacancies += h.Demand
		}
		if vacancies != rows[0].Demand {
			t.Errorf("%d vacancies are on the map of %s, and %d in its figures", vacancies, name, rows[0].Demand)
		}
	}
	empty, err := w.GapReport(context.Background(), "Khuzdar", nil)
	if err != nil || empty.Whole != nil || len(empty.Trades) > 0 || empty.Trend != nil || len(empty.Hexagons) == 0 {
		t.Errorf("a district where nobody is registered: %+v, %v", empty, err)
	}
}

// TestReportOfNoDistrict is that a wrong name is answered with the nearest ones.
func TestReportOfNoDistrict(t *testing.T) {
	w := newWorld(t)
	for name, near := range map[string]string{"Khuzdarr": "Khuzdar", "Faisalabd": "Faisalabad", "Jalalpur Pirwala": "Multan"} {
		_, err := w.GapReport(context.Background(), name, nil)
		shown, ok := fault.Shown(err)
		if !ok || fault.KindOf(err) != fault.Invalid || shown.Field != "district" || !slices.Contains(shown.Nearest, near) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, name := range []string{"", "zzzzzzzz", "prv-punjab"} {
		if _, err := w.GapReport(context.Background(), name, nil); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := w.GapReport(context.Background(), "Lahore", date(day.AddDate(0, 0, 1))); fault.KindOf(err) != fault.Invalid {
		t.Errorf("tomorrow: %v", err)
	}
}

// TestFiguresAsTheReportReadsThem is that rows of wanted places are the rows of the list.
func TestFiguresAsTheReportReadsThem(t *testing.T) {
	w := newWorld(t)
	for range 12 {
		w.enrol()
	}
	w.post()
	d, err := w.GapReport(context.Background(), "Lahore", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range d.Hexagons {
		if h.Access != nil && h.AccessOf != gaps.Cell6 && h.AccessOf != gaps.Tehsil {
			t.Errorf("%s has the access of a %s", h.Cell, h.AccessOf)
		}
	}
	if !slices.ContainsFunc(d.Hexagons, func(h report.Hexagon) bool { return h.Access != nil }) {
		t.Error("no cell of the map has a figure, with 12 people in one of them")
	}
}
