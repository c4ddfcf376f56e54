package rabta_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestMakeSaysWhatIsMissing runs the checks of the Makefile with a go on PATH that tells another version and another C compiler.
func TestMakeSaysWhatIsMissing(t *testing.T) {
	for _, test := range []struct{ name, version, compiler, want string }{
		{"whole", "go1.26.8", "reading-compiler", ""},
		{"newer", "go1.30", "reading-compiler", ""},
		{"between releases", "devel go1.27-1a2b3c", "reading-compiler", ""},
		{"older", "go1.9.7", "reading-compiler", "make: Go 1.26 or newer is needed, and this is go1.9.7"},
		{"older by one", "go1.25.4", "reading-compiler", "make: Go 1.26 or newer is needed, and this is go1.25.4"},
		{"cannot read go.mod", "", "reading-compiler", "make: Go 1.26 or newer is needed, and this is older"},
		{"compiler without headers", "go1.26", "false", "make: a C compiler with its headers is needed (h3 and SQLite are C): install gcc and libc6-dev"},
		{"no compiler", "go1.26", "no-such-compiler", "make: a C compiler with its headers is needed (h3 and SQLite are C): install gcc and libc6-dev"},
	} {
		t.Run(test.name, func(t *testing.T) {
			bin := t.TempDir()
			fake := "#!/bin/sh\ncase $2 in\nGOVERSION) echo '" + test.version + "' ;;\nCC) echo " + test.compiler + " ;;\nesac\n"
			if err := os.WriteFile(filepath.Join(bin, "go"), []byte(fake), 0o700); err != nil {
				t.Fatal(err)
			}
			compiler := "#!/bin/sh\nexec cat >/dev/null\n"
			if err := os.WriteFile(filepath.Join(bin, "reading-compiler"), []byte(compiler), 0o700); err != nil {
				t.Fatal(err)
			}
			run := exec.Command("make", "--silent", "need-cc")
			run.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"), "MAKEFLAGS=", "MFLAGS=")
			out, err := run.CombinedOutput()
			said, _, _ := strings.Cut(string(out), "\n")
			if said != test.want || (err == nil) != (test.want == "") {
				t.Errorf("it printed %q, %v; want %q", out, err, test.want)
			}
		})
	}
}
