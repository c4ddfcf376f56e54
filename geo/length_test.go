package geo

import "testing"

func TestParseMetres(t *testing.T) {
	for text, want := range map[string]float64{"25km": 25_000, "800m": 800, " 1.5 KM ": 1_500, "0.25 km": 250, "2000 km": 2_000_000,
		"25": 0, "": 0, "km": 0, "m": 0, "-5km": 0, "0m": 0, "NaNkm": 0, "Infkm": 0, "1e400km": 0, "5 miles": 0, "5kmm": 0} {
		got, ok := ParseMetres(text)
		if ok != (want > 0) || ok && got != want {
			t.Errorf("ParseMetres(%q) = %v, %t, want %v", text, got, ok, want)
		}
	}
}
