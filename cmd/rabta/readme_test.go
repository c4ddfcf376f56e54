package main

import (
	"flag"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var rewrite = flag.Bool("rewrite", false, "write what the README's commands print into it, instead of comparing")

// TestReadmeTranscript runs every command of the README that stands behind a "$ ", one after the other in one directory, and compares
// what it prints with what stands below it.
func TestReadmeTranscript(t *testing.T) {
	const path = "../../README.md"
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir, commands := t.TempDir(), 0
	var after strings.Builder
	lines := strings.SplitAfter(string(before), "\n")
	for i := 0; i < len(lines); i++ {
		after.WriteString(lines[i])
		command, ok := strings.CutPrefix(lines[i], "$ ")
		if !ok {
			continue
		}
		commands++
		run := exec.Command("sh", "-c", strings.ReplaceAll(command, "bin/rabta", "rabta"))
		run.Dir = dir
		out, err := run.CombinedOutput()
		if err != nil {
			t.Fatalf("%s%v\n%s", command, err, out)
		}
		after.Write(out)
		for i+1 < len(lines) && !strings.HasPrefix(lines[i+1], "$ ") && !strings.HasPrefix(lines[i+1], "```") {
			i++
		}
	}
	if commands < 4 {
		t.Fatalf("the README shows %d commands", commands)
	}
	if *rewrite {
		if err := os.WriteFile(path, []byte(after.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(before), after.String()); diff != "" {
		t.Errorf("the README shows something else than its commands print (-README +printed); go test ./cmd/rabta -run Readme -rewrite writes it:\n%s", diff)
	}
}
