package matching

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDefaultWeightsPassAndSurviveJSON(t *testing.T) {
	w := DefaultWeights()
	if err := w.Check(); err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(w)
	if err != nil {
		t.Fatal(err)
	}
	var back Weights
	if err := json.Unmarshal(body, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(w, back); diff != "" {
		t.Fatal(diff)
	}
}

// eachFigure visits every Figure of a value.
func eachFigure(v reflect.Value, path string, visit func(path string, f Figure)) {
	if f, ok := v.Interface().(Figure); ok {
		visit(path, f)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			eachFigure(v.Field(i), path+"."+v.Type().Field(i).Name, visit)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			eachFigure(v.MapIndex(key), path+"."+key.String(), visit)
		}
	}
}

func TestEveryDefaultHasItsSourceAndIsChecked(t *testing.T) {
	w := DefaultWeights()
	figures := 0
	eachFigure(reflect.ValueOf(w), "weights", func(path string, f Figure) {
		figures++
		if f.Source == "" {
			t.Errorf("%s has no source", path)
		}
	})
	if checked := len(w.figures()); checked != figures {
		t.Errorf("%d figures and %d that Check looks at", figures, checked)
	}
	if w.Pay.Source == "" || !strings.Contains(w.Travel.ByRoad.Source, "16.1") {
		t.Error("the sources of pay and of travel by road are missing")
	}
}

func TestWeightsCheck(t *testing.T) {
	for _, c := range []struct {
		field  string
		change func(w *Weights)
	}{
		{"graduate.pay", func(w *Weights) { w.Graduate.Pay.Value = 0 }},
		{"employer.skill", func(w *Weights) { w.Employer.Skill.Value = -1 }},
		{"total.answers", func(w *Weights) { w.Total.Answers.Value = math.NaN() }},
		{"skill.floor", func(w *Weights) { w.Skill.Floor.Value = 1.1 }},
		{"time.freshness", func(w *Weights) { w.Time.Freshness.Value = 0 }},
		{"travel.claimed", func(w *Weights) { w.Travel.Claimed.Value = 1.1 }},
		{"pay.observed", func(w *Weights) { w.Pay.Observed.Value = 1.1 }},
		{"pay.derived", func(w *Weights) { w.Pay.Derived.Value = -0.1 }},
		{"pay.assumed", func(w *Weights) { w.Pay.Assumed.Value = math.NaN() }},
		{"pay.prior", func(w *Weights) { w.Pay.Prior.Value = 0 }},
		{"travel.untold", func(w *Weights) { w.Travel.Untold = "camel" }},
		{"travel.modes", func(w *Weights) { w.Travel.Modes["camel"] = ModeFigure{} }},
		{"pay.knots", func(w *Weights) { w.Pay.Knots = nil }},
		{"pay.knots", func(w *Weights) { w.Pay.Knots = []Knot{{1, 0.5}, {0.5, 0.6}} }},
		{"pay.knots", func(w *Weights) { w.Pay.Knots = []Knot{{0, 0.5}, {1, 0.4}} }},
		{"pay.knots", func(w *Weights) { w.Pay.Knots = []Knot{{0, 0}} }},
	} {
		w := DefaultWeights()
		c.change(&w)
		wantField(t, w.Check(), c.field)
	}
}
