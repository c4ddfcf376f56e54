package api

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"rabta/internal/node"
	"rabta/matching"
	"rabta/seed"
)

// connections is how many callers ask at once, each over a connection that it keeps.
const connections = 8

// BenchmarkRate is how many requests a second are answered over loopback to callers who read what they get and ask again: by an empty
// handler in Gin alone, by an empty operation that passes all that a match does, by one that sends a list of twenty which lies ready, and by
// lists of twenty that are found, explained and written. Callers read on the same cores. The matches of some 170 people who ask again
// and again are given as they were written before; changing are the same while 100 postings a second are written, and anew are questions of
// which each is asked once.
func BenchmarkRate(b *testing.B) {
	s, n, token, searching := rateServer(b)
	address := serveOn(b, s.handler(), UsualTimeouts(), UsualLimits())
	bare := newEngine()
	bare.GET("/empty", func(c *gin.Context) { c.Status(http.StatusOK) })
	empty := httptest.NewServer(bare)
	b.Cleanup(empty.Close)
	matches := func(i int) string {
		return "/v1/graduates/" + string(searching[i%len(searching)]) + "/matches?within=25km"
	}
	for _, ask := range []struct {
		name, address, token string
		target               func(i int) string
	}{
		{"bare", empty.URL, "", func(int) string { return "/empty" }},
		{"empty", address, token, func(int) string { return "/empty" }},
		{"ready", address, token, func(int) string { return "/ready" }},
		{"matches", address, token, matches},
		{"changing", address, token, matches},
		{"anew", address, token, askedOnce(searching)},
		{"search", address, "", func(i int) string {
			return fmt.Sprintf("/v1/postings?lat=%.4f&lon=74.3587&within=25km", 31.40+float64(i%200)/1000)
		}},
	} {
		b.Run(ask.name, func(b *testing.B) {
			if ask.name == "changing" {
				defer post(b, n)()
			}
			askAtOnce(b, strings.TrimPrefix(ask.address, "http://"), ask.token, ask.target)
		})
	}
}

// askedOnce gives questions for matches within about 25 km, of which each is asked once in 5,000 rounds.
func askedOnce(searching []matching.ID) func(int) string {
	var asked atomic.Int64
	return func(int) string {
		i := int(asked.Add(1))
		return fmt.Sprintf("/v1/graduates/%s/matches?within=%dm", searching[i%len(searching)], 25_000-i/len(searching)%5_000)
	}
}

// post has 100 postings a second written from all over the market until it is told to stop.
func post(b *testing.B, n *node.Node) (stop func()) {
	b.Helper()
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(10 * time.Millisecond)
		defer tick.Stop()
		for p := range seed.NewMarket(n.Reference(), rateSize, 1, today).Postings() {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			p.Status, p.Posted, p.Expires, p.Starts, p.Vacancies = "", time.Time{}, time.Time{}, nil, 1
			if _, err := n.CreatePosting(context.Background(), p); err != nil {
				b.Error(err)
				return
			}
		}
		b.Error("too few postings for so long a trial")
	}()
	return func() {
		close(done)
		<-ended
	}
}

// rateSize is the market that is asked.
var rateSize = seed.Size{Graduates: 1_000, Postings: 5_000}

// rateServer is a server of the API over a sample market, with an operation that does nothing.
func rateServer(b *testing.B) (s *server, n *node.Node, token string, searching []matching.ID) {
	b.Helper()
	n, market, token := benchNode(b, rateSize)
	for g := range market.Graduates() {
		if found, err := n.Matches(context.Background(), node.MatchRequest{ID: g.ID, Within: 25_000}); err == nil && len(found.Results) == 20 {
			searching = append(searching, g.ID)
		}
	}
	s = newServer(Config{Service: n, Version: "test", Now: benchClock, Limits: UsualLimits()})
	huma.Register(s.api, huma.Operation{OperationID: "list-matches", Method: http.MethodGet, Path: "/empty", Hidden: true},
		func(context.Context, *struct{}) (*struct{}, error) { return nil, nil })
	list := httptest.NewRecorder()
	ask := httptest.NewRequest(http.MethodGet, "/v1/graduates/"+string(searching[0])+"/matches?within=25km", nil)
	ask.Header.Set("Authorization", "Bearer "+token)
	s.handler().ServeHTTP(list, ask)
	huma.Register(s.api, huma.Operation{OperationID: "list-matches", Method: http.MethodGet, Path: "/ready", Hidden: true},
		func(context.Context, *struct{}) (*readyList, error) {
			return &readyList{Length: strconv.Itoa(list.Body.Len()), Body: list.Body.Bytes()}, nil
		})
	return s, n, token, searching
}

// readyList is an answer that lies ready.
type readyList struct {
	Length string `header:"Content-Length"`
	Body   []byte
}

// askAtOnce asks for targets over several connections at once, as fast as they are answered.
func askAtOnce(b *testing.B, address, token string, target func(i int) string) {
	var size int
	before := worked(b)
	b.SetParallelism(connections / 2)
	b.RunParallel(func(pb *testing.PB) {
		c, err := net.Dial("tcp", address)
		if err != nil {
			b.Error(err)
			return
		}
		defer func() { _ = c.Close() }()
		in := bufio.NewReaderSize(c, 64<<10)
		header := " HTTP/1.1\r\nHost: localhost\r\n"
		if token != "" {
			header += "Authorization: Bearer " + token + "\r\n"
		}
		for i := 0; pb.Next(); i++ {
			if _, err := io.WriteString(c, "GET "+target(i)+header+"\r\n"); err != nil {
				b.Error(err)
				return
			}
			if size, err = readAnswer(in); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
	b.ReportMetric(float64(size), "bytes")
	b.ReportMetric(float64((worked(b)-before).Nanoseconds())/1e3/float64(b.N), "cpu-µs/op")
}

// worked is how long this process, callers included, has kept cores busy: it says what a request costs on a machine that others use too.
func worked(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// readAnswer reads an answer of a success with a length, and gives the length.
func readAnswer(in *bufio.Reader) (length int, err error) {
	for first := true; ; first = false {
		line, err := in.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		if first && !bytes.Contains(line, []byte(" 20")) {
			return 0, fmt.Errorf("answered %s", bytes.TrimSpace(line))
		}
		if name, value, _ := bytes.Cut(line, []byte(": ")); bytes.EqualFold(name, []byte("Content-Length")) {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return 0, err
			}
		}
		if len(bytes.TrimSpace(line)) == 0 {
			break
		}
	}
	_, err = in.Discard(length)
	return length, err
}
