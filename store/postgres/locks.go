package postgres

// The advisory locks that we take in a database, which share one space of numbers: the letters of rabta, and one more.
const (
	startLock = 0x7261627461_00 + iota // one process at a time brings the schema up to date
	keysLock                           // shared by every transaction that writes; alone for who changes which keys are in use
	auditLock                          // one transaction at a time adds to the audit log
	batchLock                          // or begins a batch
)
