package postgres

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"rabta/store/layout"
)

// An import looks five hundred phones up at once in a table whose columns have no statistics: it must not be read whole each time.
func TestLookUpsOfManyReadNoWholeTable(t *testing.T) {
	s, _, _ := pair(t)
	err := s.exclusively(t.Context(), func(c *pgx.Conn) error {
		_, err := c.Exec(t.Context(), `INSERT INTO graduate (id, version, created, updated, source, external_id, status, institute, gender, birth_decade,
			body, phone_mac, cnic_mac) SELECT 'grd_' || n, 1, 0, 0, 'roster', 'R-' || n, 'searching', '', '', 0, '{}', sha256(n::text::bytea),
			sha256(n::text::bytea) FROM generate_series(1, 20000) AS n; ANALYZE graduate`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	shown := layout.Shown("graduate")
	for name, query := range map[string]string{
		"phones":       eachOf("bytea[]", "phone_mac, id", "graduate", "phone_mac = asked.value"+shown),
		"CNICs":        eachOf("bytea[]", "cnic_mac, id", "graduate", "cnic_mac = asked.value"+shown),
		"external ids": eachOf("text[]", "external_id, id", "graduate", "source = 'roster' AND external_id = asked.value AND external_id <> ''"+shown),
	} {
		list := "(SELECT array_agg(sha256(n::text::bytea)) FROM generate_series(1, 500) AS n)"
		if name == "external ids" {
			list = "(SELECT array_agg('R-' || n) FROM generate_series(1, 500) AS n)"
		}
		plan := planOf(t, s, strings.Replace(query, "$1", list, 1))
		if strings.Contains(plan, "Seq Scan on graduate") || !strings.Contains(plan, "actual rows=500 loops=1") {
			t.Errorf("%s are looked up by\n%s", name, plan)
		}
	}
}

// planOf runs a query and tells how.
func planOf(t *testing.T, s *Store, query string) string {
	t.Helper()
	var plan []string
	err := s.read(t.Context(), func(v view) error {
		return v.each(t.Context(), "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) "+query, nil, func(rows pgx.Rows) error {
			var line string
			err := rows.Scan(&line)
			plan = append(plan, line)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(plan, "\n")
}
