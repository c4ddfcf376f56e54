package node

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"rabta/geo"
	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// usualLife is how long a posting stays open when its employer does not say.
const usualLife = 30 * 24 * time.Hour

// update commits a change and waits until this node shows it. The change is durable once it is committed: a node that is slow to
// show it is no reason to tell the writer that it failed. A change that is an attempt under an Idempotency-Key keeps its reply.
func (n *Node) update(ctx context.Context, change func(store.Tx) error) (store.Position, error) {
	position, err := n.store.Update(ctx, keepReply(ctx, change))
	if err != nil {
		return 0, err
	}
	if err := n.WaitFor(ctx, position); err != nil {
		n.log.Warn("a change is stored and not yet shown", "position", position, "error", err)
	}
	return position, nil
}

// newID makes an identifier of now.
func (n *Node) newID(prefix string) (matching.ID, error) {
	return matching.NewID(prefix, n.now(), rand.Reader)
}

// CreateGraduate stores a graduate, and sets its identifier, version, times, and the home to the centre of its cell. personal must
// give a way of contact.
func (n *Node) CreateGraduate(ctx context.Context, g *matching.Graduate, personal *matching.Personal) (store.Position, error) {
	if personal == nil || personal.Phone == "" {
		return 0, &fault.Error{Kind: fault.Invalid, Field: "personal.phone",
			Message:   "A way of contact is missing. Send a phone number, which may be shared with the family.",
			MessageUr: "رابطے کا نمبر نہیں دیا گیا۔ کوئی فون نمبر لکھیں، گھر کا مشترکہ نمبر بھی چلے گا۔"}
	}
	var err error
	if g.ID, err = n.newID(matching.GraduatePrefix); err != nil {
		return 0, err
	}
	g.Version = 0
	if g.Status == "" {
		g.Status = matching.Searching
	}
	return n.putGraduate(ctx, g, personal)
}

// ChangeGraduate replaces the version of a graduate that g names; personal nil leaves what is sealed as it is.
func (n *Node) ChangeGraduate(ctx context.Context, g *matching.Graduate, personal *matching.Personal) (store.Position, error) {
	return n.putGraduate(ctx, g, personal)
}

func (n *Node) putGraduate(ctx context.Context, g *matching.Graduate, personal *matching.Personal) (store.Position, error) {
	if err := n.PrepareGraduate(g); err != nil {
		return 0, err
	}
	return n.update(ctx, func(tx store.Tx) error {
		if g.Institute != "" {
			if _, err := tx.Institute(ctx, g.Institute); err != nil {
				return missing(err, "institute", "There is no such institute. Send the id of one that is registered.")
			}
		}
		return tx.PutGraduate(ctx, g, personal)
	})
}

// PrepareGraduate checks a graduate and moves her home to the centre of its cell.
func (n *Node) PrepareGraduate(g *matching.Graduate) error {
	if err := n.model().CheckGraduate(g, n.now()); err != nil {
		return err
	}
	home, err := geo.Home(g.Home)
	if err != nil {
		return err
	}
	g.Home = home
	return nil
}

// missing turns a record that is not there into a fault of the field that names it.
func missing(err error, field, message string) error {
	if fault.KindOf(err) == fault.NotFound {
		return fault.Field(field, message)
	}
	return err
}

// DeleteGraduate removes a graduate and all that is sealed of her. version 0 means whatever it is.
func (n *Node) DeleteGraduate(ctx context.Context, id matching.ID, version int64) (store.Position, error) {
	return n.update(ctx, func(tx store.Tx) error {
		g, err := tx.Graduate(ctx, id)
		if err != nil {
			return err
		}
		if version != 0 && g.Version != version {
			return stale("node.DeleteGraduate")
		}
		return tx.DeleteGraduate(ctx, id)
	})
}

func stale(op string) error {
	return fault.New(fault.Stale, op, "The record was changed meanwhile. Read it again and send your change with the new version.")
}

// CreatePosting stores a posting of an employer that exists, and fills in what follows from the rest: identifier, dates, place and
// province of the location, status.
func (n *Node) CreatePosting(ctx context.Context, p *matching.Posting) (store.Position, error) {
	var err error
	if p.ID, err = n.newID(matching.PostingPrefix); err != nil {
		return 0, err
	}
	p.Version = 0
	if p.Status == "" {
		p.Status = matching.Open
	}
	if p.Posted.IsZero() {
		p.Posted = n.clock()
	}
	if p.Expires.IsZero() {
		p.Expires = p.Posted.Add(usualLife)
	}
	return n.putPosting(ctx, p)
}

// ChangePosting replaces the version of a posting that p names.
func (n *Node) ChangePosting(ctx context.Context, p *matching.Posting) (store.Position, error) {
	return n.putPosting(ctx, p)
}

func (n *Node) putPosting(ctx context.Context, p *matching.Posting) (store.Position, error) {
	if err := n.PreparePosting(p); err != nil {
		return 0, err
	}
	return n.update(ctx, func(tx store.Tx) error {
		employer, err := tx.Employer(ctx, p.Employer)
		if err != nil {
			return missing(err, "employer", "There is no such employer. Register the employer first, then send its id.")
		}
		if p.Location == nil && employer.Location != nil {
			n.locate(p, *employer.Location)
		}
		return tx.PutPosting(ctx, p)
	})
}

// PreparePosting checks a posting and fills in the place and province of its location. Times are kept in whole seconds, in
// which live and not live are told apart.
func (n *Node) PreparePosting(p *matching.Posting) error {
	p.Posted, p.Expires = p.Posted.UTC().Truncate(time.Second), p.Expires.UTC().Truncate(time.Second)
	if err := n.model().CheckPosting(p, n.now()); err != nil {
		return err
	}
	if err := n.checkPlaces(p.Place, p.Province); err != nil {
		return err
	}
	if err := shieldHome(p); err != nil {
		return err
	}
	if p.Location != nil {
		n.locate(p, *p.Location)
	}
	return nil
}

// shieldHome moves work at a client's home to the centre of its resolution-9 cell, as a graduate's home is: the advert is public, and
// the house is somebody's.
func shieldHome(p *matching.Posting) error {
	if p.Workplace != matching.ClientHome || p.Location == nil {
		return nil
	}
	home, err := geo.Home(*p.Location)
	p.Location = &home
	return err
}

// checkPlaces asks for ids of the gazetteer; empty ones pass.
func (n *Node) checkPlaces(place, province string) error {
	if _, known := n.gazetteer().Place(place); place != "" && !known {
		return fault.Field("place", "There is no place of this id. Search places by name to find it, or leave it out: it follows from the location.",
			n.placesLike(place)...)
	}
	if p, known := n.gazetteer().Place(province); province != "" && (!known || p.Level != geo.LevelProvince) {
		var ids []string
		for _, p := range n.gazetteer().All(geo.LevelProvince) {
			ids = append(ids, p.ID)
		}
		return fault.Field("province", "There is no province of this id. Send one of: "+strings.Join(ids, ", ")+".")
	}
	return nil
}

// locate names the town that is nearest to a point, within a walk of its edge, else the district, and the province.
func (n *Node) locate(p *matching.Posting, at geo.Point) {
	const edge = 15_000 // metres from the middle of a town within which a place is called by its name
	district, ok := n.gazetteer().District(at)
	if ok {
		p.Place = district.ID
	}
	if near := n.gazetteer().Nearest(at, []geo.Level{geo.LevelTown}, 1); len(near) > 0 && near[0].Metres <= edge {
		p.Place = near[0].Place.ID
	}
	if province, ok := n.gazetteer().Province(at); ok {
		p.Province = province.ID
	}
}

// ClosePosting ends a posting: filled, closed, withdrawn or paused.
func (n *Node) ClosePosting(ctx context.Context, id matching.ID, version int64, status matching.PostingStatus) (store.Position, error) {
	switch status {
	case matching.Filled, matching.Closed, matching.Withdrawn, matching.PostingPaused:
	default:
		return 0, fault.Field("status", "A posting ends as filled, closed, withdrawn or paused. Send one of these.", "filled", "closed", "withdrawn")
	}
	return n.update(ctx, func(tx store.Tx) error {
		p, err := tx.Posting(ctx, id)
		if err != nil {
			return err
		}
		if p.Version != version {
			return stale("node.ClosePosting")
		}
		p.Status = status
		return tx.PutPosting(ctx, p)
	})
}

// CreateEmployer stores an employer and how it is reached.
func (n *Node) CreateEmployer(ctx context.Context, e *matching.Employer, contact *matching.EmployerContact) (store.Position, error) {
	var err error
	if e.ID, err = n.newID(matching.EmployerPrefix); err != nil {
		return 0, err
	}
	e.Version, e.Asked, e.Answered = 0, 0, 0
	return n.putEmployer(ctx, e, contact)
}

// ChangeEmployer replaces the version of an employer that e names; contact nil leaves what is sealed as it is.
func (n *Node) ChangeEmployer(ctx context.Context, e *matching.Employer, contact *matching.EmployerContact) (store.Position, error) {
	return n.putEmployer(ctx, e, contact)
}

func (n *Node) putEmployer(ctx context.Context, e *matching.Employer, contact *matching.EmployerContact) (store.Position, error) {
	if err := matching.CheckEmployer(e); err != nil {
		return 0, err
	}
	if err := n.checkPlaces(e.Place, ""); err != nil {
		return 0, err
	}
	e.Place = n.placeOf(e.Location, e.Place)
	return n.update(ctx, func(tx store.Tx) error { return tx.PutEmployer(ctx, e, contact) })
}

// placeOf gives the district of a point, or the place as it was when there is no point.
func (n *Node) placeOf(at *geo.Point, place string) string {
	if at == nil {
		return place
	}
	if district, ok := n.gazetteer().District(*at); ok {
		return district.ID
	}
	return place
}

// CreateInstitute stores an institute.
func (n *Node) CreateInstitute(ctx context.Context, i *matching.Institute) (store.Position, error) {
	var err error
	if i.ID, err = n.newID(matching.InstitutePrefix); err != nil {
		return 0, err
	}
	i.Version = 0
	return n.ChangeInstitute(ctx, i)
}

// ChangeInstitute replaces the version of an institute that i names.
func (n *Node) ChangeInstitute(ctx context.Context, i *matching.Institute) (store.Position, error) {
	if err := matching.CheckInstitute(i); err != nil {
		return 0, err
	}
	if err := n.checkPlaces(i.Place, ""); err != nil {
		return 0, err
	}
	i.Place = n.placeOf(i.Location, i.Place)
	return n.update(ctx, func(tx store.Tx) error { return tx.PutInstitute(ctx, i) })
}
