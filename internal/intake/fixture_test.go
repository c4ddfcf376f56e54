package intake

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"rabta/search"
	"rabta/seed"
)

// noon is the moment at which the tests read their files.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// shippedTables are made once: the reader of names takes a second.
var shippedTables = sync.OnceValues(func() (Tables, error) {
	ref, err := seed.Load()
	if err != nil {
		return Tables{}, err
	}
	return Tables{Model: ref.Model, Gazetteer: ref.Gazetteer, Reader: search.NewReader(ref.Catalogue, ref.Gazetteer), Now: noon}, nil
})

func testTables(t testing.TB) Tables {
	t.Helper()
	tables, err := shippedTables()
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

// graduatesOf reads a roster; the first row given back is that of the headings.
func graduatesOf(t testing.TB, file string) ([]GraduateRow, error) {
	t.Helper()
	var rows []GraduateRow
	for row, err := range Graduates(context.Background(), strings.NewReader(file), testTables(t)) {
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// postingsOf reads a list of postings; the first row given back is that of the headings.
func postingsOf(t testing.TB, file string) ([]PostingRow, error) {
	t.Helper()
	var rows []PostingRow
	for row, err := range Postings(context.Background(), strings.NewReader(file), testTables(t)) {
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}
