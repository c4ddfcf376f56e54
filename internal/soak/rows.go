package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// options are the lengths of the trials.
type options struct {
	kills, failovers, rounds, records, requests, minutes, purged, imported int
	away                                                                   time.Duration
	old                                                                    string
}

// row is one trial.
type row struct {
	name    string
	figures *regexp.Regexp // what of its output is worth a line
	run     func(context.Context) (output string, err error)
}

// rows are the trials that have a long form, in the order of docs/TRUST.md.
func (o options) rows() []row {
	fleet := func(test string, args ...string) func(context.Context) (string, error) {
		return command("go", append([]string{"test", "-tags", "nomsgpack", "./internal/fleet", "-run", "^" + test + "$", "-count", "1", "-v", "-timeout", "3h", "-strict"}, args...)...)
	}
	return []row{
		{"kills", regexp.MustCompile(`\d+ kills: .*`), fleet("TestANodeIsKilledUnderLoad", "-kills", strconv.Itoa(o.kills))},
		{"crash", regexp.MustCompile(`^(ready .*|rounds .*)`), command("make", "--no-print-directory", "crash", fmt.Sprint("ROUNDS=", o.rounds), fmt.Sprint("RECORDS=", o.records))},
		{"full", regexp.MustCompile(`.* full: \d+ writes.*`), command("make", "--no-print-directory", "full")},
		{"away", regexp.MustCompile(`away for .*`), fleet("TestPostgresGoesAwayUnderLoad", "-away", o.away.String())},
		{"failover", regexp.MustCompile(`failover: .*`), fleet("TestFailover", "-failovers", strconv.Itoa(o.failovers))},
		{"requests", regexp.MustCompile(`\d+ requests$`), command("make", "--no-print-directory", "requests", fmt.Sprint("ROUNDS=", max(1, o.requests/requestsARound)))},
		{"damage", regexp.MustCompile(`\d+ damages, .*`), command("make", "--no-print-directory", "damage")},
		{"purge", regexp.MustCompile(`purge of .*`), command("go", "test", "-tags", "nomsgpack", "./search", "-run", "^TestPurgeUnderSearches$", "-count", "1", "-v",
			"-purged", strconv.Itoa(o.purged), "-timeout", "1h")},
		{"import", importFigures, o.bringIn("sqlite")},
		{"import-postgres", importFigures, o.bringIn("postgres")},
		{"versions", regexp.MustCompile(`two versions: .*`), o.twoVersions(fleet)},
		{"mixed", regexp.MustCompile(`mixed load .*`), fleet("TestMixedLoad", "-mixed", (time.Duration(o.minutes) * time.Minute).String())},
	}
}

// importFigures are the lines of bench-import that say how it went.
var importFigures = regexp.MustCompile(`^(stored in|another writer|found by all|memory resident|processor time).*`)

func (o options) bringIn(store string) func(context.Context) (string, error) {
	return command("make", "--no-print-directory", "bench-import", fmt.Sprint("ROWS=", o.imported), "STORE="+store)
}

// requestsARound is how many requests one check of the made requests sends, about.
const requestsARound = 200

func names(rows []row) (all []string) {
	for _, r := range rows {
		all = append(all, r.name)
	}
	return all
}

// command gives the running of a program, whose output is shown as it comes on standard error. With ctx it and all that it started are told to
// end.
func command(name string, args ...string) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		cmd := exec.CommandContext(ctx, name, args...)
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM) }
		var output bytes.Buffer
		both := io.MultiWriter(&output, os.Stderr)
		cmd.Stdout, cmd.Stderr = both, both
		err := cmd.Run()
		return output.String(), err
	}
}

// figures gives the lines of an output that match, without the places in test files that said them.
func figures(output string, of *regexp.Regexp) (found []string) {
	for line := range strings.Lines(output) {
		if match := of.FindString(strings.TrimSpace(line)); match != "" {
			found = append(found, match)
		}
	}
	return found
}

// tail is the end of an output that went wrong.
func tail(output string) string { return output[max(0, len(output)-2000):] }
