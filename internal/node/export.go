package node

import (
	"context"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

const exportPage = 500 // records read in one step of an export, and looks noted in one transaction

// ExportGraduates visits the graduates of an institute ("" for all) in id order, page by page, so that no writer waits and memory stays flat.
// With look their personal part is opened, and for each of them a look is in the audit log before anything of hers is shown.
func (n *Node) ExportGraduates(ctx context.Context, institute matching.ID, look *store.Look, visit func(*matching.Graduate, *matching.Personal) error) error {
	for after := matching.ID(""); ; {
		page, next, err := n.Graduates(ctx, Roster{Institute: institute, After: after, Limit: exportPage})
		if err != nil {
			return err
		}
		if look != nil && len(page) > 0 {
			if err := n.noteLooks(ctx, *look, page); err != nil {
				return err
			}
		}
		for _, g := range page {
			var personal *matching.Personal
			if look != nil {
				opened, err := n.store.Personal(ctx, g.ID)
				if err != nil && fault.KindOf(err) == fault.NotFound {
					continue // deleted meanwhile
				}
				if err != nil {
					return err
				}
				personal = &opened
			}
			if err := visit(g, personal); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		after = next
	}
}

func (n *Node) noteLooks(ctx context.Context, look store.Look, page []*matching.Graduate) error {
	const step = 100
	for from := 0; from < len(page); from += step {
		_, err := n.store.Update(ctx, func(tx store.Tx) error {
			for _, g := range page[from:min(from+step, len(page))] {
				l := look
				l.Graduate = g.ID
				if err := tx.AppendLook(ctx, &l); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// ExportPostings visits every posting in id order, page by page; ExportEmployers and ExportApplications do likewise.
func (n *Node) ExportPostings(ctx context.Context, visit func(*matching.Posting) error) error {
	return inPages(ctx, n.store.EachPosting, func(p *matching.Posting) matching.ID { return p.ID }, visit)
}

// ExportEmployers visits every employer.
func (n *Node) ExportEmployers(ctx context.Context, visit func(*matching.Employer) error) error {
	return inPages(ctx, n.store.EachEmployer, func(e *matching.Employer) matching.ID { return e.ID }, visit)
}

// ExportApplications visits every application.
func (n *Node) ExportApplications(ctx context.Context, visit func(*matching.Application) error) error {
	return inPages(ctx, n.store.EachApplication, func(a *matching.Application) matching.ID { return a.ID }, visit)
}

// inPages walks records in steps, and holds no snapshot of the store open while they are written to somebody who may be slow.
func inPages[R any](ctx context.Context, walk func(context.Context, matching.ID, func(*R) error) (store.Head, error), id func(*R) matching.ID,
	visit func(*R) error) error {
	for after := matching.ID(""); ; {
		page := make([]*R, 0, exportPage)
		_, err := walk(ctx, after, func(r *R) error {
			if page = append(page, r); len(page) == exportPage {
				return errEnough{}
			}
			return nil
		})
		if err != nil && err != (errEnough{}) {
			return err
		}
		for _, r := range page {
			if err := visit(r); err != nil {
				return err
			}
		}
		if len(page) < exportPage {
			return nil
		}
		after = id(page[len(page)-1])
	}
}
