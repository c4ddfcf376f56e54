package node

import (
	"cmp"
	"context"
	"io"
	"iter"
	"maps"
	"slices"

	"rabta/internal/fault"
	"rabta/internal/intake"
	"rabta/internal/script"
	"rabta/matching"
	"rabta/store"
)

// employerSaid is what a row tells of the employer.
type employerSaid struct {
	Name, Kind, ExternalID string
	Contact                matching.EmployerContact
	external               string // what it is known by within the source
}

// usualEmployer is the kind of an employer whose kind no row tells.
const usualEmployer = "company"

// postingKeeper keeps rows of lists of postings.
type postingKeeper struct {
	i      *fileImport
	status bool
	made   map[string]matching.ID // employers that a strict import has staged, by external id: nobody finds them before the flip
	making map[string]matching.ID // employers that the transaction under way has made
	known  knownPostings
}

// knownPostings are the stored postings that some rows may be of, and employers.
type knownPostings struct {
	ids       map[string]matching.ID // by external id
	records   map[matching.ID]*matching.Posting
	rows      map[matching.ID][]byte // the digests of the rows that they were imported from
	employers map[string]matching.ID // by external id
}

// begin implements rowKeeper.
func (k *postingKeeper) begin() { k.making = map[string]matching.ID{} }

// look finds the postings of some rows, and their employers.
func (k *postingKeeper) look(ctx context.Context, in store.Reader, rows []*importedRow) (err error) {
	k.known = knownPostings{records: map[matching.ID]*matching.Posting{}}
	if k.known.ids, err = in.ByExternalIDs(ctx, store.PostingNoun, k.i.opts.Source, externals(rows)); err != nil {
		return err
	}
	ids := slices.Collect(maps.Values(k.known.ids))
	if k.known.rows, err = in.ImportedRows(ctx, ids); err != nil {
		return err
	}
	found, err := in.Postings(ctx, ids)
	if err != nil {
		return err
	}
	for _, p := range found {
		k.known.records[p.ID] = p
	}
	names := make([]string, len(rows))
	for n, r := range rows {
		names[n] = r.employer.external
	}
	k.known.employers, err = in.ByExternalIDs(ctx, store.EmployerNoun, k.i.opts.Source, names)
	return err
}

// kept remembers which employers are staged, once they are.
func (k *postingKeeper) kept() {
	if k.i.strict() {
		maps.Copy(k.made, k.making)
	}
}

// read gives the rows of a list of postings.
func (k *postingKeeper) read(ctx context.Context, r io.Reader, tables intake.Tables) iter.Seq2[*importedRow, *headed] {
	return readRows(intake.Postings(ctx, r, tables), &k.status, func(row intake.PostingRow) (*importedRow, *intake.Headings) {
		return &importedRow{row: row.Row, posting: row.Posting, identity: row.Identity, understood: row.Understood, problems: row.Problems,
			employer: employerSaid{Name: row.EmployerName, Kind: row.EmployerKind, ExternalID: row.EmployerExternalID, Contact: row.EmployerContact}}, row.Headings
	})
}

// prepare makes a row ready. The employer's own place is not told: it is known by its name in the town or district of the work.
func (k *postingKeeper) prepare(r *importedRow) {
	p := r.posting
	r.external = k.i.externalOf(p.ExternalID, r.identity)
	r.digest = k.i.digestOf(p, r.employer)
	p.Source, p.ExternalID = k.i.opts.Source, r.external
	if p.Location != nil {
		k.i.n.locate(p, *p.Location)
	}
	r.employer.external = r.employer.ExternalID
	if r.employer.external == "" {
		r.employer.external = k.i.externalOf("", "employer "+script.Fold(r.employer.Name)+"|"+p.Place)
	}
}

// keep decides on a row.
func (k *postingKeeper) keep(r *importedRow) verdict {
	report := k.i.report
	p := k.known.records[k.known.ids[r.external]]
	switch {
	case p == nil:
		return k.fresh(r)
	case slices.Equal(k.known.rows[p.ID], r.digest):
		return verdict{count: &report.Unchanged}
	}
	next := *p
	keep := []string{"ID", "Version", "Created", "Updated", "Source", "ExternalID", "Employer"}
	if !k.status {
		keep = append(keep, "Status")
	}
	overlay(&next, r.posting, keep...)
	if next.Workplace == matching.Remote {
		next.Location = nil
	}
	if err := k.i.n.PreparePosting(&next); err != nil {
		return verdict{fault: faultOf(r.row, err)}
	}
	store.PostingTimes(&next)
	note := func(ctx context.Context, tx store.Tx) error { return tx.NoteRow(ctx, p.ID, r.digest) }
	if sameRecord(&next, p) {
		return verdict{count: &report.Unchanged, alters: true, change: note}
	}
	return verdict{count: &report.Changed, alters: true, change: func(ctx context.Context, tx store.Tx) error {
		changed := next
		if err := tx.PutPosting(ctx, &changed); err != nil {
			return err
		}
		return note(ctx, tx)
	}}
}

// fresh makes a posting ready to be stored, with its employer.
func (k *postingKeeper) fresh(r *importedRow) verdict {
	p := *r.posting
	if p.Posted.IsZero() {
		p.Posted = k.i.n.clock()
		if !p.Expires.IsZero() && !p.Expires.After(p.Posted) {
			p.Posted = p.Expires.AddDate(0, 0, -1)
		}
	}
	if p.Expires.IsZero() {
		p.Expires = p.Posted.Add(usualLife)
	}
	employer := k.employerOf(r)
	if employer == "" && r.employer.Name == "" {
		return verdict{fault: &intake.RowFault{Row: r.row, Expected: "the employer's name, since no employer of this source has this id yet",
			ExpectedUr: "آجر کا نام، کیونکہ اس شناخت کا کوئی آجر موجود نہیں"}}
	}
	p.Employer = employer
	if employer == "" {
		p.Employer = matching.EmployerPrefix + "_00000000000000000000000000" // until it is made
	}
	p.Version = 1 // an advert that has run out may be handed in: it is not live
	if err := k.i.n.PreparePosting(&p); err != nil {
		return verdict{fault: faultOf(r.row, err)}
	}
	p.Version = 0
	return verdict{count: &k.i.report.Created, change: func(ctx context.Context, tx store.Tx) error { return k.create(ctx, tx, r, p) }}
}

// employerOf gives the employer of a row, empty when there is none yet.
func (k *postingKeeper) employerOf(r *importedRow) matching.ID {
	name := r.employer.external
	return cmp.Or(k.known.employers[name], k.making[name], k.made[name])
}

// create stores a posting, and its employer where there is none.
func (k *postingKeeper) create(ctx context.Context, tx store.Tx, r *importedRow, p matching.Posting) error {
	var err error
	if p.Employer = k.employerOf(r); p.Employer == "" { // another row of this transaction may have made it meanwhile
		if p.Employer, err = k.makeEmployer(ctx, tx, r, &p); err != nil {
			return err
		}
	}
	if p.ID, err = k.i.n.newID(matching.PostingPrefix); err != nil {
		return err
	}
	if err := tx.PutPosting(ctx, &p); err != nil {
		return err
	}
	return tx.NoteRow(ctx, p.ID, r.digest)
}

// makeEmployer stores the employer that a row tells of. It is placed where the work is, unless that is somebody's home.
func (k *postingKeeper) makeEmployer(ctx context.Context, tx store.Tx, r *importedRow, p *matching.Posting) (matching.ID, error) {
	e := &matching.Employer{Name: r.employer.Name, Kind: r.employer.Kind, Source: k.i.opts.Source, ExternalID: r.employer.external, Place: p.Place}
	if e.Kind == "" {
		e.Kind = usualEmployer
	}
	if p.Workplace == matching.OnSite {
		e.Location = p.Location
		e.Place = k.i.n.placeOf(e.Location, e.Place)
	}
	var err error
	if e.ID, err = k.i.n.newID(matching.EmployerPrefix); err != nil {
		return "", err
	}
	if err := matching.CheckEmployer(e); err != nil {
		return "", fault.Wrap("node.makeEmployer", err)
	}
	if err := tx.PutEmployer(ctx, e, &r.employer.Contact); err != nil {
		return "", err
	}
	k.i.report.Employers++
	k.making[r.employer.external] = e.ID
	return e.ID, nil
}
