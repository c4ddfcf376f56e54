package api

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
)

// countedListener counts what is written to its connections.
type countedListener struct {
	net.Listener
	writes atomic.Int64
}

func (l *countedListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return &countedConn{c, &l.writes}, err
}

type countedConn struct {
	net.Conn
	writes *atomic.Int64
}

func (c *countedConn) Write(b []byte) (int, error) {
	c.writes.Add(1)
	return c.Conn.Write(b)
}

// TestAnswersGoOutInOnePiece: whatever their length, over one connection, and every byte of them; two at the most where net/http keeps the
// end of an answer until the handler is done, or where it is very long. HEAD sends none of the body.
func TestAnswersGoOutInOnePiece(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	counted := &countedListener{Listener: listener}
	s := newServer(Config{Limits: UsualLimits()})
	s.engine.GET("/long/:bytes", func(c *gin.Context) {
		n, _ := strconv.Atoi(c.Param("bytes"))
		c.Header("Content-Length", strconv.Itoa(n))
		_, _ = c.Writer.Write(bytes.Repeat([]byte("z"), n))
	})
	server := NewServer(s.handler(), UsualTimeouts(), nil)
	go func() { _ = server.Serve(Bound(counted, UsualLimits())) }()
	t.Cleanup(func() { _ = server.Close() })
	client := &http.Client{Timeout: 5 * time.Second}
	for _, n := range []int{0, 1, 2_000, 2_049, 3_000, 3_600, 3_700, 4_096, 4_097, 6_000, 7_500, 8_192, 20_000, 70_000, 3 << 20} {
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodGet} {
			before := counted.writes.Load()
			ask, err := http.NewRequestWithContext(t.Context(), method, "http://"+listener.Addr().String()+"/long/"+strconv.Itoa(n), nil)
			if err != nil {
				t.Fatal(err)
			}
			answer, err := client.Do(ask)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(answer.Body)
			if err != nil {
				t.Fatal(err)
			}
			_ = answer.Body.Close()
			want := n
			if method == http.MethodHead {
				want = 0
			}
			if len(body) != want || bytes.Count(body, []byte("z")) != want || answer.ContentLength != int64(n) {
				t.Errorf("%s of %d bytes: %d came, Content-Length %d", method, n, len(body), answer.ContentLength)
			}
			most := int64(1)
			if want > 0 && (n > 3_000 && n < 9_000 || n > largestWhole) {
				most = 2
			}
			if wrote := counted.writes.Load() - before; wrote > most {
				t.Errorf("%s of %d bytes went out in %d pieces", method, n, wrote)
			}
		}
	}
}
