package store

import "slices"

// Value says how a column is kept: an integer, a text or bytes.
type Value uint8

// The kinds of values. Times are integers of microseconds since 1970.
const (
	Integer Value = iota + 1
	Text
	Bytes
)

// Column is a column of a table.
type Column struct {
	Name     string
	Value    Value
	Nullable bool
}

// Table is a table as every store has it: the same columns in the same order. What Dump gives and Fill takes are rows of these tables.
type Table struct {
	Name    string
	Columns []Column
	Key     []string // its primary key, by which Dump orders
}

// Tables lists every table but that of the journal's head, in the order in which they are copied. A store whose schema differs fails its
// own tests.
func Tables() []Table {
	person := []Column{{"sealed", Bytes, true}, {"sealing_key", Integer, true}}
	return []Table{
		{"key_check", columns(text("use"), integer("version"), blob("value")), []string{"use", "version"}},
		record("institute", text("body")),
		record("employer", slices.Concat(columns(text("body")), person, columns(integer("batch")))...),
		record("graduate", slices.Concat(columns(text("status"), text("institute"), text("gender"), integer("birth_decade"), text("body")), person,
			columns(Column{"phone_mac", Bytes, true}, Column{"cnic_mac", Bytes, true}, Column{"lookup_key", Integer, true}, integer("batch"), Column{"imported_row", Bytes, true}))...),
		record("posting", text("status"), text("employer"), text("body"), integer("batch"), Column{"imported_row", Bytes, true}),
		record("application", append(columns(text("graduate"), text("posting"), text("state"), text("body")), person...)...),
		{"place", columns(text("id"), integer("version"), text("source"), integer("imported"), text("body")), []string{"id"}},
		{"token", columns(text("id"), integer("version"), text("role"), text("subject"), blob("hash"), integer("created"),
			Column{"expires", Integer, true}), []string{"id"}},
		{"reply", columns(text("subject"), text("operation"), blob("key"), blob("body"), integer("status"), text("id"), integer("version"),
			integer("position"), integer("at")), []string{"subject", "operation", "key"}},
		{"audit", columns(integer("number"), integer("at"), text("role"), text("subject"), text("action"), text("graduate"), text("posting"),
			blob("mac")), []string{"number"}},
		{"batch", columns(integer("number"), text("id"), integer("begun")), []string{"number"}},
		{"staged", columns(integer("number")), []string{"number"}},
		{"import", columns(text("id"), text("subject"), text("noun"), text("source"), Column{"file", Bytes, true}, text("state"), text("mode"),
			text("counts"), text("why"), integer("started"), Column{"finished", Integer, true}, Column{"result", Bytes, true}), []string{"id"}},
		{"duplicate", columns(text("first"), text("second"), text("why"), text("state"), integer("at"), text("decided_by")),
			[]string{"first", "second"}},
		{"merged", columns(text("source"), text("external_id"), text("graduate")), []string{"source", "external_id"}},
		{"figure", columns(text("kind"), integer("day"), integer("at"), blob("body")), []string{"kind", "day"}},
		{"removed", columns(blob("digest"), integer("at")), []string{"digest"}},
		{"spent", columns(text("account"), text("what"), integer("at")), []string{"account", "what"}},
		{"journal", columns(integer("position"), text("noun"), text("id"), integer("version"), text("op"), integer("at")), []string{"position"}},
	}
}

// record is the table of a versioned record, whose first columns are common to all.
func record(name string, own ...Column) Table {
	common := columns(text("id"), integer("version"), integer("created"), integer("updated"), text("source"), text("external_id"))
	return Table{name, append(common, own...), []string{"id"}}
}

func columns(list ...Column) []Column { return list }
func text(name string) Column         { return Column{Name: name, Value: Text} }
func integer(name string) Column      { return Column{Name: name, Value: Integer} }
func blob(name string) Column         { return Column{Name: name, Value: Bytes} }

// Names gives the names of the table's columns.
func (t Table) Names() []string {
	names := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		names[i] = c.Name
	}
	return names
}
