package search

import (
	"fmt"
	"testing"
)

func TestASieveHoldsAllOfItsSetAndLittleElse(t *testing.T) {
	set := make(map[string]bool)
	for i := range 5000 {
		set[fmt.Sprint("held ", i)] = true
	}
	s := sieveOf(set)
	let := 0
	for i := range 5000 {
		if held := fmt.Sprint("held ", i); !s.mayHold(held) || !s.mayHoldBytes([]byte(held)) {
			t.Errorf("%s is lost", held)
		}
		if s.mayHold(fmt.Sprint("other ", i)) {
			let++
		}
	}
	if let > 5000/8 {
		t.Errorf("%d of 5000 others pass", let)
	}
}

func TestShapesOfMisspeltNamesAreNear(t *testing.T) {
	tests := []struct {
		name, a, b string
		errors     int
		near       bool
	}{
		{"itself", "lahore", "lahore", 0, true},
		{"a letter changed", "lahore", "lahare", 1, true},
		{"a letter more", "lahore", "lahoree", 1, true},
		{"two swapped", "lahore", "lahroe", 1, true},
		{"three letters more", "lahore", "lahoreeee", 2, false},
		{"other letters", "lahore", "multan", 2, false},
		{"Urdu, a letter less", "لاہور", "لہور", 1, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if near := shapeOf(tt.a).near(shapeOf(tt.b), tt.errors); near != tt.near {
				t.Errorf("%s and %s, %d errors: %v", tt.a, tt.b, tt.errors, near)
			}
		})
	}
}
