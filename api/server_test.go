package api

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"rabta/internal/node"
	"rabta/matching"
)

// serveOn serves a handler on a loopback port and gives its address.
func serveOn(t testing.TB, handler http.Handler, timeouts Timeouts, limits Limits) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := NewServer(handler, timeouts, log.New(io.Discard, "", 0))
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(Bound(listener, limits)) }()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	})
	return listener.Addr().String()
}

func dial(t *testing.T, address string) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() }) // most are closed by the server
	return c
}

// isAnswered tells whether a request is answered within a second.
func isAnswered(t *testing.T, address string) bool {
	t.Helper()
	client := &http.Client{Timeout: time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Get("http://" + address + "/healthz")
	if err != nil {
		return false
	}
	return answer.Body.Close() == nil && answer.StatusCode == http.StatusOK
}

var quick = Timeouts{Header: 200 * time.Millisecond, Read: 400 * time.Millisecond, Write: 600 * time.Millisecond, Idle: 300 * time.Millisecond}

// dribble writes a byte every few milliseconds until the connection is cut or the text ends, and tells how long that took.
func dribble(c net.Conn, text string) time.Duration {
	began := time.Now()
	for i := range len(text) {
		if _, err := c.Write([]byte{text[i]}); err != nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	return time.Since(began)
}

// TestTheSlowAreCutOff: in headers, in bodies, between requests. Beside them others are answered.
func TestTheSlowAreCutOff(t *testing.T) {
	w := newWorld(t)
	w.limited(Limits{Body: quick.Read})
	address := serveOn(t, w.handler, quick, Limits{})
	head := "POST /v1/postings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\nAuthorization: Bearer " + w.tokens["staff"] + "\r\n\r\n"
	for _, c := range []struct {
		name, atOnce, slowly, answer string
	}{
		{"headers", "GET / HTTP/1.1\r\n", "X-Slow: " + strings.Repeat("a", 1000), ""},
		{"a body", head, `{"title":"` + strings.Repeat("a", 1000), "HTTP/1.1 408"},
		{"a body that does not come", head, "", "HTTP/1.1 408"},
		{"nothing at all", "", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			conn := dial(t, address)
			if _, err := io.WriteString(conn, c.atOnce); err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			go dribble(conn, c.slowly)
			if !isAnswered(t, address) {
				t.Error("others are not answered")
			}
			if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
				t.Fatal(err)
			}
			answer, err := io.ReadAll(conn)
			if errors.Is(err, os.ErrDeadlineExceeded) {
				t.Fatalf("still open after %s", time.Since(began))
			}
			if !strings.HasPrefix(string(answer), c.answer) {
				t.Errorf("answered %q, want %q", answer, c.answer)
			}
		})
	}
}

// manyOffers is a service with an answer of some megabytes: more than the buffers of a connection hold.
type manyOffers struct{ Service }

func (manyOffers) Search(context.Context, node.SearchRequest) (*node.SearchResult, error) {
	found := make([]node.Found, 100)
	for i := range found {
		found[i] = node.Found{ID: matching.ID(fmt.Sprintf("pst_%d", i)), Why: strings.Repeat("why ", 40_000)}
	}
	return &node.SearchResult{Results: found}, nil
}

// TestASlowReaderIsCutOff: an answer that nobody takes does not stay.
func TestASlowReaderIsCutOff(t *testing.T) {
	w := newWorld(t)
	done := make(chan struct{})
	handler := New(Config{Service: manyOffers{w.node}})
	address := serveOn(t, http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/v1/postings" {
			defer close(done)
		}
		handler.ServeHTTP(out, r)
	}), Timeouts{Write: 3 * time.Second}, Limits{})
	conn := dial(t, address)
	if _, err := io.WriteString(conn, "GET /v1/postings HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(conn).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	select {
	case <-done:
	case <-time.After(20 * time.Second):
		t.Fatal("the answer is still being written to who does not read")
	}
}

// TestConnectionsAreBounded: those beyond the bound are closed, and their places come free again.
func TestConnectionsAreBounded(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		name   string
		limits Limits
		open   int
	}{
		{"in all", Limits{Connections: 5}, 5},
		{"from one address", Limits{Connections: 50, PerAddress: 3, Local: true}, 3},
		{"from a proxy", Limits{Connections: 7, PerAddress: 3, Local: true, Proxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}}, 7},
		{"from this machine", Limits{Connections: 6, PerAddress: 3}, 6},
	} {
		t.Run(c.name, func(t *testing.T) {
			patient := Timeouts{Header: time.Minute, Read: time.Minute, Write: time.Minute, Idle: time.Minute}
			address := serveOn(t, w.handler, patient, c.limits)
			var open []net.Conn
			for range c.open + 4 {
				conn := dial(t, address)
				if stays(t, conn) {
					open = append(open, conn)
				}
			}
			if len(open) != c.open {
				t.Errorf("%d connections stay open, want %d", len(open), c.open)
			}
			if isAnswered(t, address) {
				t.Error("one more is answered")
			}
			for _, conn := range open {
				if err := conn.Close(); err != nil {
					t.Error(err)
				}
			}
			for end := time.Now().Add(10 * time.Second); !isAnswered(t, address); time.Sleep(10 * time.Millisecond) {
				if time.Now().After(end) {
					t.Fatal("the places did not come free")
				}
			}
		})
	}
}

// stays makes a request on a connection and tells whether it was answered.
func stays(t *testing.T, conn net.Conn) bool {
	t.Helper()
	if _, err := io.WriteString(conn, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		return false
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return false
	}
	return answer.Body.Close() == nil && answer.StatusCode == http.StatusOK
}

// TestALongAddressIsRefusedInOurWords: up to a bound far above what is taken, the answer is a problem document in the reader's language.
func TestALongAddressIsRefusedInOurWords(t *testing.T) {
	address := serveOn(t, newWorld(t).handler, UsualTimeouts(), Limits{})
	ask := func(query, header string) (int, string) {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+"/v1/postings?q="+query, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Accept-Language", "ur")
		request.Header.Set("X-Long", header)
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(text)
	}
	for name, sent := range map[string]struct {
		query, header int
		want          int
	}{
		"short":                    {10, 10, 200},
		"just within, in all":      {10, longestHead - 500, 200},
		"a long address":           {24_000, 1, 431},
		"long headers":             {1, 24_000, 431},
		"both together":            {9_000, 9_000, 431},
		"all that the server lets": {100_000, 1, 431},
	} {
		status, text := ask(strings.Repeat("x", sent.query), strings.Repeat("y", sent.header))
		if status != sent.want {
			t.Errorf("%s: %d %s, want %d", name, status, text, sent.want)
		}
		if status == 431 && (!strings.Contains(text, "urn:rabta:problem:long-head") || !strings.Contains(text, "16 KB") || strings.Contains(text, "Shorten")) {
			t.Errorf("%s: %s", name, text)
		}
	}
}
