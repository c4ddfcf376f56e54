package main

import (
	"fmt"
	"io"
	"time"
)

// progress shows how far long work has come, on one line that is written over. Where nobody watches it writes nothing.
type progress struct {
	w     io.Writer // nil: nobody watches
	what  string
	shown time.Time
}

func (c *call) progress(what string) *progress {
	if !c.watched {
		return &progress{}
	}
	return &progress{w: c.stderr, what: what}
}

// at shows done of total, ten times a second at most; a total of 0 is not known.
func (p *progress) at(done, total int) {
	const pause = 100 * time.Millisecond
	if p.w == nil || time.Since(p.shown) < pause {
		return
	}
	p.shown = time.Now()
	if total > 0 {
		fmt.Fprintf(p.w, "\r%s: %s of %s", p.what, grouped(int64(done)), grouped(int64(total)))
		return
	}
	fmt.Fprintf(p.w, "\r%s: %s", p.what, grouped(int64(done)))
}

// end leaves the line, if one has been shown.
func (p *progress) end() {
	if p.w != nil && !p.shown.IsZero() {
		p.shown = time.Time{}
		fmt.Fprintln(p.w)
	}
}
