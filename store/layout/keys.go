package layout

import "rabta/store"

// KeyCounts is the query for how many records are sealed and hashed with each version of the keys, which both databases take as it is.
const KeyCounts = `SELECT 'sealing', sealing_key, count(*) FROM (SELECT sealing_key FROM graduate WHERE sealed IS NOT NULL
	UNION ALL SELECT sealing_key FROM employer WHERE sealed IS NOT NULL
	UNION ALL SELECT sealing_key FROM application WHERE sealed IS NOT NULL) AS sealings GROUP BY sealing_key
	UNION ALL SELECT 'lookup', lookup_key, count(*) FROM graduate WHERE phone_mac IS NOT NULL OR cnic_mac IS NOT NULL GROUP BY lookup_key
	ORDER BY 1 DESC, 2`

// ReadKeyCount makes a count of one row of KeyCounts.
func ReadKeyCount(row Row) (*store.KeyCount, error) {
	var c store.KeyCount
	err := row.Scan(&c.Use, &c.Version, &c.Records)
	return &c, err
}
