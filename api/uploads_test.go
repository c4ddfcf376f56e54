package api

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestAFileThatComesSlowlyIsAnswered: its body takes longer than an answer may, and the answer goes out all the same. The time for that
// begins anew with the next request.
func TestAFileThatComesSlowlyIsAnswered(t *testing.T) {
	w := newWorld(t)
	address := serveOn(t, w.handler, Timeouts{Header: time.Second, Read: time.Second, Write: 500 * time.Millisecond}, Limits{})
	conn := dial(t, address)
	head := fmt.Sprintf("POST /v1/imports?noun=graduates&source=x&mode=dry-run HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\n"+
		"Content-Length: %d\r\nAuthorization: Bearer %s\r\n\r\n", len(smallRoster), w.tokens["staff"])
	answers := bufio.NewReader(conn)
	for range 2 {
		if _, err := io.WriteString(conn, head); err != nil {
			t.Fatal(err)
		}
		if took := dribble(conn, smallRoster); took < time.Second {
			t.Fatalf("the body took %s: this test sees nothing", took)
		}
		answer, err := http.ReadResponse(answers, nil)
		if err != nil {
			t.Fatal(err)
		}
		if body, err := io.ReadAll(answer.Body); answer.StatusCode != http.StatusAccepted || err != nil {
			t.Errorf("answered %d %s (%v)", answer.StatusCode, body, err)
		}
	}
	w.importsEnd()
}

// TestABodyThatIsTooLongIsToldInTime: nobody reads it to its end, and its sender has to hear why.
func TestABodyThatIsTooLongIsToldInTime(t *testing.T) {
	told := 0
	body := &uploadBody{ReadCloser: io.NopCloser(strings.NewReader(strings.Repeat("x", 100))), left: 64, ended: func() { told++ }}
	if _, err := io.CopyN(io.Discard, body, 60); told != 0 || err != nil {
		t.Fatalf("told %d times after 60 bytes of 64, %v", told, err)
	}
	if _, err := io.CopyN(io.Discard, body, 40); told != 1 || err != nil {
		t.Errorf("told %d times after 100 bytes, %v", told, err)
	}
}
