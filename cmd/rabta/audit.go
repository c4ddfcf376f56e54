package main

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"rabta/internal/node"
	"rabta/matching"
	"rabta/store"
)

// auditCommand is rabta audit.
type auditCommand struct {
	List   auditListCommand   `cmd:"" help:"List who read what is personal, one entry a line."`
	Verify auditVerifyCommand `cmd:"" help:"Check that no entry of the audit log was changed, dropped or inserted."`
}

// auditListCommand is rabta audit list.
type auditListCommand struct {
	dataFlag
	jsonFlag
	Graduate string `placeholder:"ID" help:"Whose data."`
	Posting  string `placeholder:"ID" help:"For which posting."`
	Subject  string `placeholder:"NAME" help:"Of the token that looked."`
}

// Run writes the entries in their order; with --json, one object a line.
func (a *auditListCommand) Run(ctx context.Context, c *call) error {
	const batch = 1000
	return c.withNode(ctx, a.Data, func(n *node.Node) error {
		filter := store.LookFilter{Graduate: matching.ID(a.Graduate), Posting: matching.ID(a.Posting), Subject: a.Subject}
		out := bufio.NewWriter(c.stdout)
		enc := json.NewEncoder(out)
		for after := uint64(0); ; {
			looks, next, err := n.Looks(ctx, filter, after, batch)
			if err != nil {
				return err
			}
			for i := range looks {
				if err := a.write(out, enc, &looks[i]); err != nil {
					return fmt.Errorf("writing the entries: %w", err)
				}
			}
			if next == 0 {
				return flush(out)
			}
			after = next
		}
	})
}

func (a *auditListCommand) write(out *bufio.Writer, enc *json.Encoder, l *store.Look) error {
	if a.JSON {
		return enc.Encode(l)
	}
	_, err := fmt.Fprintf(out, "%d  %s  %s %s  %s  %s %s  %s\n", l.Number, l.At.Format(time.RFC3339), l.Role, l.Subject, l.Action, l.Graduate, l.Posting,
		hex.EncodeToString(l.MAC))
	return err
}

// auditVerifyCommand is rabta audit verify.
type auditVerifyCommand struct {
	dataFlag
	jsonFlag
	Head string `placeholder:"MAC" help:"A head noted earlier, from the server's log: it must be in the audit log still."`
}

// Run checks the chain; it fails when anything was changed, or the head is not in it.
func (a *auditVerifyCommand) Run(ctx context.Context, c *call) error {
	return c.withNode(ctx, a.Data, func(n *node.Node) error {
		report, err := n.VerifyAudit(ctx, a.Head)
		if err != nil {
			return err
		}
		if a.JSON {
			return printJSON(c.stdout, report)
		}
		if report.Entries == 0 {
			_, err = fmt.Fprintln(c.stdout, "The audit log has no entries.")
			return err
		}
		if _, err = fmt.Fprintf(c.stdout, "%s entries, none changed. Head: %s\n", grouped(int64(report.Entries)), report.Head); err == nil && report.Found > 0 {
			_, err = fmt.Fprintf(c.stdout, "The head that was noted is entry %s.\n", grouped(int64(report.Found)))
		}
		return err
	})
}
