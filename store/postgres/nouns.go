package postgres

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

var graduates = noun[matching.Graduate]{
	name: store.GraduateNoun, prefix: matching.GraduatePrefix, batched: true,
	columns: []string{"status", "institute", "gender", "birth_decade"},
	sealed:  []string{"sealed", "sealing_key", "phone_mac", "cnic_mac", "lookup_key"},
	stamp: func(g *matching.Graduate) stamp {
		return stamp{&g.ID, &g.Version, &g.Created, &g.Updated, g.Source, g.ExternalID}
	},
	values: func(g *matching.Graduate) []any {
		return []any{string(g.Status), string(g.Institute), string(g.Gender), int64(g.BirthDecade)}
	},
	body:  func(g *matching.Graduate) any { return &graduateBody{Graduate: g} },
	times: store.GraduateTimes,
}.withSQL()

type postingBody struct {
	ID      *hidden `json:"id,omitempty"`
	Version *hidden `json:"version,omitempty"`
	Created *hidden `json:"created,omitempty"`
	Updated *hidden `json:"updated,omitempty"`
	*matching.Posting
}

var postings = noun[matching.Posting]{
	name: store.PostingNoun, prefix: matching.PostingPrefix, batched: true,
	columns: []string{"status", "employer"},
	stamp: func(p *matching.Posting) stamp {
		return stamp{&p.ID, &p.Version, &p.Created, &p.Updated, p.Source, p.ExternalID}
	},
	values: func(p *matching.Posting) []any { return []any{string(p.Status), string(p.Employer)} },
	body:   func(p *matching.Posting) any { return &postingBody{Posting: p} },
	times:  store.PostingTimes,
}.withSQL()

type employerBody struct {
	ID      *hidden `json:"id,omitempty"`
	Version *hidden `json:"version,omitempty"`
	Created *hidden `json:"created,omitempty"`
	Updated *hidden `json:"updated,omitempty"`
	*matching.Employer
}

var employers = noun[matching.Employer]{
	name: store.EmployerNoun, prefix: matching.EmployerPrefix, batched: true,
	sealed: []string{"sealed", "sealing_key"},
	stamp: func(e *matching.Employer) stamp {
		return stamp{&e.ID, &e.Version, &e.Created, &e.Updated, e.Source, e.ExternalID}
	},
	values: func(*matching.Employer) []any { return nil },
	body:   func(e *matching.Employer) any { return &employerBody{Employer: e} },
	times:  func(*matching.Employer) {}, // it has none but its stamp's
}.withSQL()

type instituteBody struct {
	ID      *hidden `json:"id,omitempty"`
	Version *hidden `json:"version,omitempty"`
	Created *hidden `json:"created,omitempty"`
	Updated *hidden `json:"updated,omitempty"`
	*matching.Institute
}

var institutes = noun[matching.Institute]{
	name: store.InstituteNoun, prefix: matching.InstitutePrefix,
	stamp: func(i *matching.Institute) stamp {
		return stamp{&i.ID, &i.Version, &i.Created, &i.Updated, i.Source, i.ExternalID}
	},
	values: func(*matching.Institute) []any { return nil },
	body:   func(i *matching.Institute) any { return &instituteBody{Institute: i} },
	times:  func(*matching.Institute) {}, // it has none but its stamp's
}.withSQL()
