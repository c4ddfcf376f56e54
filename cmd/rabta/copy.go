package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"rabta/internal/node"
)

// copyCommand is rabta copy.
type copyCommand struct {
	From       string `required:"" placeholder:"PLACE" help:"Where the records lie: sqlite:DIR, which a server may hold, or postgres://USER@HOST/DATABASE."`
	To         string `required:"" placeholder:"PLACE" help:"Where they go, in the same forms. It must hold no records."`
	FromKey    string `placeholder:"FILE" help:"Key file of --from; beside the directory unless told."`
	ToKey      string `placeholder:"FILE" help:"Where the key file of --to goes; beside the directory unless told."`
	WithoutKey bool   `help:"Write no key file: a backup that does not open by itself. Keep the key elsewhere, or nothing sealed can be read."`
	jsonFlag
}

// Run copies, in the process that holds the directory if there is one.
func (p *copyCommand) Run(ctx context.Context, c *call) error {
	from, err := node.ParseWhere(p.From)
	if err != nil {
		return usageError{err}
	}
	to, err := node.ParseWhere(p.To)
	if err != nil {
		return usageError{err}
	}
	shown := c.progress("Copying")
	defer shown.end()
	job := node.Copy{From: from, To: to, FromKey: p.FromKey, ToKey: p.ToKey, WithoutKey: p.WithoutKey, Now: c.now,
		Progress: func(rows int) { shown.at(rows, 0) }}
	var copied node.Copied
	if c.live != nil {
		copied, err = job.RunFrom(ctx, c.live)
	} else {
		copied, err = job.Run(ctx)
	}
	shown.end()
	if errors.Is(err, node.ErrHeld) {
		return c.besideServer(ctx, from.Dir, p.absolute(from, to))
	}
	if err != nil {
		return err
	}
	return p.print(c, copied)
}

// absolute is this command with paths that name the same files from anywhere.
func (p *copyCommand) absolute(from, to node.Where) []string {
	args := []string{"copy", "--from", sent(from), "--to", sent(to)}
	for flag, file := range map[string]string{"--from-key": p.FromKey, "--to-key": p.ToKey} {
		if path, err := filepath.Abs(file); file != "" && err == nil {
			args = append(args, flag, path)
		}
	}
	if p.WithoutKey {
		args = append(args, "--without-key")
	}
	if p.JSON {
		args = append(args, "--json")
	}
	return args
}

// sent is a place as an argument; a URL whole, since it goes over the socket of the directory's owner alone.
func sent(w node.Where) string {
	if w.URL != "" {
		return w.URL
	}
	return w.String()
}

func (p *copyCommand) print(c *call, copied node.Copied) error {
	if p.JSON {
		return printJSON(c.stdout, copied)
	}
	var parts []string
	for _, table := range slices.Sorted(maps.Keys(copied.Rows)) {
		parts = append(parts, fmt.Sprintf("%s %s", grouped(int64(copied.Rows[table])), table))
	}
	_, err := fmt.Fprintf(c.stdout, "Copied as of position %s: %s.\n", grouped(int64(copied.From.Position)), strings.Join(parts, ", "))
	return err
}
