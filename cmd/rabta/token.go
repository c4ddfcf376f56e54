package main

import (
	"context"
	"fmt"
	"time"

	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
)

// tokenCommand is rabta token.
type tokenCommand struct {
	Create tokenCreateCommand `cmd:"" help:"Make a token and print its secret, which is kept nowhere and shown only now."`
	List   tokenListCommand   `cmd:"" help:"List the tokens there are, without their secrets."`
	Revoke tokenRevokeCommand `cmd:"" help:"End tokens at once, on every node."`
}

// tokenCreateCommand is rabta token create.
type tokenCreateCommand struct {
	dataFlag
	jsonFlag
	Role    string        `required:"" enum:"graduate,employer,institute,officer,staff,service" placeholder:"ROLE" help:"What its bearer acts as: graduate, employer, institute, officer, staff or service."`
	Subject string        `placeholder:"ID" help:"Whom it speaks for: the identifier of a graduate, employer or institute, or a name."`
	Expires time.Duration `default:"720h" help:"How long it holds; 0 is for ever."`
}

// tokenMade is what token create prints as JSON.
type tokenMade struct {
	Secret  string      `json:"secret"`
	ID      string      `json:"id"`
	Role    string      `json:"role"`
	Subject matching.ID `json:"subject,omitempty"`
	Expires *time.Time  `json:"expires"` // null: never
}

// Run makes a token and prints it.
func (t *tokenCreateCommand) Run(ctx context.Context, c *call) error {
	if t.Expires < 0 {
		return usageError{fault.Field("expires", "--expires takes a time to come, such as 720h, or 0 for ever.")}
	}
	return c.withNewNode(ctx, t.Data, nil, func(n *node.Node) error {
		var expires time.Time
		if t.Expires > 0 {
			expires = c.now().UTC().Add(t.Expires).Truncate(time.Second)
		}
		secret, made, err := n.CreateToken(ctx, t.Role, matching.ID(t.Subject), expires)
		if err != nil {
			return err
		}
		if t.JSON {
			return printJSON(c.stdout, tokenMade{secret, made.ID, made.Role, made.Subject, orNull(made.Expires)})
		}
		_, err = fmt.Fprintln(c.stdout, secret)
		return err
	})
}

// tokenListCommand is rabta token list.
type tokenListCommand struct {
	dataFlag
	jsonFlag
	Subject string `placeholder:"ID" help:"Only those that speak for one subject: a record's identifier, or a name."`
}

// tokenShown is what token list prints of one as JSON.
type tokenShown struct {
	ID      string      `json:"id"`
	Role    string      `json:"role"`
	Subject matching.ID `json:"subject,omitempty"`
	Created time.Time   `json:"created"`
	Expires *time.Time  `json:"expires"` // null: never
	Expired bool        `json:"expired"`
}

// Run lists tokens.
func (t *tokenListCommand) Run(ctx context.Context, c *call) error {
	return c.withNode(ctx, t.Data, func(n *node.Node) error {
		tokens, err := n.Tokens(ctx, matching.ID(t.Subject))
		if err != nil {
			return err
		}
		shown := make([]tokenShown, len(tokens))
		rows := [][]string{{"ID", "ROLE", "SUBJECT", "MADE", "EXPIRES"}}
		for i, k := range tokens {
			expired := !k.Expires.IsZero() && !k.Expires.After(c.now())
			shown[i] = tokenShown{k.ID, k.Role, k.Subject, k.Created, orNull(k.Expires), expired}
			until := "never"
			if !k.Expires.IsZero() {
				until = k.Expires.Format(time.DateOnly)
			}
			if expired {
				until += " (expired)"
			}
			rows = append(rows, []string{k.ID, k.Role, string(k.Subject), k.Created.Format(time.DateOnly), until})
		}
		if t.JSON {
			return printJSON(c.stdout, shown)
		}
		return printTable(c.stdout, rows)
	})
}

// tokenRevokeCommand is rabta token revoke.
type tokenRevokeCommand struct {
	dataFlag
	IDs     []string `arg:"" optional:"" name:"token" help:"Identifiers of tokens, as rabta token list prints them: never the secrets."`
	Subject string   `placeholder:"ID" help:"All tokens that speak for one subject."`
}

// Run ends tokens and tells how many they were.
func (t *tokenRevokeCommand) Run(ctx context.Context, c *call) error {
	if (len(t.IDs) == 0) == (t.Subject == "") {
		return usageError{fault.Field("token", "Name the tokens to end by their ids, or whose they are with --subject.")}
	}
	return c.withNode(ctx, t.Data, func(n *node.Node) error {
		ids := t.IDs
		if t.Subject != "" {
			tokens, err := n.Tokens(ctx, matching.ID(t.Subject))
			if err != nil {
				return err
			}
			for _, k := range tokens {
				ids = append(ids, k.ID)
			}
		}
		if err := n.RevokeTokens(ctx, ids...); err != nil {
			return err
		}
		_, err := fmt.Fprintf(c.stdout, "revoked: %d\n", len(ids))
		return err
	})
}
