package node_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/internal/node"
	"rabta/matching"
)

// changer makes changes to records that no other changer touches.
type changer struct {
	*rand.Rand
	n         *node.Node
	trades    []matching.TradeHeld // to draw from
	postings  []*matching.Posting
	graduates []*matching.Graduate
	employers []matching.ID
}

// changeAtRandom makes so many changes through the node, from several writers at once: records created, changed, closed and deleted.
func changeAtRandom(t *testing.T, n *node.Node, changes int) {
	t.Helper()
	const writers = 6
	whole := newScan(t, n)
	var all [writers]changer
	for i := range all {
		all[i] = changer{Rand: rand.New(rand.NewPCG(7, uint64(i))), n: n}
	}
	for i := range whole.postings {
		c := &all[i%writers]
		c.postings = append(c.postings, whole.postings[i].Posting)
	}
	seen := map[matching.ID]bool{}
	for i := range whole.postings {
		if id := whole.postings[i].Employer; !seen[id] {
			seen[id] = true
			c := &all[len(seen)%writers]
			c.employers = append(c.employers, id)
		}
	}
	for i, g := range whole.graduates {
		c := &all[i%writers]
		c.graduates, c.trades = append(c.graduates, g), append(c.trades, g.Trades...)
	}
	var wg sync.WaitGroup
	for i := range all {
		wg.Go(func() {
			for range changes / writers {
				if err := all[i].change(context.Background()); err != nil {
					t.Errorf("writer %d: %v", i, err)
					return
				}
			}
		})
	}
	wg.Wait()
}

func (c *changer) change(ctx context.Context) error {
	kinds := []func(context.Context) error{c.createPosting, c.changePosting, c.changePosting, c.closePosting, c.createGraduate,
		c.changeGraduate, c.changeGraduate, c.deleteGraduate, c.changeEmployer}
	return kinds[c.IntN(len(kinds))](ctx)
}

func (c *changer) createPosting(ctx context.Context) error {
	p := *c.postings[c.IntN(len(c.postings))]
	p.Trade = c.trades[c.IntN(len(c.trades))].Trade
	p.Source, p.ExternalID, p.Status, p.Vacancies = "", "", "", 1+c.IntN(3)
	p.Posted, p.Expires = day.AddDate(0, 0, -c.IntN(20)), day.AddDate(0, 0, 1+c.IntN(40))
	c.move(&p)
	_, err := c.n.CreatePosting(ctx, &p)
	c.postings = append(c.postings, &p)
	return err
}

func (c *changer) changePosting(ctx context.Context) error {
	p := c.postings[c.IntN(len(c.postings))]
	switch c.IntN(5) {
	case 0:
		p.Trade = c.trades[c.IntN(len(c.trades))].Trade
	case 1:
		p.Pay = &matching.Pay{From: matching.Rupees(30_000 + c.IntN(20_000)), To: matching.Rupees(50_000 + c.IntN(30_000)), Unit: matching.PerMonth}
	case 2:
		p.Status, p.Vacancies = matching.Open, 1
	case 3:
		p.Title, p.Required = fmt.Sprintf("Factory project %d", c.IntN(100)), nil
	default:
		c.move(p)
	}
	_, err := c.n.ChangePosting(ctx, p)
	return err
}

func (c *changer) closePosting(ctx context.Context) error {
	i := c.IntN(len(c.postings))
	p := c.postings[i]
	status := []matching.PostingStatus{matching.Filled, matching.Closed, matching.Withdrawn, matching.PostingPaused}[c.IntN(4)]
	_, err := c.n.ClosePosting(ctx, p.ID, p.Version, status)
	if err != nil {
		return err
	}
	c.postings[i], err = c.n.Posting(ctx, p.ID)
	return err
}

func (c *changer) createGraduate(ctx context.Context) error {
	g := *c.graduates[c.IntN(len(c.graduates))]
	g.Source, g.ExternalID, g.Status = "", "", matching.Searching
	g.Home = c.near(g.Home)
	_, err := c.n.CreateGraduate(ctx, &g, &matching.Personal{Phone: "03900000000"})
	c.graduates = append(c.graduates, &g)
	return err
}

func (c *changer) changeGraduate(ctx context.Context) error {
	g := c.graduates[c.IntN(len(c.graduates))]
	switch c.IntN(5) {
	case 0:
		g.Status = matching.GraduateStatuses[c.IntN(len(matching.GraduateStatuses))]
	case 1:
		g.Trades = []matching.TradeHeld{c.trades[c.IntN(len(c.trades))]}
	case 2:
		g.Travel.MaxMetres, g.AcceptsLiving = float64(1_000+c.IntN(90_000)), !g.AcceptsLiving
	case 3:
		g.Consent.Matching = !g.Consent.Matching
	default:
		g.Home = c.near(g.Home)
	}
	_, err := c.n.ChangeGraduate(ctx, g, nil)
	return err
}

func (c *changer) deleteGraduate(ctx context.Context) error {
	i := c.IntN(len(c.graduates))
	if _, err := c.n.DeleteGraduate(ctx, c.graduates[i].ID, 0); err != nil {
		return err
	}
	_, err := c.n.Graduate(ctx, c.graduates[i].ID)
	if fault.KindOf(err) != fault.NotFound {
		return fmt.Errorf("deleted, and still there: %w", err)
	}
	c.graduates[i] = c.graduates[len(c.graduates)-1]
	c.graduates = c.graduates[:len(c.graduates)-1]
	return nil
}

func (c *changer) changeEmployer(ctx context.Context) error {
	e, err := c.n.Employer(ctx, c.employers[c.IntN(len(c.employers))])
	if err != nil {
		return err
	}
	e.Verified, e.Asked = !e.Verified, 20
	e.Answered = c.IntN(21)
	_, err = c.n.ChangeEmployer(ctx, e, nil)
	return err
}

// move gives a posting another place, unless it is remote.
func (c *changer) move(p *matching.Posting) {
	if p.Location != nil {
		at := c.near(*p.Location)
		p.Location = &at
	}
}

// near draws a point within some 30 km.
func (c *changer) near(p geo.Point) geo.Point {
	return geo.Point{Lat: min(geo.MaxLat, max(geo.MinLat, p.Lat+0.5*c.Float64()-0.25)),
		Lon: min(geo.MaxLon, max(geo.MinLon, p.Lon+0.5*c.Float64()-0.25))}
}
