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
	fmt.Fprintf(c.stderr, "Filling the empty directory with the sample market: %s graduates, %s postings.\n", grouped(demoGraduates), grouped(demoPostings))
	return fillEmpty(ctx, c, n, seed.Size{Graduates: demoGraduates, Postings: demoPostings}, demoSeed, c.today())
}

// guide prints tokens, and commands that work as pasted. A directory without people or postings gets those that it can.
func (s *serveCommand) guide(ctx context.Context, c *call, n *node.Node, address string) error {
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
	expires := c.now().UTC().Add(demoTokens).Truncate(time.Second)
	token := func(role string, subject matching.ID) (string, error) {
		secret, _, err := n.CreateToken(ctx, role, subject, expires)
		return secret, err
	}
	staff, err := token("staff", "demo")
	if err != nil {
		return err
	}
	tokens := []string{"staff:    " + staff}
	var commands []string
	add := func(what, command string) { commands = append(commands, "# "+what, command) }
	if graduate != nil {
		secret, err := token("graduate", graduate.ID)
		if err != nil {
			return err
		}
		tokens = append(tokens, fmt.Sprintf("graduate: %s   (%s)", secret, graduate.ID))
		add("work that suits a graduate near "+demoPlace, curl(secret, address+"/v1/graduates/"+string(graduate.ID)+"/matches"))
	}
	if posting != nil {
		secret, err := token("employer", posting.Employer)
		if err != nil {
			return err
		}
		tokens = append(tokens, fmt.Sprintf("employer: %s   (%s)", secret, posting.Employer))
		add("who suits a posting of an employer", curl(secret, address+"/v1/postings/"+string(posting.ID)+"/candidates"))
	}
	add("a search in Urdu: electrician's work in Multan",
		"curl -sG "+quoted(address+"/v1/postings")+" --data-urlencode "+quoted("q=ملتان میں بجلی کا کام")+" -H 'Accept-Language: ur'")
	if graduate != nil {
		add("the same matches by the command line", quoted(c.program)+" match graduate "+string(graduate.ID)+" --data "+quoted(s.Data))
	}
	return printGuide(c.stdout, tokens, commands)
}

func printGuide(w io.Writer, tokens, commands []string) error {
	_, err := fmt.Fprintf(w, "\nTokens, good for 30 days:\n  %s\n\nTry:\n  %s\n", strings.Join(tokens, "\n  "), strings.Join(commands, "\n  "))
	return err
}

func curl(secret, url string) string {
	return "curl -s -H 'Authorization: Bearer " + secret + "' " + quoted(url)
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
		found, err := n.Matches(ctx, node.MatchRequest{ID: g.ID, Within: demoNearby, Limit: 1})
		if err != nil {
			return nil, err
		}
		if found.Total > most {
			chosen, most = g, found.Total
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
