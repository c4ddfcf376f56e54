package store

import (
	"time"

	"rabta/matching"
)

// ImportPrefix begins the id of an import, and of the batch that it stages rows in.
const ImportPrefix = "imp"

// ImportLife is how long the record of an import and its result file are kept.
const ImportLife = 30 * 24 * time.Hour

// ImportState is how far an import has come. One whose process was killed stays running until the next import begins.
type ImportState string

// The states of an import.
const (
	ImportRunning ImportState = "running"
	ImportDone    ImportState = "done"   // every row was taken or is in the result file
	ImportFailed  ImportState = "failed" // it ended before the end of the file, or all of a strict one was refused
)

// ImportMode is how an import treats its file.
type ImportMode string

// The modes of an import.
const (
	ImportRows   ImportMode = "rows"    // good rows are taken, faulty ones reported
	ImportStrict ImportMode = "strict"  // all rows or none
	ImportDryRun ImportMode = "dry-run" // nothing is taken
)

// Import is the record of one file that was taken in: who sent it and what became of it. It holds nothing of what the file said.
type Import struct {
	ID       matching.ID // imp_…
	Subject  string      // who sent it: role and subject of the token; "operator" on the machine itself
	Noun     Noun
	Source   string
	File     []byte // Keys.Digest of the file's content, 32 bytes; nil until all of it was read
	State    ImportState
	Mode     ImportMode
	Counts   ImportCounts
	Why      string // what ended a failed one: a sentence for a person
	Started  time.Time
	Finished time.Time // zero while it runs
}

// ImportCounts is what became of a file's rows: Rows = Created + Changed + Unchanged + Elsewhere + Removed + Faulty.
type ImportCounts struct {
	Rows       int `json:"rows"`
	Created    int `json:"created"`
	Changed    int `json:"changed"`
	Unchanged  int `json:"unchanged"`
	Elsewhere  int `json:"elsewhere"` // people whom staff merged into a record of another source, which stays as it is
	Removed    int `json:"removed"`   // people whose record was deleted: they are not brought back
	Faulty     int `json:"faulty"`
	Employers  int `json:"employers"`  // made for postings
	Duplicates int `json:"duplicates"` // pairs proposed for merging
}
