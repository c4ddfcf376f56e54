package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// twoVersions builds the program of an older commit from the repository's history, in a directory of its own, and runs it beside the
// present one.
func (o options) twoVersions(fleet func(test string, args ...string) func(context.Context) (string, error)) func(context.Context) (string, error) {
	return func(ctx context.Context) (output string, err error) {
		old := o.old
		if old == "" {
			if old, err = beforeNewestMigration(ctx); err != nil {
				return "", err
			}
		}
		scratch, err := os.MkdirTemp("", "rabta-old-")
		if err != nil {
			return "", err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
		binary := filepath.Join(scratch, "rabta")
		const build = `set -o pipefail; git archive "$1" | tar -x -C "$2" && cd "$2" && go build -tags nomsgpack -o "$3" ./cmd/rabta`
		if output, err = command("bash", "-c", build, "build", old, scratch, binary)(ctx); err != nil {
			return output, fmt.Errorf("building %s: %w", old, err)
		}
		return fleet("TestTwoVersionsUnderLoad", "-old", binary)(ctx)
	}
}

// beforeNewestMigration is the parent of the commit that first brought the migration with the highest number.
func beforeNewestMigration(ctx context.Context) (string, error) {
	files, err := filepath.Glob("store/postgres/migrations/*.sql")
	if err != nil || len(files) == 0 {
		return "", errors.Join(err, errors.New("there are no migrations here: run this at the top of the repository"))
	}
	number, _, _ := strings.Cut(filepath.Base(files[len(files)-1]), "_") // Glob sorts
	out, err := command("git", "log", "--diff-filter=A", "--format=%H", "--", "store/*/migrations/"+number+"_*.sql")(ctx)
	commits := strings.Fields(out)
	if err != nil || len(commits) == 0 {
		return "", fmt.Errorf("the history of migration %s is not here: name a commit with OLD: %w", number, err)
	}
	return commits[len(commits)-1] + "^", nil
}
