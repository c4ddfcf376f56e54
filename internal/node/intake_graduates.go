package node

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"iter"
	"maps"
	"reflect"
	"slices"

	"rabta/internal/intake"
	"rabta/matching"
	"rabta/store"
)

// keeper is what rows of the import's noun are kept by.
func (i *fileImport) keeper() rowKeeper {
	if i.noun == store.PostingNoun {
		return &postingKeeper{i: i, made: map[string]matching.ID{}}
	}
	return &graduateKeeper{i: i}
}

// graduateKeeper keeps rows of rosters.
type graduateKeeper struct {
	i      *fileImport
	status bool // the file tells who is searching
	known  knownGraduates
}

// knownGraduates are the stored graduates whom some rows may be of.
type knownGraduates struct {
	ids     map[string]matching.ID // by external id
	records map[matching.ID]*matching.Graduate
	rows    map[matching.ID][]byte // the digests of the rows that they were imported from

	personals map[matching.ID]matching.Personal // of those whose row tells something else than before
}

// look finds the graduates of some rows.
func (k *graduateKeeper) look(ctx context.Context, in store.Reader, rows []*importedRow) (err error) {
	k.known = knownGraduates{records: map[matching.ID]*matching.Graduate{}}
	if k.known.ids, err = in.ByExternalIDs(ctx, store.GraduateNoun, k.i.opts.Source, externals(rows)); err != nil {
		return err
	}
	ids := slices.Collect(maps.Values(k.known.ids))
	if k.known.rows, err = in.ImportedRows(ctx, ids); err != nil {
		return err
	}
	found, err := in.Graduates(ctx, ids)
	if err != nil {
		return err
	}
	for _, g := range found {
		k.known.records[g.ID] = g
	}
	k.known.personals, err = in.Personals(ctx, k.known.changed(rows))
	return err
}

// changed gives the ids of those whose row tells something else than before.
func (k *knownGraduates) changed(rows []*importedRow) (ids []matching.ID) {
	for _, r := range rows {
		if id, known := k.ids[r.external]; known && !slices.Equal(k.rows[id], r.digest) {
			ids = append(ids, id)
		}
	}
	return ids
}

// begin and kept implement rowKeeper: nothing is remembered of rosters.
func (k *graduateKeeper) begin() {}
func (k *graduateKeeper) kept()  {}

// externals gives what some rows are known by.
func externals(rows []*importedRow) []string {
	list := make([]string, len(rows))
	for n, r := range rows {
		list[n] = r.external
	}
	return list
}

// read gives the rows of a roster.
func (k *graduateKeeper) read(ctx context.Context, r io.Reader, tables intake.Tables) iter.Seq2[*importedRow, *headed] {
	return readRows(intake.Graduates(ctx, r, tables), &k.status, func(row intake.GraduateRow) (*importedRow, *intake.Headings) {
		return &importedRow{row: row.Row, graduate: row.Graduate, personal: row.Personal, consents: row.Consents, identity: row.Identity,
			understood: row.Understood, problems: row.Problems}, row.Headings
	})
}

// readRows gives the rows of a file, each as made of what the importer read, and first its headings; status hears whether they have one for it.
func readRows[R any](rows iter.Seq2[R, error], status *bool, made func(R) (*importedRow, *intake.Headings)) iter.Seq2[*importedRow, *headed] {
	return func(yield func(*importedRow, *headed) bool) {
		for read, err := range rows {
			if err != nil {
				yield(nil, &headed{err: err})
				return
			}
			row, headings := made(read)
			if headings != nil {
				*status = tells(headings, "status")
				if !yield(nil, &headed{headings: headings}) {
					return
				}
			} else if !yield(row, nil) {
				return
			}
		}
	}
}

// tells tells whether a file has a column of a field.
func tells(h *intake.Headings, field string) bool {
	return slices.ContainsFunc(h.Columns, func(c intake.ColumnMeaning) bool { return c.Used && c.Field == field })
}

// prepare makes a row ready: what it is known by, and the digest of what it tells.
func (k *graduateKeeper) prepare(r *importedRow) {
	g := r.graduate
	r.external = k.i.externalOf(g.ExternalID, r.identity)
	g.Institute = k.i.opts.Institute
	for c := range g.Certificates { // of a roster that an institute answers for, whatever the file calls it
		g.Certificates[c].Institute = g.Institute
	}
	r.digest = k.i.digestOf(g, r.personal, r.consents)
	g.Source, g.ExternalID = k.i.opts.Source, r.external
}

// digestOf gives the digest of what a row tells.
func (i *fileImport) digestOf(parts ...any) []byte {
	texts := make([][]byte, len(parts))
	for n, part := range parts {
		texts[n], _ = json.Marshal(part) // records of ours: they can be written, or the store refuses them
	}
	return i.n.keys.Digest("import row", texts...)
}

// keep decides on a row.
func (k *graduateKeeper) keep(r *importedRow) verdict {
	report := k.i.report
	g := k.known.records[k.known.ids[r.external]]
	if g == nil {
		if k.i.stayRemoved(r) {
			return k.i.leaveRemoved(r)
		}
		return verdict{count: &report.Created, who: &person{r.graduate, r.personal},
			change: func(ctx context.Context, tx store.Tx) error { return k.create(ctx, tx, r) }}
	}
	switch {
	case k.i.opts.OwnOnly && g.Institute != k.i.opts.Institute:
		return verdict{fault: &intake.RowFault{Row: r.row, Expected: "a graduate of your own roster; the one known by this id is on another's",
			ExpectedUr: "آپ کے اپنے ادارے کا فرد؛ اس شناخت کا فرد کسی اور ادارے میں ہے"}}
	case g.Source != k.i.opts.Source || g.ExternalID != r.external:
		return verdict{count: &report.Elsewhere}
	case slices.Equal(k.known.rows[g.ID], r.digest):
		return verdict{count: &report.Unchanged}
	}
	return k.change(r, g)
}

func (k *graduateKeeper) create(ctx context.Context, tx store.Tx, r *importedRow) (err error) {
	g := *r.graduate // the row stays as it is: a transaction may run again
	if g.ID, err = k.i.n.newID(matching.GraduatePrefix); err != nil {
		return err
	}
	if err := tx.PutGraduate(ctx, &g, r.personal); err != nil {
		return err
	}
	r.graduate.ID = g.ID
	if k.i.wasRemoved(r) { // and may come again
		if err := tx.ForgetRemoval(ctx, k.i.removal(r)); err != nil {
			return err
		}
	}
	return tx.NoteRow(ctx, g.ID, r.digest)
}

// change lays what a row tells over the record that is there. What it does not tell stays.
func (k *graduateKeeper) change(r *importedRow, g *matching.Graduate) verdict {
	was := k.known.personals[g.ID]
	if somebodyElse(&was, r.personal) {
		return verdict{fault: &intake.RowFault{Row: r.row, Expected: "the person whom this id has meant until now; a new person needs an id of her own",
			ExpectedUr: "وہی فرد جس کا یہ نمبر پہلے سے ہے؛ نئے فرد کو اپنا الگ نمبر دیں"}}
	}
	next, personal := *g, was
	keep := []string{"ID", "Version", "Created", "Updated", "Source", "ExternalID", "Consent"}
	if !k.status {
		keep = append(keep, "Status")
	}
	overlay(&next, r.graduate, keep...)
	overlay(&personal, r.personal)
	for _, p := range slices.Sorted(maps.Keys(r.consents)) {
		next.Consent.Say(p, r.consents[p], "institute", k.i.n.now().UTC())
	}
	if err := k.i.n.PrepareGraduate(&next); err != nil {
		return verdict{fault: faultOf(r.row, err)}
	}
	store.GraduateTimes(&next)
	if sameRecord(&next, g) && personal == was {
		return verdict{count: &k.i.report.Unchanged, alters: true, change: func(ctx context.Context, tx store.Tx) error {
			return tx.NoteRow(ctx, g.ID, r.digest)
		}}
	}
	return verdict{count: &k.i.report.Changed, alters: true, who: &person{&next, &personal}, change: func(ctx context.Context, tx store.Tx) error {
		changed := next
		if err := tx.PutGraduate(ctx, &changed, &personal); err != nil {
			return err
		}
		return tx.NoteRow(ctx, g.ID, r.digest)
	}}
}

// somebodyElse tells whether what a row says is of another person than the record that its id leads to: another CNIC, or, where one of them
// tells none, another phone and a name that does not sound like the one before. A record that must not change hands holds consents,
// applications and a token of its owner.
func somebodyElse(was, told *matching.Personal) bool {
	if was.CNIC != "" && told.CNIC != "" {
		return !sameForm(was.CNIC, told.CNIC, store.NormalizeCNIC)
	}
	return was.Name != "" && told.Name != "" && !namesAlike(was.Name, told.Name) && !sameForm(was.Phone, told.Phone, store.NormalizePhone)
}

// sameForm compares two numbers in their normal form.
func sameForm(a, b string, normal func(string) (string, error)) bool {
	x, errX := normal(a)
	y, errY := normal(b)
	return errX == nil && errY == nil && x == y
}

// overlay copies the fields of a record that are told over those of another, but for some by name.
func overlay[R any](onto, from *R, but ...string) {
	to, of := reflect.ValueOf(onto).Elem(), reflect.ValueOf(from).Elem()
	for n := range to.NumField() {
		if slices.Contains(but, to.Type().Field(n).Name) || of.Field(n).IsZero() {
			continue
		}
		to.Field(n).Set(of.Field(n))
	}
}

// sameRecord tells whether two records say the same; an empty list and none are the same.
func sameRecord(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
