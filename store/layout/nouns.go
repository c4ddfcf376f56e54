package layout

import (
	"rabta/matching"
	"rabta/store"
)

// hidden stands in a body for a field that the table keeps in a column: the outer field hides the record's own of the same
// name, and is left out because it is nil.
type hidden struct{}

type graduateBody struct {
	ID      *hidden `json:"id,omitempty"`
	Version *hidden `json:"version,omitempty"`
	Created *hidden `json:"created,omitempty"`
	Updated *hidden `json:"updated,omitempty"`
	*matching.Graduate
}

// Graduates is how graduates lie.
func Graduates() Noun[matching.Graduate] {
	return Noun[matching.Graduate]{
		Name: store.GraduateNoun, Prefix: matching.GraduatePrefix, Batched: true, Imported: true,
		Columns: []string{"status", "institute", "gender", "birth_decade"},
		Sealed:  personalColumns(),
		Stamp: func(g *matching.Graduate) Stamp {
			return Stamp{&g.ID, &g.Version, &g.Created, &g.Updated, g.Source, g.ExternalID}
		},
		values: func(g *matching.Graduate) []any {
			return []any{string(g.Status), string(g.Institute), string(g.Gender), int64(g.BirthDecade)}
		},
		body:  func(g *matching.Graduate) any { return &graduateBody{Graduate: g} },
		times: store.GraduateTimes,
	}
}

type postingBody struct {
	ID      *hidden `json:"id,omitempty"`
	Version *hidden `json:"version,omitempty"`
	Created *hidden `json:"created,omitempty"`
	Updated *hidden `json:"updated,omitempty"`
	*matching.Posting
}

// Postings is how postings lie.
func Postings() Noun[matching.Posting] {
	return Noun[matching.Posting]{
		Name: store.PostingNoun, Prefix: matching.PostingPrefix, Batched: true, Imported: true,
		Columns: []string{"status", "employer"},
		Stamp: func(p *matching.Posting) Stamp {
			return Stamp{&p.ID, &p.Version, &p.Created, &p.Updated, p.Source, p.ExternalID}
		},
		values: func(p *matching.Posting) []any { return []any{string(p.Status), string(p.Employer)} },
		body:   func(p *matching.Posting) any { return &postingBody{Posting: p} },
		times:  store.PostingTimes,
	}
}

type employerBody struct {
	ID      *hidden `json:"id,omitempty"`
	Version *hidden `json:"version,omitempty"`
	Created *hidden `json:"created,omitempty"`
	Updated *hidden `json:"updated,omitempty"`
	*matching.Employer
}

// Employers is how employers lie.
func Employers() Noun[matching.Employer] {
	return Noun[matching.Employer]{
		Name: store.EmployerNoun, Prefix: matching.EmployerPrefix, Batched: true,
		Sealed: sealedColumns(),
		Stamp: func(e *matching.Employer) Stamp {
			return Stamp{&e.ID, &e.Version, &e.Created, &e.Updated, e.Source, e.ExternalID}
		},
		values: func(*matching.Employer) []any { return nil },
		body:   func(e *matching.Employer) any { return &employerBody{Employer: e} },
		times:  func(*matching.Employer) {}, // it has none but its stamp's
	}
}

type instituteBody struct {
	ID      *hidden `json:"id,omitempty"`
	Version *hidden `json:"version,omitempty"`
	Created *hidden `json:"created,omitempty"`
	Updated *hidden `json:"updated,omitempty"`
	*matching.Institute
}

// Institutes is how institutes lie.
func Institutes() Noun[matching.Institute] {
	return Noun[matching.Institute]{
		Name: store.InstituteNoun, Prefix: matching.InstitutePrefix,
		Stamp: func(i *matching.Institute) Stamp {
			return Stamp{&i.ID, &i.Version, &i.Created, &i.Updated, i.Source, i.ExternalID}
		},
		values: func(*matching.Institute) []any { return nil },
		body:   func(i *matching.Institute) any { return &instituteBody{Institute: i} },
		times:  func(*matching.Institute) {}, // it has none but its stamp's
	}
}

type applicationBody struct {
	ID      *hidden `json:"id,omitempty"`
	Version *hidden `json:"version,omitempty"`
	Created *hidden `json:"created,omitempty"`
	Updated *hidden `json:"updated,omitempty"`
	*matching.Application
}

// Applications is how applications lie.
func Applications() Noun[matching.Application] {
	return Noun[matching.Application]{
		Name: store.ApplicationNoun, Prefix: matching.ApplicationPrefix,
		Columns: []string{"graduate", "posting", "state"},
		Sealed:  sealedColumns(),
		Stamp: func(a *matching.Application) Stamp {
			return Stamp{&a.ID, &a.Version, &a.Created, &a.Updated, a.Source, a.ExternalID}
		},
		values: func(a *matching.Application) []any {
			return []any{string(a.Graduate), string(a.Posting), string(a.State)}
		},
		body:  func(a *matching.Application) any { return &applicationBody{Application: a} },
		times: store.ApplicationTimes,
	}
}
