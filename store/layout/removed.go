package layout

// Known is what an imported record is found by.
type Known struct{ Source, ExternalID string }

// ReadKnown makes it of one row.
func ReadKnown(row Row) (*Known, error) {
	var k Known
	err := row.Scan(&k.Source, &k.ExternalID)
	return &k, err
}

// ReadDigest makes a digest of one row.
func ReadDigest(row Row) (*[]byte, error) {
	var digest []byte
	err := row.Scan(&digest)
	return &digest, err
}
