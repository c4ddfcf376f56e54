package postgres_test

import (
	"context"
	"net/url"
	"sync"
	"testing"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
	"rabta/store/postgres"
)

// A network that swallows everything leaves connections behind that never say another word. None of them keeps its place in the pool: those
// who come when it is over need no more than a new connection.
func TestConnectionsThatFellSilentKeepNoPlace(t *testing.T) {
	u, err := url.Parse(database(t))
	if err != nil {
		t.Fatal(err)
	}
	w := newWire(t, u.Host)
	u.Host = w.listener.Addr().String()
	s, err := postgres.Open(t.Context(), u.String(), postgres.Options{Keys: store.NewKeys(), MaxConns: 4}) // two for reads, one for each of the others
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for _, idle := range []time.Duration{0, 1200 * time.Millisecond} { // used just now, and to be pinged first
		for range 20 {
			for _, err := range useAll(t.Context(), s, time.Minute) {
				if err != nil {
					t.Fatal(err)
				}
			}
		}
		time.Sleep(idle)
		w.silent.Store(true)
		for _, err := range useAll(t.Context(), s, 200*time.Millisecond) {
			if fault.KindOf(err) != fault.Unavailable {
				t.Errorf("through silence came %v", err)
			}
		}
		w.silent.Store(false)
		began := time.Now()
		for _, err := range useAll(t.Context(), s, time.Minute) {
			if err != nil {
				t.Error(err)
			}
		}
		took := time.Since(began)
		t.Logf("idle for %v: used again after %v", idle, took.Round(time.Millisecond))
		if took > 10*time.Second { // the pool would keep them for 15
			t.Errorf("used again %v after the silence", took)
		}
	}
}

// useAll reads, changes and walks at once, in as many goroutines as there are connections.
func useAll(ctx context.Context, s store.Store, patience time.Duration) (errs [4]error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var all sync.WaitGroup
	all.Go(func() { _, errs[0] = s.GraduatesByPhone(ctx, "03000000000") })
	all.Go(func() { _, errs[1] = s.GraduatesByPhone(ctx, "03000000001") })
	all.Go(func() {
		g, p := benchGraduate(0)
		_, errs[2] = s.Update(ctx, func(tx store.Tx) error {
			if err := tx.PutGraduate(ctx, g, p); err != nil {
				return err
			}
			return tx.DeleteGraduate(ctx, g.ID)
		})
	})
	all.Go(func() { _, errs[3] = s.EachGraduate(ctx, "", func(*matching.Graduate) error { return nil }) })
	all.Wait()
	return errs
}
