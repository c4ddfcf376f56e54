package api

import (
	"context"
	"net"
)

// An answer longer than what net/http gathers for a connection would go out in two pieces, its head with the first few kilobytes and then
// the rest: two calls of the system, and a caller who is woken twice. The connections of Bound send it in one.

// gatheredBytes is how much net/http gathers before it writes to a connection.
const gatheredBytes = 4 << 10

// largestWhole is the length of a piece up to which another one goes with it.
const largestWhole = 128 << 10

type connKey struct{}

// connContext lets the handlers of a connection's requests find it.
func connContext(ctx context.Context, c net.Conn) context.Context {
	if held, ok := c.(*heldConn); ok {
		return context.WithValue(ctx, connKey{}, held)
	}
	return ctx
}

// connOf gives the connection that a request came by; nil for one that sends nothing as a whole.
func connOf(ctx context.Context) *heldConn {
	c, _ := ctx.Value(connKey{}).(*heldConn)
	return c
}

// whole sends what send writes to the connection, up to two pieces of it, in one. Only the goroutine of the request under way writes.
func (c *heldConn) whole(send func() (int, error)) (int, error) {
	c.gathers = true
	n, err := send()
	c.gathers = false
	if c.first == nil {
		return n, err
	}
	if _, late := c.sendWith(nil); late != nil && err == nil { // no second piece came: net/http keeps what is left until the end
		err = late
	}
	return n, err
}

// Write sends a piece, or keeps it for the next one to go with it.
func (c *heldConn) Write(b []byte) (int, error) {
	switch {
	case c.first != nil:
		return c.sendWith(b)
	case c.gathers && len(b) <= gatheredBytes:
		c.gathers = false
		c.first = buffers.Get().(*[]byte)
		*c.first = append((*c.first)[:0], b...)
		return len(b), nil
	}
	return c.Conn.Write(b)
}

// sendWith sends the piece that was kept, and another one: with it, unless it is so long that one more call is nothing beside copying it.
// It gives how much of that one was sent.
func (c *heldConn) sendWith(b []byte) (int, error) {
	room := c.first
	c.first = nil
	kept, long := len(*room), len(b) > largestWhole
	if !long {
		*room = append(*room, b...)
	}
	n, err := c.Conn.Write(*room)
	buffers.Put(room)
	if long && err == nil {
		return c.Conn.Write(b)
	}
	return max(0, n-kept), err
}
