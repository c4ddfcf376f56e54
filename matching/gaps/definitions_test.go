package gaps

import (
	"reflect"
	"strings"
	"testing"
)

// TestEveryFigureIsDefined is that no field of an answer lacks its definition, but for those that stand for another.
func TestEveryFigureIsDefined(t *testing.T) {
	defined := make(map[string]bool)
	for _, d := range Definitions() {
		if d.Name == "" || d.Unit == "" || d.Meaning == "" || d.Source == "" || defined[d.Name] {
			t.Errorf("%q is defined twice or by half", d.Name)
		}
		defined[d.Name] = true
	}
	likewise := map[string]string{"unfilled_30_days": "unfilled_14_days",
		"unfilled_60_days": "unfilled_14_days", "interviewed": "matched", "hired": "matched", "women": "women.searching",
		"lost_between_places": "lost_between_trades"}
	for _, answer := range []any{Row{}, Balance{}} {
		fields := reflect.TypeOf(answer)
		for i := range fields.NumField() {
			name, _, _ := strings.Cut(fields.Field(i).Tag.Get("json"), ",")
			switch name {
			case "trade", "level", "place", "cell", "over":
				continue
			}
			if other, ok := likewise[name]; ok {
				name = other
			}
			if !defined[name] {
				t.Errorf("%s has no definition", name)
			}
		}
	}
}
