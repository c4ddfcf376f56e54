package api

import (
	"context"
	"errors"
	"testing"
	"time"
)

// TestEndingIsADeadline: it answers as a context of context.WithDeadline does, whether or not somebody waits for it.
func TestEndingIsADeadline(t *testing.T) {
	type key struct{}
	parent := context.WithValue(t.Context(), key{}, "the request")
	for _, test := range []struct {
		name string
		left time.Duration
		do   func(e *ending, stop func())
		want error
	}{
		{"under way", time.Hour, func(*ending, func()) {}, nil},
		{"its time is over", -time.Second, func(*ending, func()) {}, context.DeadlineExceeded},
		{"answered", time.Hour, func(e *ending, _ func()) { e.end() }, context.Canceled},
		{"the caller is gone", time.Hour, func(_ *ending, stop func()) { stop() }, context.Canceled},
	} {
		for _, waits := range []bool{false, true} {
			ctx, stop := context.WithCancel(parent)
			e := &ending{Context: ctx, at: time.Now().Add(test.left)}
			if waits {
				_ = e.Done()
			}
			test.do(e, stop)
			if err := e.Err(); !errors.Is(err, test.want) {
				t.Errorf("%s, waited for %v: %v, want %v", test.name, waits, err, test.want)
			}
			if at, ok := e.Deadline(); !ok || !at.Equal(e.at) {
				t.Errorf("%s: it ends at %v", test.name, at)
			}
			if e.Value(key{}) != "the request" {
				t.Errorf("%s: what the request holds is lost", test.name)
			}
			child, cancel := context.WithCancel(e)
			if test.want != nil {
				<-child.Done() // else the test never ends
			}
			if err := child.Err(); !errors.Is(err, test.want) {
				t.Errorf("%s, waited for %v: a child says %v, want %v", test.name, waits, err, test.want)
			}
			cancel()
			stop()
		}
	}
}

// TestEndingWakesWhoWaits: a clock that was set late goes off at the time all the same.
func TestEndingWakesWhoWaits(t *testing.T) {
	e := &ending{Context: t.Context(), at: time.Now().Add(20 * time.Millisecond)}
	defer e.end()
	<-e.Done()
	if err := e.Err(); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it ended by %v", err)
	}
	late, cancel := context.WithTimeout(e, time.Hour)
	defer cancel()
	if at, _ := late.Deadline(); !at.Equal(e.at) {
		t.Error("a context made of it outlives it")
	}
}
