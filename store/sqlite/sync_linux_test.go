package sqlite_test

import (
	"debug/elf"
	"os"
	"slices"
	"strings"
	"testing"
)

// A commit ends in fdatasync where the build says that there is one (the Makefile does), and in fsync where it does not.
func TestHowACommitIsSynced(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	f, err := elf.Open(program)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	symbols, err := f.ImportedSymbols()
	if err != nil {
		t.Fatal(err)
	}
	imports := func(name string) bool {
		return slices.ContainsFunc(symbols, func(s elf.ImportedSymbol) bool { return s.Name == name })
	}
	told := strings.Contains(os.Getenv("CGO_CFLAGS"), "HAVE_FDATASYNC")
	if imports("fdatasync") != told || imports("fsync") == told {
		t.Errorf("CGO_CFLAGS is %q, and SQLite was built with fdatasync %v, fsync %v", os.Getenv("CGO_CFLAGS"), imports("fdatasync"), imports("fsync"))
	}
}
