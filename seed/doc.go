// Package seed holds the reference data of Rabta, embedded in the binary (trades, skills, places, wages, schooling, licences), and
// makes the sample market: invented employers, institutes, graduates and postings by which the rest can be tried. It yields
// data and touches nothing. What a figure rests on (observed, derived, assumed) stands in its table, beside its source.
package seed

import "embed"

// tables are the TSV files: UTF-8, one header row, tabs between cells, "|" between the items of a list, no quoting.
//
//go:embed tables
var tables embed.FS
