package main

import (
	"fmt"
	"os"
	"time"
)

// progress says on standard error what is under way and how long each part took, while a terminal watches.
type progress struct {
	watched bool
	began   time.Time
	what    string
	shown   time.Time
}

func newProgress() *progress {
	info, err := os.Stderr.Stat()
	return &progress{watched: err == nil && info.Mode()&os.ModeCharDevice != 0, began: time.Now()}
}

// start ends what was under way and begins something else.
func (p *progress) start(what string) {
	p.end()
	p.what, p.began = what, time.Now()
	p.at(0, 0)
}

// at shows done of total, ten times a second at most; a total of 0 is not known.
func (p *progress) at(done, total int) {
	const pause = 100 * time.Millisecond
	if !p.watched || time.Since(p.shown) < pause && done > 0 {
		return
	}
	p.shown = time.Now()
	if total > 0 {
		fmt.Fprintf(os.Stderr, "\r\x1b[K%s: %d of %d", p.what, done, total)
		return
	}
	fmt.Fprintf(os.Stderr, "\r\x1b[K%s", p.what)
}

// end leaves what is under way with the time that it took.
func (p *progress) end() {
	if p.watched && p.what != "" {
		fmt.Fprintf(os.Stderr, "\r\x1b[K%s: %.1f s\n", p.what, time.Since(p.began).Seconds())
	}
	p.what = ""
}
