package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"rabta/internal/node"
	"rabta/matching"
	"rabta/seed"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"rabta": main, "curl": curlGet})
}

// curlGet does of curl what a command that the demonstration prints asks of it, for a machine that has none: a GET with headers.
func curlGet() {
	var url string
	header := http.Header{}
	for args := os.Args[1:]; len(args) > 0; args = args[1:] {
		switch {
		case args[0] == "-s":
		case args[0] == "-H" && len(args) > 1:
			name, value, _ := strings.Cut(args[1], ": ")
			header.Set(name, value)
			args = args[1:]
		case url == "" && strings.HasPrefix(args[0], "http://127.0.0.1:"):
			url = args[0]
		default:
			fmt.Fprintf(os.Stderr, "curl: %q is more than this stand-in knows\n", args[0])
			os.Exit(2)
		}
	}
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err == nil {
		request.Header = header
		var answer *http.Response
		if answer, err = http.DefaultClient.Do(request); err == nil {
			_, err = io.Copy(os.Stdout, answer.Body)
			err = errors.Join(err, answer.Body.Close())
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "curl:", err)
		os.Exit(1)
	}
}

// TestScripts runs the scripts in testdata. Each begins with the same small market in $WORK/data, with the id of a graduate and of a
// live posting of it in $GRADUATE and $POSTING, and with a moment of it in $AT. Beside testscript's own commands they have those below.
func TestScripts(t *testing.T) {
	const moment = "2026-11-01T06:00:00Z"
	market := t.TempDir()
	graduate, posting := smallMarket(t, filepath.Join(market, "data"), moment)
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Values[serving] = &server{}
			env.Setenv("AT", moment)
			env.Setenv("GRADUATE", string(graduate))
			env.Setenv("POSTING", string(posting))
			return errors.Join(os.CopyFS(env.WorkDir, os.DirFS(market)), os.Chmod(filepath.Join(env.WorkDir, "data.key"), 0o600))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": scriptExits, "serve": scriptServe, "end": scriptEnd, "alike": scriptAlike, "pick": scriptPick,
			"atonce": scriptAtOnce, "fetch": scriptFetch, "paste": scriptPaste,
		},
		RequireExplicitExec: true,
	})
}

// smallMarket fills a directory, and gives a graduate who searches and a posting that is live at a moment.
func smallMarket(t *testing.T, dir, moment string) (graduate, posting matching.ID) {
	t.Helper()
	at, err := time.Parse(time.RFC3339, moment)
	if err != nil {
		t.Fatal(err)
	}
	n, err := node.Open(t.Context(), node.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	market := seed.NewMarket(n.Reference(), seed.Size{Graduates: 200, Postings: 100}, 7, at.Truncate(24*time.Hour))
	if err := errors.Join(n.LoadMarket(t.Context(), market, nil), n.Close()); err != nil {
		t.Fatal(err)
	}
	for g := range market.Graduates() {
		if g.Status == matching.Searching {
			graduate = g.ID
		}
	}
	for p := range market.Postings() {
		if p.Live(at) {
			posting = p.ID
		}
	}
	return graduate, posting
}

// scriptExits runs rabta and wants an exit code, and on standard error one line that names the program: exits CODE ARGS...
func scriptExits(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	err = ts.Exec("rabta", args[1:]...)
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
	if said := ts.ReadFile("stderr"); !strings.HasPrefix(said, "rabta: ") || strings.Count(said, "\n") != 1 {
		ts.Fatalf("standard error is not one line of the program's: %q", said)
	}
}

type contextKey struct{}

// serving is where a script keeps its server.
var serving contextKey

type server struct {
	cmd    *exec.Cmd
	first  chan string // its first line, "" where it ended without one
	copied chan error  // of its output, which ends with it
}

// scriptServe starts a server on a free port of the loopback, sets URL, and keeps what it prints in serve.out and serve.err:
// serve ARGS...
func scriptServe(ts *testscript.TestScript, _ bool, args []string) {
	s := ts.Value(serving).(*server)
	*s = server{first: make(chan string, 1), copied: make(chan error, 1)}
	s.cmd = exec.Command("rabta", append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...)
	s.cmd.Dir = ts.MkAbs(".")
	printed, err := os.Create(ts.MkAbs("serve.out"))
	ts.Check(err)
	logged, err := os.Create(ts.MkAbs("serve.err"))
	ts.Check(err)
	s.cmd.Stderr = logged
	out, err := s.cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(s.cmd.Start())
	cmd := s.cmd
	ts.Defer(func() { _ = cmd.Process.Kill() }) // has ended long ago where the script went well
	go func() { s.copied <- errors.Join(s.copy(out, printed), printed.Close(), logged.Close()) }()
	select {
	case line := <-s.first:
		url, ok := strings.CutPrefix(line, "listening on ")
		if !ok {
			ts.Fatalf("the server printed %q first; its standard error:\n%s", line, ts.ReadFile("serve.err"))
		}
		ts.Setenv("URL", url)
		ts.Setenv("ADDR", strings.TrimPrefix(url, "http://"))
	case <-time.After(3 * time.Minute): // a sample market under the race detector beside other tests takes one
		ts.Fatalf("the server is not ready")
	}
}

// copy keeps what the server prints and passes on its first line.
func (s *server) copy(out io.Reader, kept io.Writer) error {
	lines := bufio.NewReader(out)
	first, err := lines.ReadString('\n')
	s.first <- strings.TrimSuffix(first, "\n")
	if err != nil {
		return err
	}
	if _, err := io.WriteString(kept, first); err != nil {
		return err
	}
	_, err = io.Copy(kept, lines)
	return err
}

// scriptEnd ends the server by SIGTERM, and wants it gone within ten seconds with exit code 0.
func scriptEnd(ts *testscript.TestScript, _ bool, _ []string) {
	s := ts.Value(serving).(*server)
	ts.Check(s.cmd.Process.Signal(syscall.SIGTERM))
	select {
	case err := <-s.copied:
		if err := errors.Join(err, s.cmd.Wait()); err != nil {
			ts.Fatalf("the server ended with %v\n%s", err, ts.ReadFile("serve.err"))
		}
	case <-time.After(10 * time.Second):
		ts.Fatalf("the server has not ended after ten seconds")
	}
}

// scriptAlike runs every command line of a file alone, then beside a live server of $WORK/data, and wants the same output and exit
// code; then, beside the server only, those of a second file, for every process that opens a directory takes its time. What the first
// line printed is in 1.out, and so on through both files: alike FILE [FILE]
func scriptAlike(ts *testscript.TestScript, _ bool, args []string) {
	lines := scriptLines(ts, args[0])
	alone := runLines(ts, lines)
	scriptServe(ts, false, []string{"--data", "data"})
	beside := runLines(ts, lines)
	if len(args) > 1 {
		beside = append(beside, runLines(ts, scriptLines(ts, args[1]))...)
	}
	scriptEnd(ts, false, nil)
	for i, line := range lines {
		if alone[i] != beside[i] {
			ts.Fatalf("rabta %s\nalone:\n%s\nbeside a server:\n%s", line, alone[i], beside[i])
		}
	}
	for i, printed := range beside {
		ts.Check(os.WriteFile(ts.MkAbs(strconv.Itoa(i+1)+".out"), []byte(printed), 0o600))
	}
}

// scriptLines gives the command lines of a file, with the script's variables in them.
func scriptLines(ts *testscript.TestScript, file string) []string {
	var lines []string
	for line := range strings.Lines(ts.ReadFile(file)) {
		lines = append(lines, os.Expand(strings.TrimSpace(line), ts.Getenv))
	}
	return lines
}

// runLines gives of each command line its exit code, where it is not 0, and what it printed.
func runLines(ts *testscript.TestScript, lines []string) []string {
	printed := make([]string, len(lines))
	for i, line := range lines {
		if err := ts.Exec("rabta", strings.Fields(line)...); err != nil {
			printed[i] = err.Error() + "\n"
		}
		said := ts.ReadFile("stdout") + ts.ReadFile("stderr")
		if said == "" {
			ts.Fatalf("rabta %s printed nothing", line)
		}
		printed[i] += said
	}
	return printed
}

// scriptPick sets a variable to the first group of a regular expression in a file, or to the whole match: pick NAME REGEXP FILE
func scriptPick(ts *testscript.TestScript, _ bool, args []string) {
	found := regexp.MustCompile(args[1]).FindStringSubmatch(ts.ReadFile(args[2]))
	if found == nil {
		ts.Fatalf("%s is not in %s", args[1], args[2])
	}
	ts.Setenv(args[0], found[len(found)-1])
}

// scriptAtOnce runs the same command line several times at once and wants every one to go well: atonce N ARGS...
func scriptAtOnce(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	failures := make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		cmd := exec.Command("rabta", args[1:]...)
		cmd.Dir = ts.MkAbs(".")
		all.Go(func() {
			if out, err := cmd.CombinedOutput(); err != nil {
				failures[i] = fmt.Errorf("run %d: %w: %s", i, err, out)
			}
		})
	}
	all.Wait()
	ts.Check(errors.Join(failures...))
}

// scriptFetch gets a path from the server, with a token if one is given, and wants a status: fetch STATUS PATH [TOKEN]
func scriptFetch(ts *testscript.TestScript, _ bool, args []string) {
	client := http.Client{Timeout: 10 * time.Second}
	request, err := http.NewRequest(http.MethodGet, ts.Getenv("URL")+args[1], nil)
	ts.Check(err)
	if len(args) > 2 {
		request.Header.Set("Authorization", "Bearer "+args[2])
	}
	response, err := client.Do(request)
	ts.Check(err)
	body, err := io.ReadAll(response.Body)
	ts.Check(errors.Join(err, response.Body.Close()))
	if strconv.Itoa(response.StatusCode) != args[0] {
		ts.Fatalf("GET %s: %s\n%s", args[1], response.Status, body)
	}
}

// scriptPaste waits until the server has printed so many commands, runs them in a shell, as a person would who pastes them, and wants
// of each that it goes well and prints results: paste COUNT
func scriptPaste(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	command := regexp.MustCompile(`(?m)^  ((?:curl|rabta) .*)\n`)
	var commands [][]string
	for deadline := time.Now().Add(20 * time.Second); len(commands) < want; time.Sleep(20 * time.Millisecond) {
		if commands = command.FindAllStringSubmatch(ts.ReadFile("serve.out"), -1); time.Now().After(deadline) {
			ts.Fatalf("%d commands to paste, want %d:\n%s", len(commands), want, ts.ReadFile("serve.out"))
		}
	}
	if len(commands) != want {
		ts.Fatalf("%d commands to paste, want %d:\n%s", len(commands), want, ts.ReadFile("serve.out"))
	}
	results := regexp.MustCompile(`"results":\[\{|^[1-9][0-9,]* (match|posting|اشتہار)`)
	for _, c := range commands {
		ts.Check(ts.Exec("sh", "-c", c[1]))
		if out := ts.ReadFile("stdout"); !results.MatchString(out) {
			ts.Fatalf("%s\nprinted no results:\n%s", c[1], out)
		}
	}
}
