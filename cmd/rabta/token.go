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
