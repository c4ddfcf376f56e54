package layout

import (
	"crypto/sha256"
	"encoding/json"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// The columns of the tables whose records have no versions or no bodies, each in the order in which the function that is named with them
// reads or gives their values.
const (
	ImportColumns = "id, subject, noun, source, file, state, mode, counts, why, started, finished" // ReadImport, ImportRow
	PairColumns   = "first, second, why, state, at, decided_by"                                    // ReadPair, PairRow
	LookColumns   = "number, at, role, subject, action, graduate, posting, mac"                    // ReadLook, LookRow
	TokenColumns  = "id, role, subject, hash, created, expires"                                    // ReadToken, TokenRow
	ReplyColumns  = "subject, operation, status, id, version, position, at"                        // ReadReply
	EntryColumns  = "position, noun, id, version, op, at"                                          // ReadEntry
	FigureColumns = "kind, day, at, body"                                                          // ReadFigure, FigureRow
	PlaceColumns  = "id, source, imported, body"                                                   // ReadPlace
)

// ReadImport makes the record of an import of one row.
func ReadImport(row Row) (*store.Import, error) {
	var i store.Import
	var counts []byte
	var started int64
	var finished *int64
	err := row.Scan((*string)(&i.ID), &i.Subject, (*string)(&i.Noun), &i.Source, &i.File, (*string)(&i.State), (*string)(&i.Mode), &counts, &i.Why,
		&started, &finished)
	if err != nil {
		return nil, err
	}
	if json.Unmarshal(counts, &i.Counts) != nil {
		return nil, ErrDamaged
	}
	i.Started, i.Finished = Time(started), timeOrZero(finished)
	return &i, nil
}

// ImportRow gives the values of ImportColumns, and behind them the result file, NULL for nil.
func ImportRow(i *store.Import, result []byte) ([]any, error) {
	if !i.ID.Is(store.ImportPrefix) {
		return nil, NoImport("id")
	}
	counts, err := json.Marshal(i.Counts)
	if err != nil {
		return nil, err
	}
	return []any{string(i.ID), i.Subject, string(i.Noun), i.Source, bytesOrNull(i.File), string(i.State), string(i.Mode), string(counts), i.Why,
		Micro(i.Started), microOrNull(i.Finished), bytesOrNull(result)}, nil
}

// NoImport says of a field that it is not the id of an import.
func NoImport(field string) error {
	return fault.Field(field, "The id is not well formed. Send one that begins with "+store.ImportPrefix+"_.")
}

func bytesOrNull(b []byte) any {
	if b == nil {
		return nil
	}
	return b
}

// ImportedTable is where the records of an id's kind lie that keep the digest of the row that they were imported from; a fault.Invalid
// for other kinds.
func ImportedTable(id matching.ID) (string, error) {
	switch {
	case id.Is(matching.GraduatePrefix):
		return string(store.GraduateNoun), nil
	case id.Is(matching.PostingPrefix):
		return string(store.PostingNoun), nil
	}
	return "", fault.Field("id", "Rows are kept with graduates and postings. Send the id of one.")
}

// ReadPair makes a pair of one row.
func ReadPair(row Row) (*store.Duplicate, error) {
	var d store.Duplicate
	var at int64
	err := row.Scan((*string)(&d.First), (*string)(&d.Second), &d.Why, (*string)(&d.State), &at, &d.By)
	d.At = Time(at)
	return &d, err
}

// Pair gives a pair as it is stored now: in order. One of a single record is a fault.Invalid.
func Pair(d store.Duplicate, now time.Time) (store.Duplicate, error) {
	if d.First == d.Second {
		return d, fault.Field("second", "A pair is of two records. Send the ids of both.")
	}
	d.First, d.Second, d.At = min(d.First, d.Second), max(d.First, d.Second), now
	return d, nil
}

// PairRow gives the values of PairColumns.
func PairRow(d store.Duplicate) []any {
	return []any{string(d.First), string(d.Second), d.Why, string(d.State), Micro(d.At), d.By}
}

// ReadFigure makes a figure of one row.
func ReadFigure(row Row) (*store.Figure, error) {
	var f store.Figure
	var day, at int64
	err := row.Scan((*string)(&f.Kind), &day, &at, &f.Body)
	f.Day, f.At = int32(day), Time(at)
	return &f, err
}

// Figure gives a figure as it is stored now; a fault.Invalid without a known kind or a body.
func Figure(f store.Figure, now time.Time) (store.Figure, error) {
	if f.Kind != store.SnapshotFigure && f.Kind != store.FrameFigure || len(f.Body) == 0 {
		return f, fault.Field("kind", "A figure is a snapshot or a frame, and has a body.")
	}
	f.At = now
	return f, nil
}

// FigureRow gives the values of FigureColumns.
func FigureRow(f store.Figure) []any { return []any{string(f.Kind), int64(f.Day), Micro(f.At), f.Body} }

// ReadLook makes an entry of the audit log of one row.
func ReadLook(row Row) (*store.Look, error) {
	var l store.Look
	var number, at int64
	err := row.Scan(&number, &at, &l.Role, &l.Subject, &l.Action, (*string)(&l.Graduate), (*string)(&l.Posting), &l.MAC)
	l.Number, l.At = uint64(number), Time(at)
	return &l, err
}

// NextLook gives an entry as it is stored now behind the last one, which was read with an error or without. No last one makes it the first.
func NextLook(keys *store.Keys, last *store.Look, err error, l store.Look, now time.Time) (store.Look, error) {
	if err != nil {
		if fault.KindOf(err) != fault.NotFound {
			return l, err
		}
		last = &store.Look{}
	}
	l.Number, l.At = last.Number+1, now
	l.MAC = keys.AuditMAC(last.MAC, &l)
	return l, nil
}

// LookRow gives the values of LookColumns.
func LookRow(l store.Look) []any {
	return []any{int64(l.Number), Micro(l.At), l.Role, l.Subject, l.Action, string(l.Graduate), string(l.Posting), l.MAC}
}

// ReadToken makes a token of one row.
func ReadToken(row Row) (*store.Token, error) {
	var k store.Token
	var created int64
	var expires *int64
	err := row.Scan(&k.ID, &k.Role, (*string)(&k.Subject), &k.Hash, &created, &expires)
	k.Created, k.Expires = Time(created), timeOrZero(expires)
	return &k, err
}

// Token gives a token as it is stored now; a fault.Invalid without an id or a whole hash.
func Token(k store.Token, now time.Time) (store.Token, error) {
	if k.ID == "" || len(k.Hash) != store.TokenHashBytes {
		return k, fault.Field("token", "A token needs an id and the SHA-256 of its secret.")
	}
	if k.Created.IsZero() {
		k.Created = now
	}
	k.Created = store.UTC(k.Created)
	if !k.Expires.IsZero() {
		k.Expires = store.UTC(k.Expires)
	}
	return k, nil
}

// TokenRow gives the values of TokenColumns.
func TokenRow(k store.Token) []any {
	return []any{k.ID, k.Role, string(k.Subject), k.Hash, Micro(k.Created), microOrNull(k.Expires)}
}

// ReadReply makes a reply, without keys and bodies, of one row.
func ReadReply(row Row) (*store.Reply, error) {
	var r store.Reply
	var position, at int64
	err := row.Scan(&r.Subject, &r.Operation, &r.Status, (*string)(&r.ID), &r.Version, &position, &at)
	r.Position, r.At = store.Position(position), Time(at)
	return &r, err
}

// CheckReply refuses a reply that could not be found again.
func CheckReply(r *store.Reply) error {
	if len(r.Key) != sha256.Size || len(r.Body) != sha256.Size || r.Operation == "" {
		return fault.Field("reply", "A reply needs its operation and the digests of its key and body.")
	}
	return nil
}

// ReadEntry makes a journal entry of one row.
func ReadEntry(row Row) (*store.Entry, error) {
	var e store.Entry
	var position, at int64
	err := row.Scan(&position, (*string)(&e.Noun), (*string)(&e.ID), &e.Version, (*string)(&e.Operation), &at)
	e.Position, e.At = store.Position(position), Time(at)
	return &e, err
}

// ReadPlace makes an imported place of one row.
func ReadPlace(row Row) (*store.ImportedPlace, error) {
	var p store.ImportedPlace
	var imported int64
	err := row.Scan(&p.ID, &p.Source, &imported, &p.Body)
	p.Imported = Time(imported)
	return &p, err
}

// CheckPlace refuses a place that could not be read again.
func CheckPlace(p store.ImportedPlace) error {
	if p.ID == "" || !json.Valid(p.Body) {
		return fault.Field("place", "A place needs an id and a body in JSON.")
	}
	return nil
}

// Values gives what pointers point at.
func Values[T any](pointers []*T) []T {
	var values []T
	for _, p := range pointers {
		values = append(values, *p)
	}
	return values
}

// WithoutHashes is Values for tokens that are shown to people.
func WithoutHashes(tokens []*store.Token) []store.Token {
	shown := Values(tokens)
	for i := range shown {
		shown[i].Hash = nil
	}
	return shown
}
