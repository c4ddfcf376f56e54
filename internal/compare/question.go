package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// parameters are the values of one question, by the names that its SQL uses (#name).
type parameters map[string]parameter

type parameter struct {
	kind  string
	value any
}

// asked reads parameters as the fields of one side of a pair.
func asked(field string) string { return "#" + field }

// ofRow adds the columns of a row, as what is asked about.
func ofRow[R any](p parameters, columns []column[R], row *R) {
	for _, c := range columns {
		p[c.name] = parameter{c.kind, c.value(row)}
	}
}

// statement is the SQL of one kind of question, with the names of its parameters in their order.
type statement struct {
	sql  string
	uses []string
}

// newStatement puts numbers and types for the names of parameters; of is any question of the kind.
func newStatement(of parameters, text string) statement {
	var s statement
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "#")
		b.WriteString(before)
		if !found {
			s.sql = b.String()
			return s
		}
		end := strings.IndexFunc(rest, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9') })
		if end < 0 {
			end = len(rest)
		}
		name := rest[:end]
		at := slices.Index(s.uses, name)
		if at < 0 {
			at, s.uses = len(s.uses), append(s.uses, name)
		}
		b.WriteString("$" + strconv.Itoa(at+1) + "::" + of[name].kind)
		text = rest[end:]
	}
}

// of gives the values for one question.
func (s statement) of(p parameters) []any {
	values := make([]any, len(s.uses))
	for i, name := range s.uses {
		values[i] = p[name].value
	}
	return values
}

// answer is one result of the peer's: the number of a record, its score, its distance in metres, and how many results there are in all.
type answer struct {
	n      int32
	score  float64
	metres float64
	total  int
}

// ask puts a question to the peer by a statement that it has prepared.
func ask(ctx context.Context, conn *pgx.Conn, s statement, p parameters) ([]answer, error) {
	rows, err := conn.Query(ctx, s.sql, s.of(p)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []answer
	for rows.Next() {
		var a answer
		if err := rows.Scan(&a.n, &a.score, &a.metres, &a.total); err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, s.sql)
	}
	return list, nil
}
