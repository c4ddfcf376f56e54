package store

// Erasure is what EraseDeleted has done. The zero value is that there was nothing to do.
type Erasure struct {
	Tables int      // rewritten
	Log    bool     // the database's own log holds nothing older any more
	Large  []string // tables that were left for a quiet hour
	Held   []string // tables that were left, wholly or for what others' transactions may still see
}

// Left tells whether something may still be there.
func (e Erasure) Left() bool { return len(e.Large)+len(e.Held) > 0 }
