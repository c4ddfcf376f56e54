package storetest

import (
	"fmt"

	"rabta/store"
)

// laterNumber is the number of a migration that is not written yet.
const laterNumber = 9001

// Later gives the statements by which a migration of a later version of the program changes the schema, as it may: it adds a table, to
// every table of ours a column that may be null, one with a default and an index, and the row that says which migration that was. Both
// databases take them.
func Later() []string {
	statements := []string{"CREATE TABLE later_course (id TEXT PRIMARY KEY, told INTEGER NOT NULL DEFAULT 0)"}
	names := []string{"journal_head"}
	for _, t := range store.Tables() {
		names = append(names, t.Name)
	}
	for _, name := range names {
		statements = append(statements,
			fmt.Sprintf("ALTER TABLE %s ADD COLUMN later_note TEXT", name),
			fmt.Sprintf("ALTER TABLE %s ADD COLUMN later_count INTEGER NOT NULL DEFAULT 7", name),
			fmt.Sprintf("CREATE INDEX later_%s ON %s (later_count)", name, name))
	}
	return append(statements, fmt.Sprintf("INSERT INTO goose_db_version (version_id, is_applied) VALUES (%d, TRUE)", laterNumber))
}
