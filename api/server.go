package api

import (
	"log"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"time"
)

// Timeouts of a connection. Requests are small and answers quick: who takes longer is not one of our callers, and holds a place.
type Timeouts struct {
	Header time.Duration // until the last header of a request
	Read   time.Duration // until the last byte of a body that no operation reads; Limits.Body is for the others
	Write  time.Duration // from the last header to the last byte of the answer
	Idle   time.Duration // between two requests
}

// UsualTimeouts are those of rabta serve.
func UsualTimeouts() Timeouts {
	return Timeouts{Header: 5 * time.Second, Read: 15 * time.Second, Write: 30 * time.Second, Idle: 60 * time.Second}
}

// A request's line and headers may have longestHead bytes. Go's server, which refuses in words of its own, reads more than that, so that who
// sends somewhat too much is told by a problem document.
const (
	longestHead    = 16 << 10
	maxHeaderBytes = 8 * longestHead
)

// refuseLongHead answers requests whose line and headers are too long.
func refuseLongHead(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		length := len(r.Method) + len(r.RequestURI) + len(r.Host)
		for name, values := range r.Header {
			for _, value := range values {
				length += len(name) + len(value)
			}
		}
		if length > longestHead {
			writeProblem(w, r, newRefusal(http.StatusRequestHeaderFieldsTooLarge).answering(callOf(r.Context())))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// NewServer makes the server of a handler, which cuts off who is slow.
func NewServer(handler http.Handler, t Timeouts, errors *log.Logger) *http.Server {
	return &http.Server{Handler: handler, ReadHeaderTimeout: t.Header, ReadTimeout: t.Read, WriteTimeout: t.Write, IdleTimeout: t.Idle,
		MaxHeaderBytes: maxHeaderBytes, ErrorLog: errors, ConnContext: connContext}
}

// Bound closes connections that are more than the limits allow as soon as they are accepted, so that those who hold many open and say
// nothing take neither memory nor the places of others.
func Bound(listener net.Listener, l Limits) net.Listener {
	return &boundListener{Listener: listener, limits: newLimits(l), from: map[netip.Prefix]int{}}
}

type boundListener struct {
	net.Listener
	limits *limits
	mu     sync.Mutex
	open   int
	from   map[netip.Prefix]int // of each address that is no proxy
}

// Accept gives the next connection that may stay.
func (b *boundListener) Accept() (net.Conn, error) {
	for {
		c, err := b.Listener.Accept()
		if err != nil {
			return nil, err
		}
		if held, ok := b.hold(c); ok {
			return held, nil
		}
		_ = c.Close() // nothing was said on it
	}
}

// hold counts a connection unless it is one too many.
func (b *boundListener) hold(c net.Conn) (net.Conn, bool) {
	at, known := addressAt(c)
	network := networkOf(at)
	b.mu.Lock()
	defer b.mu.Unlock()
	if most := b.limits.Connections; most > 0 && b.open >= most {
		return nil, false
	}
	counted := known && !b.limits.isProxy(at) && (b.limits.Local || !at.IsLoopback())
	if most := b.limits.PerAddress; counted && most > 0 && b.from[network] >= most {
		return nil, false
	}
	b.open++
	if counted {
		b.from[network]++
	}
	return &heldConn{Conn: c, release: sync.OnceFunc(func() { b.release(network, counted) })}, true
}

func (b *boundListener) release(at netip.Prefix, counted bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.open--
	if !counted {
		return
	}
	if b.from[at]--; b.from[at] == 0 {
		delete(b.from, at)
	}
}

func addressAt(c net.Conn) (at netip.Addr, known bool) {
	peer, err := netip.ParseAddrPort(c.RemoteAddr().String())
	return peer.Addr().Unmap(), err == nil
}

// heldConn gives its place back when it is closed.
type heldConn struct {
	net.Conn
	release func()
	gathers bool    // what is written next is kept until more comes
	first   *[]byte // that piece; nil: none
}

// Close closes the connection and gives its place back.
func (c *heldConn) Close() error {
	defer c.release()
	return c.Conn.Close()
}
