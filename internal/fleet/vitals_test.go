package fleet_test

import (
	"math"
	"testing"
	"time"

	"rabta/internal/fleet"
)

// TestATrendIsReadFromLooks: a server that grows by 3 MB a minute, opens a handle a minute and answers half as slowly again.
func TestATrendIsReadFromLooks(t *testing.T) {
	var looks []fleet.Vitals
	began := time.Now()
	for minute := range 9 {
		v := fleet.Vitals{At: began.Add(time.Duration(minute) * time.Minute), Memory: 100e6 + 3e6*float64(minute), Heap: 50e6,
			Anon: 80e6 + 1e6*float64(minute), Mapped: 20e6 + 2e6*float64(minute),
			Handles: 20 + float64(minute), Slow: 10 * time.Millisecond}
		if minute > 4 {
			v.Slow = 15 * time.Millisecond
		}
		looks = append(looks, v)
	}
	got := fleet.TrendOf(looks)
	if math.Abs(got.MemorySlope-3) > 1e-9 || got.HeapSlope != 0 || got.HighestMemory != 124 || got.FirstMemory != 100 {
		t.Errorf("memory: %+v", got)
	}
	if math.Abs(got.AnonSlope-1) > 1e-9 || math.Abs(got.MappedSlope-2) > 1e-9 {
		t.Errorf("parts of memory: %+v", got)
	}
	if got.FirstHandles != 21 || got.LastHandles != 27 || math.Abs(got.Drift()-0.5) > 1e-6 {
		t.Errorf("handles and times: %+v, drift %v", got, got.Drift())
	}
}
