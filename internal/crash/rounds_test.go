package main

import (
	"bytes"
	"context"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestCrash is a short form of make crash, with the real program.
func TestCrash(t *testing.T) {
	dir := t.TempDir()
	binary := filepath.Join(dir, "rabta")
	if out, err := exec.Command("go", "build", "-tags", "nomsgpack", "-o", binary, "rabta/cmd/rabta").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v: %s", err, out)
	}
	var out bytes.Buffer
	err := run(context.Background(), options{rounds: 4, records: 200, binary: binary, data: filepath.Join(dir, "data"), seed: 11}, &out)
	if err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if last := lines[len(lines)-1]; !regexp.MustCompile(`^rounds 4 acknowledged [1-9][0-9]* lost 0 twice 0$`).MatchString(last) {
		t.Errorf("the last line is %q", last)
	}
	t.Log(out.String())
}
