package main

import (
	"context"
	"fmt"

	"rabta/internal/node"
	"rabta/store"
)

// keysCommand is rabta keys.
type keysCommand struct {
	Status keysStatusCommand `cmd:"" help:"Say which versions the key file holds, and how many records need each."`
	Rotate keysRotateCommand `cmd:"" help:"Make new keys and seal everything again with them, while the server goes on."`
	Prune  keysPruneCommand  `cmd:"" help:"Take old versions that no record needs out of the key file. Backups made before need the file as it was."`
}

// keysStatusCommand is rabta keys status.
type keysStatusCommand struct {
	dataFlag
	jsonFlag
}

// Run prints where the keys stand.
func (k *keysStatusCommand) Run(ctx context.Context, c *call) error {
	return c.withNode(ctx, k.Data, func(n *node.Node) error {
		report, err := n.KeyStatus(ctx)
		if err != nil {
			return err
		}
		return c.printKeys(report, k.JSON)
	})
}

// keysRotateCommand is rabta keys rotate.
type keysRotateCommand struct {
	dataFlag
	jsonFlag
	Use    string `enum:"sealing,lookup,both" default:"sealing" help:"Which keys: sealing (of what is personal), lookup (by phone and CNIC), or both."`
	Finish bool   `help:"Make no new key: only seal again what an earlier rotation that was cut off left. The server does so by itself within the hour."`
}

// Run rotates.
func (k *keysRotateCommand) Run(ctx context.Context, c *call) error {
	uses := []store.KeyUse{store.KeyUse(k.Use)}
	switch {
	case k.Finish:
		uses = nil
	case k.Use == "both":
		uses = []store.KeyUse{store.SealingKey, store.LookupKey}
	}
	return c.withNode(ctx, k.Data, func(n *node.Node) error {
		report, err := n.RotateKeys(ctx, uses...)
		if err != nil {
			return err
		}
		return c.printKeys(report, k.JSON)
	})
}

// keysPruneCommand is rabta keys prune.
type keysPruneCommand struct {
	dataFlag
	jsonFlag
}

// Run prunes.
func (k *keysPruneCommand) Run(ctx context.Context, c *call) error {
	return c.withNode(ctx, k.Data, func(n *node.Node) error {
		report, err := n.PruneKeys(ctx)
		if err != nil {
			return err
		}
		return c.printKeys(report, k.JSON)
	})
}

func (c *call) printKeys(r node.KeysReport, asJSON bool) error {
	if asJSON {
		return printJSON(c.stdout, r)
	}
	rows := [][]string{{"USE", "VERSION", "RECORDS"}}
	for _, use := range []struct {
		use      store.KeyUse
		versions []uint32
	}{{store.SealingKey, r.Sealing}, {store.LookupKey, r.Lookup}} {
		for _, version := range use.versions {
			rows = append(rows, []string{string(use.use), fmt.Sprint(version), grouped(int64(recordsOf(r.Used, use.use, version)))})
		}
	}
	if err := printTable(c.stdout, rows); err != nil {
		return err
	}
	if r.Resealed > 0 {
		fmt.Fprintf(c.stdout, "%s records were sealed again.\n", grouped(int64(r.Resealed)))
	}
	if left := r.Unfinished(); left > 0 {
		fmt.Fprintf(c.stdout, "%s records need an older version: rabta keys rotate --finish seals them again.\n", grouped(int64(left)))
	}
	return nil
}

func recordsOf(used []store.KeyCount, use store.KeyUse, version uint32) int {
	for _, c := range used {
		if c.Use == use && c.Version == version {
			return c.Records
		}
	}
	return 0
}
