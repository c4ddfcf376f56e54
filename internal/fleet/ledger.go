package fleet

import (
	"sync"
	"time"
)

// record is what the ledger expects of one record. It belongs to one writer.
type record struct {
	noun    string // "posting", "graduate" or "employer"
	mark    string // in the posting's title
	id      string // empty: its creation was not acknowledged
	created state
	deleted state
	changes int64 // acknowledged after the creation
	unsure  int64 // changes that may have been done
}

// state is what is known of an effect.
type state uint8

const (
	notAsked state = iota
	acknowledged
	unknown // asked, and the answer was never had: may be there
)

// ledger is all that one run has asked for.
type ledger struct {
	mu           sync.Mutex
	acknowledged int
	complaints   []string
	last         success
}

// success is a change that was acknowledged: when the attempt that succeeded was sent, and when its answer came.
type success struct{ sent, acknowledged time.Time }

func (l *ledger) acknowledge(sent time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.acknowledged++
	if sent.After(l.last.sent) {
		l.last = success{sent, time.Now()}
	}
}

func (l *ledger) lastSent() success {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.last
}

// complain notes an answer that no sound server gives.
func (l *ledger) complain(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.complaints) < 20 {
		l.complaints = append(l.complaints, text)
	}
}

// tally counts requests and failures of each server.
type tally struct {
	mu               sync.Mutex
	requests, failed map[int]int
}

func newTally() *tally { return &tally{requests: map[int]int{}, failed: map[int]int{}} }

func (t *tally) note(server int, ok bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.requests[server]++
	if !ok {
		t.failed[server]++
	}
}

// Share gives the share of requests to a server that got no answer of use, and their number.
func (t *tally) share(server int) (share float64, requests int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if requests = t.requests[server]; requests == 0 {
		return 0, 0
	}
	return float64(t.failed[server]) / float64(requests), requests
}
