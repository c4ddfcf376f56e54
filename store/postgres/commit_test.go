package postgres_test

import (
	"bytes"
	"context"
	"net"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// wire forwards connections to a server, and can cut one at its COMMIT or swallow what passes.
type wire struct {
	listener net.Listener
	server   string
	before   atomic.Bool // cut before the server gets it
	after    atomic.Bool // cut before its answer comes back
	silent   atomic.Bool // nothing passes, and nobody is told
}

func newWire(t *testing.T, server string) *wire {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{listener: l, server: server}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return // the test has ended
			}
			go w.forward(client)
		}
	}()
	return w
}

func (w *wire) forward(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", w.server)
	if err != nil {
		return
	}
	defer server.Close()
	var deaf atomic.Bool // the client hears nothing more
	go func() {
		defer client.Close()
		buffer := make([]byte, 1<<16)
		for {
			n, err := server.Read(buffer)
			if err != nil || deaf.Load() {
				return
			}
			if w.silent.Load() {
				continue
			}
			if _, err := client.Write(buffer[:n]); err != nil {
				return
			}
		}
	}()
	buffer := make([]byte, 1<<16)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			return
		}
		commits := bytes.Contains(buffer[:n], []byte("COMMIT\x00"))
		if commits && w.before.Swap(false) {
			return
		}
		if commits && w.after.Swap(false) {
			deaf.Store(true)
		}
		if w.silent.Load() {
			continue
		}
		if _, err := server.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// When the answer to a commit does not come, that is said; what was stored is stored, what was not is not, and neither is done twice.
func TestACommitWithoutAnAnswer(t *testing.T) {
	direct := database(t)
	u, err := url.Parse(direct)
	if err != nil {
		t.Fatal(err)
	}
	w := newWire(t, u.Host)
	u.Host = w.listener.Addr().String()
	keys := store.NewKeys()
	s, beside := open(t, u.String(), keys), open(t, direct, keys)
	for n, c := range []struct {
		name   string
		cut    *atomic.Bool
		stored bool
	}{{"the server never got it", &w.before, false}, {"its answer was lost", &w.after, true}} {
		t.Run(c.name, func(t *testing.T) {
			c.cut.Store(true)
			g, p := benchGraduate(n)
			runs := 0
			_, err := s.Update(t.Context(), func(tx store.Tx) error { runs++; return tx.PutGraduate(t.Context(), g, p) })
			shown, ok := fault.Shown(err)
			if fault.KindOf(err) != fault.Unavailable || !ok || !strings.Contains(shown.Message, "not known whether") {
				t.Fatalf("told %v", err)
			}
			if runs != 1 || g.Version != 0 {
				t.Errorf("the change ran %d times and left version %d", runs, g.Version)
			}
			_, err = beside.Graduate(t.Context(), g.ID)
			if c.stored != (err == nil) {
				t.Errorf("stored: %v, want %v", err, c.stored)
			}
			if n := putGraduates(t, s, 100+n, 1); n == 0 {
				t.Error("no position")
			}
		})
	}
	if err := beside.Check(context.Background()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Graduate(t.Context(), matching.ID("grd_01J80000000000000000000101")); err != nil {
		t.Fatal(err)
	}
}
