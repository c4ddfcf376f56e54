package fleet_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"rabta/internal/fleet"
)

const (
	// live is how many records each writer keeps: with writers that only add, memory would grow with what there is to know, and lists with it.
	live = 300
	// pace is how soon after one change each of two writers begins the next: 50 a second, four million a day; readPace the same of four
	// readers and their questions: a thousand a second, a quarter of what they were answered when they never rested.
	pace     = 40 * time.Millisecond
	readPace = 4 * time.Millisecond
)

// TestMixedLoad has writers and readers at one server with files of its own, and looks at its memory, its handles and its slowest
// answers thirty times. No request fails and handles do not grow; over a long load memory grows by less than a
// megabyte a minute, which is more than what figures keep of the postings closed meanwhile, and times stand still.
func TestMixedLoad(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), *mixed+10*time.Minute)
	defer cancel()
	data := filepath.Join(t.TempDir(), "data")
	s := &fleet.Server{Binary: binary, Args: []string{"--data", data}}
	if _, err := s.Run(ctx, "seed", "--data", data, "--graduates", "400", "--postings", "400", "--seed", "1"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Kill() })
	load, err := fleet.NewLoad(ctx, data, 2, s)
	if err != nil {
		t.Fatal(err)
	}
	load.Keep(live, pace)
	readers, err := load.NewReaders(ctx, data, 4)
	if err != nil {
		t.Fatal(err)
	}
	readers.Pace(readPace)
	load.Begin(ctx)
	readers.Begin(ctx)
	looks := watch(t, ctx, s, readers, *mixed)
	load.End(30 * time.Second)
	readers.End()
	judge(t, load, readers, looks)
	counts, err := load.Verify(ctx)
	if err != nil || counts.Lost > 0 || counts.Twice > 0 || len(counts.Complaints) > 0 {
		t.Errorf("%+v, %v", counts, err)
	}
	if _, err := s.Run(ctx, "index", "verify", "--data", data); err != nil {
		t.Error(err)
	}
}

// watch looks at a server thirty times, after a quarter of the time for it to warm up.
func watch(t *testing.T, ctx context.Context, s *fleet.Server, r *fleet.Readers, during time.Duration) (looks []fleet.Vitals) {
	t.Helper()
	time.Sleep(during / 4)
	r.Take()
	for range 30 {
		time.Sleep(during / 40)
		v, err := s.Look(ctx, r)
		if err != nil {
			t.Fatal(err)
		}
		looks = append(looks, v)
	}
	return looks
}

// long is from when on a load tells of slopes.
const long = 10 * time.Minute

func judge(t *testing.T, load *fleet.Load, readers *fleet.Readers, looks []fleet.Vitals) {
	t.Helper()
	trend := fleet.TrendOf(looks)
	failedWrites, writes := load.Failed(0)
	failedReads, reads := readers.Failed(0)
	t.Logf("mixed load for %v: %d writes and %d reads, failed %.2f %% and %.2f %%; memory %.0f MB, at most %.0f MB, slope %.2f MB a minute (its own %.2f, of which outside Go %.2f; of files %.2f; Go's heap %.2f, collected next at %.2f); "+
		"handles %.0f, then %.0f; p99 %v, then %v: drift %.0f %%", *mixed, writes, reads, 100*failedWrites, 100*failedReads, trend.FirstMemory,
		trend.HighestMemory, trend.MemorySlope, trend.AnonSlope, trend.OutsideSlope, trend.MappedSlope, trend.HeapSlope, trend.NextSlope, trend.FirstHandles, trend.LastHandles, trend.FirstSlow, trend.LastSlow, 100*trend.Drift())
	if failedWrites+failedReads > 0 || writes == 0 || reads == 0 {
		t.Errorf("requests failed: %.3f %% of %d writes, %.3f %% of %d reads", 100*failedWrites, writes, 100*failedReads, reads)
	}
	const apart = 24 // segments of the index that come and go
	if trend.LastHandles > trend.FirstHandles+apart {
		t.Errorf("handles grew from %.0f to %.0f", trend.FirstHandles, trend.LastHandles)
	}
	if *mixed >= long && (trend.MemorySlope > 1 || trend.Drift() > 0.1) {
		t.Errorf("memory grows by %.2f MB a minute, the slowest answers by %.0f %%", trend.MemorySlope, 100*trend.Drift())
	}
}
