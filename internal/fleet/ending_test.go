package fleet_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"rabta/internal/fleet"
)

// TestAnEndingServerAnswersWhatItHasAccepted sends SIGTERM while a body arrives slowly, long lists are read and fifty writers write.
// What was accepted is answered, what was acknowledged is there after the next start, and the process ends by itself within ten seconds.
func TestAnEndingServerAnswersWhatItHasAccepted(t *testing.T) {
	n := newSingle(t)
	s, at := n.servers[0], n.servers[0].URL()
	staff := n.staff()
	_, made := send(t, at+"/v1/employers", staff, `{"name":"Ravi Works","kind":"workshop"}`, "")
	for i := range 100 {
		send(t, at+"/v1/postings", staff, fmt.Sprintf(`{"employer":%q,"kind":"job","workplace":"site","trade":"mason","title":"Wall %d","vacancies":1,`+
			`"location":{"lat":31.52,"lon":74.35}}`, made["id"], i), "")
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	writers, readers := newCrowd(at), newCrowd(at)
	writers.set(ctx, 50, func(int, int) ask {
		return ask{method: http.MethodPost, path: "/v1/employers", token: staff, body: []byte(`{"name":"Ravi Works","kind":"workshop"}`)}
	})
	readers.set(ctx, 4, func(int, int) ask {
		return ask{method: http.MethodGet, path: "/v1/postings?lat=31.52&lon=74.35&trade=mason&limit=100"}
	})
	var uploaded string
	var uploading sync.WaitGroup
	begun := make(chan struct{})
	uploading.Go(func() { uploaded = uploadSlowly(t, at, staff, begun) })
	<-begun
	time.Sleep(500 * time.Millisecond)
	began := time.Now()
	err := s.Stop()
	took := time.Since(began)
	stop()
	writes, reads := writers.end(), readers.end()
	uploading.Wait()
	t.Logf("ended in %v; writes %v, reads %v, the slow upload: %s", took, counted(writes), counted(reads), uploaded)
	if err != nil || took > 10*time.Second {
		t.Errorf("ended in %v: %v\n%s", took, err, n.logged(0))
	}
	if !strings.Contains(uploaded, "201 Created") {
		t.Errorf("the slow upload was answered %q", uploaded)
	}
	answered(t, "write", writes, http.StatusCreated)
	answered(t, "read", reads, http.StatusOK)
	if _, err := s.Start(n.ctx); err != nil {
		t.Fatal(err)
	}
	listed := put(n.ctx, &http.Client{}, at, ask{method: http.MethodGet, path: "/v1/exports/employers?format=jsonl", token: staff})
	acknowledged := counted(writes)[http.StatusCreated] + 2 // the first employer and the uploaded one
	if stored := strings.Count(string(listed.body), "\n"); listed.status != http.StatusOK || stored != acknowledged {
		t.Errorf("%d writes were acknowledged and %d are stored (%d %.200s)", acknowledged, stored, listed.status, listed.body)
	}
}

// answered holds answers to a status. Status 0 is of requests that the server has not taken: they met a closed port, or a connection
// that was closed while it was idle.
func answered(t *testing.T, what string, answers []answer, status int) {
	t.Helper()
	for _, a := range answers {
		if a.status != status && a.status != 0 {
			t.Errorf("a %s was answered %d %.200s after %v", what, a.status, a.body, a.took)
			return
		}
	}
	if counted(answers)[status] == 0 {
		t.Errorf("no %s was answered", what)
	}
}

// uploadSlowly sends an employer byte by byte over two seconds, and gives the first line of the answer.
func uploadSlowly(t *testing.T, at, token string, begun chan<- struct{}) string {
	const body = `{"name":"Indus Works","kind":"workshop"}`
	c, err := net.Dial("tcp", strings.TrimPrefix(at, "http://"))
	if err != nil {
		close(begun)
		return err.Error()
	}
	defer func() { _ = c.Close() }()
	_, err = fmt.Fprintf(c, "POST /v1/employers HTTP/1.1\r\nHost: rabta\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n", token, len(body))
	close(begun)
	for i := range len(body) {
		if err != nil {
			return err.Error()
		}
		time.Sleep(50 * time.Millisecond)
		_, err = c.Write([]byte(body[i : i+1]))
	}
	answer := make([]byte, 200)
	read, err := c.Read(answer)
	if err != nil {
		return err.Error()
	}
	line, _, _ := strings.Cut(string(answer[:read]), "\r\n")
	return line
}

// newSingle starts one server of its own SQLite.
func newSingle(t *testing.T, flags ...string) *nodes {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	t.Cleanup(cancel)
	n := &nodes{T: t, ctx: ctx, root: t.TempDir()}
	s := &fleet.Server{Binary: binary, Log: n.log(0), Args: append([]string{"--data", n.dir(0)}, flags...)}
	if _, err := s.Start(ctx); err != nil {
		t.Fatalf("%v\n%s", err, n.logged(0))
	}
	n.servers = append(n.servers, s)
	t.Cleanup(func() { _ = s.Kill() }) // it may have been stopped
	return n
}

// staff makes a token of staff.
func (n *nodes) staff() string {
	n.Helper()
	token, err := n.servers[0].Run(n.ctx, "token", "create", "--data", n.dir(0), "--role", "staff")
	if err != nil {
		n.Fatal(err)
	}
	return strings.TrimSpace(token)
}
