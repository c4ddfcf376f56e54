package fleet

import (
	"context"
	"strings"
)

// shown is a record as a list of the API gives it.
type shown struct {
	ID      string
	Version int64
	Title   string
}

// verify compares the writer's records with its employer, its employer's postings and its institute's roster, which nobody else writes to.
func (w *writer) verify(ctx context.Context, c *Counts) error {
	postings, err := list(ctx, w.employer, "/v1/employers/"+w.employee+"/postings", "postings")
	if err != nil {
		return err
	}
	graduates, err := list(ctx, w.institute, "/v1/graduates", "graduates")
	if err != nil {
		return err
	}
	var employer shown
	if _, err := w.employer.get(ctx, "/v1/employers/"+w.employee, &employer); err != nil {
		return err
	}
	byMark, byID := map[string]int{}, map[string]shown{employer.ID: employer}
	for _, p := range postings {
		byMark[p.Title[strings.LastIndexByte(p.Title, ' ')+1:]]++
		byID[p.ID] = p
	}
	for _, g := range graduates {
		byID[g.ID] = g
	}
	least, most := 0, 0 // graduates that must, and that may, be there
	for _, r := range w.records {
		if n := byMark[r.mark]; r.noun == "posting" && n > 1 {
			c.Twice += n - 1
		}
		if r.noun == "graduate" {
			least += r.mustBeThere()
			most += r.mayBeThere()
		}
		r.compare(byID, c)
	}
	if more := len(graduates) - most; more > 0 {
		c.Twice += more // created again under another id
	}
	if fewer := least - len(graduates); fewer > 0 && c.Lost == 0 {
		c.Lost += fewer
	}
	return nil
}

func (r *record) mustBeThere() int {
	if r.created == acknowledged && r.deleted == notAsked {
		return 1
	}
	return 0
}

func (r *record) mayBeThere() int {
	if r.deleted == acknowledged {
		return 0
	}
	return 1
}

// compare holds one record to what is shown of it.
func (r *record) compare(byID map[string]shown, c *Counts) {
	if r.created != acknowledged {
		return
	}
	have, there := byID[r.id]
	switch {
	case r.deleted == acknowledged && there:
		c.Lost++ // the deletion
	case r.deleted != notAsked:
	case !there:
		c.Lost += 1 + int(r.changes)
	case have.Version < 1+r.changes:
		c.Lost += int(1 + r.changes - have.Version)
	case have.Version > 1+r.changes+r.unsure:
		c.Twice += int(have.Version - 1 - r.changes - r.unsure)
	}
}

// list walks a list of the API to its end.
func list(ctx context.Context, c *client, path, name string) ([]shown, error) {
	var all []shown
	for cursor := ""; ; {
		page := struct {
			Postings, Graduates []shown
			Next                string
		}{}
		if _, err := c.get(ctx, path+"?limit=100"+cursor, &page); err != nil {
			return nil, err
		}
		if name == "postings" {
			all = append(all, page.Postings...)
		} else {
			all = append(all, page.Graduates...)
		}
		if page.Next == "" {
			return all, nil
		}
		cursor = "&cursor=" + page.Next
	}
}
