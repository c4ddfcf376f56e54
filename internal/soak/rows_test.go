package main

import (
	"bytes"
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestALineOfFigures: a row's line has the figures alone; one that fails or prints none did not hold.
func TestALineOfFigures(t *testing.T) {
	says := func(output string, err error) func(context.Context) (string, error) {
		return func(context.Context) (string, error) { return output, err }
	}
	of := regexp.MustCompile(`\d+ kills: .*`)
	const figured = "=== RUN\n    nodes_test.go:43: 2 kills: acknowledged 420, lost 0\nPASS\n"
	for _, test := range []struct {
		name, output string
		err          error
		want         string
		failed       int
	}{
		{"held", figured, nil, "2 kills: acknowledged 420, lost 0; ", 0},
		{"failed", figured, errors.New("exit status 1"), "DID NOT HOLD: exit status 1", 1},
		{"no figures", "ok\n", nil, "DID NOT HOLD: it printed no figures", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			var out bytes.Buffer
			failed := runAll(t.Context(), []row{{"kills", of, says(test.output, test.err)}}, &out)
			if failed != test.failed || !strings.Contains(out.String(), test.want) || !strings.HasPrefix(out.String(), "kills ") {
				t.Errorf("%d failed: %s", failed, out.String())
			}
		})
	}
}

// TestRowsHaveNames of one word, each its own.
func TestRowsHaveNames(t *testing.T) {
	all := names(options{}.rows())
	if sorted := slices.Compact(slices.Sorted(slices.Values(all))); len(sorted) != len(all) || strings.Contains(strings.Join(all, ""), " ") {
		t.Errorf("%q", all)
	}
}
