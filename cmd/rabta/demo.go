package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"rabta/geo"
	"rabta/internal/node"
	"rabta/matching"
	"rabta/seed"
)

// The demonstration: its market, and the trade and place that its commands are about.
const (
	demoGraduates = 5_000
	demoPostings  = 1_500
	demoEarlier   = 6_000
	demoSeed      = 1
	demoTrade     = "electrician"
	demoPlace     = "Multan"
	demoTokens    = 30 * 24 * time.Hour
)

// fillForDemo puts the sample market into an empty directory and leaves another as it is.
func fillForDemo(ctx context.Context, c *call, n *node.Node) error {
	empty, err := n.Empty(ctx)
	if err != nil || !empty {
		return err
	}
	fmt.Fprintf(c.stderr, "Filling the empty directory with the sample market: %s graduates, %s postings, %s that have ended.\n", grouped(demoGraduates), grouped(demoPostings),
		grouped(demoEarlier))
	return fillEmpty(ctx, c, n, seed.Size{Graduates: demoGraduates, Postings: demoPostings, Earlier: demoEarlier}, demoSeed, c.today())
}

// guideTo prints tokens, and commands that work as pasted. A directory without people or postings gets those that it can.
func (s *serveCommand) guideTo(ctx context.Context, c *call, n *node.Node, address string) error {
	near, err := demoPoint(n)
	if err != nil {
		return err
	}
	graduate, err := demoGraduate(ctx, n, near)
	if err != nil {
		return err
	}
	posting, err := demoPosting(ctx, n, near)
	if err != nil {
		return err
	}
	rabta, data := quoted(c.program), " --data "+quoted(s.Data)
	g := guide{ctx: ctx, node: n, expires: c.now().UTC().Add(demoTokens).Truncate(time.Second)}
	g.token("staff", "demo")
	if graduate != nil {
		g.token("graduate", graduate.ID)
		g.try("work that suits the graduate, near "+demoPlace, rabta+" match graduate "+string(graduate.ID)+data)
	}
	if posting != nil {
		secret := g.token("employer", posting.Employer)
		g.try("who suits a posting of the employer", "curl -s -H 'Authorization: Bearer "+secret+"' "+
			quoted(address+"/v1/postings/"+string(posting.ID)+"/candidates"))
	}
	g.try("electrician's work in "+demoPlace+", asked for in Urdu", rabta+" search"+data+" --lang ur 'ملتان میں بجلی کا کام'")
	return g.print(c.stdout)
}

// guide gathers tokens and commands. The first error stays, and nothing is printed then.
type guide struct {
	ctx              context.Context
	node             *node.Node
	expires          time.Time
	tokens, commands []string
	err              error
}

// token makes a token and gives its secret.
func (g *guide) token(role string, subject matching.ID) string {
	secret, _, err := g.node.CreateToken(g.ctx, role, subject, g.expires)
	g.err = cmp.Or(g.err, err)
	g.tokens = append(g.tokens, fmt.Sprintf("%-9s %s   (%s)", role+":", secret, subject))
	return secret
}

// try adds a command, and what it is for.
func (g *guide) try(what, command string) { g.commands = append(g.commands, "# "+what, command) }

func (g *guide) print(w io.Writer) error {
	if g.err != nil {
		return g.err
	}
	_, err := fmt.Fprintf(w, "\nTokens, good for 30 days:\n  %s\n\nTry:\n  %s\n", strings.Join(g.tokens, "\n  "), strings.Join(g.commands, "\n  "))
	return err
}

// quoted makes a word safe to paste into a shell.
func quoted(word string) string {
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@%+=,-"
	if word != "" && strings.Trim(word, plain) == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// demoPoint is the middle of the town that the commands are about.
func demoPoint(n *node.Node) (geo.Point, error) {
	place, err := n.PlaceNamed(demoPlace)
	return place.Point, err
}

// Bounds of the look for a good example in a large directory.
const (
	demoLooked = 50_000 // records read
	demoTried  = 20     // records matched, the most fitting first
	demoNearby = 30_000 // metres within which a match is a good example
)

// demoGraduate gives a graduate who searches and has matches if there is one: of the trade, and as near to the point as can be.
// nil when nobody searches.
func demoGraduate(ctx context.Context, n *node.Node, near geo.Point) (*matching.Graduate, error) {
	var best []*matching.Graduate
	other := func(g *matching.Graduate) int {
		if len(g.Trades) > 0 && g.Trades[0].Trade == demoTrade {
			return 0
		}
		return 1
	}
	fitting := func(a, b *matching.Graduate) int {
		return cmp.Or(cmp.Compare(other(a), other(b)), cmp.Compare(geo.Distance(a.Home, near), geo.Distance(b.Home, near)), cmp.Compare(a.ID, b.ID))
	}
	looked := 0
	_, err := n.EachGraduate(ctx, func(g *matching.Graduate) error {
		if looked++; looked > demoLooked {
			return errEnough
		}
		if g.Status == matching.Searching {
			if i, _ := slices.BinarySearchFunc(best, g, fitting); i < demoTried {
				best = slices.Insert(best, i, g)
				best = best[:min(len(best), demoTried)]
			}
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return nil, err
	}
	return bestMatched(ctx, n, best)
}

// bestMatched gives the graduate with the most matches nearby, of equals the first; nil when there is none.
func bestMatched(ctx context.Context, n *node.Node, graduates []*matching.Graduate) (*matching.Graduate, error) {
	var chosen *matching.Graduate
	most := -1
	for _, g := range graduates {
		found, err := n.Matches(ctx, node.MatchRequest{ID: g.ID, Limit: 1, Brief: true})
		if err != nil {
			return nil, err
		}
		// The ladder and not the total, which has work that one lives at, however far.
		nearby := 0
		for _, ring := range found.Reach.Rings {
			if ring.WithinM <= demoNearby {
				nearby = ring.Count
			}
		}
		if nearby > most {
			chosen, most = g, nearby
		}
	}
	return chosen, nil
}

var errEnough = errors.New("enough records were looked at")

// demoPosting gives a live posting with candidates, of the trade and near the point if there is one. nil when there is none.
func demoPosting(ctx context.Context, n *node.Node, near geo.Point) (*matching.Posting, error) {
	for _, trade := range []string{demoTrade, ""} {
		found, err := n.Search(ctx, node.SearchRequest{Trade: trade, Near: &near, Limit: demoTried})
		if err != nil {
			return nil, err
		}
		for _, f := range found.Results {
			candidates, err := n.Candidates(ctx, node.MatchRequest{ID: f.ID, Limit: 1})
			if err != nil {
				return nil, err
			}
			if candidates.Total > 0 {
				return n.Posting(ctx, f.ID)
			}
		}
	}
	return nil, nil
}
