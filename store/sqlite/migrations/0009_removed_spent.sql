-- By which names (source and external id) deleted people were known, as keyed digests that tell nothing else: an import that names one again
-- does not bring her back. And what accounts have used up of what they may have in a day, over all nodes.

-- +goose Up
CREATE TABLE removed (
    digest BLOB NOT NULL PRIMARY KEY,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE spent (
    account TEXT NOT NULL,
    what    TEXT NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (account, what)
) STRICT, WITHOUT ROWID;

-- +goose Down
DROP TABLE spent;
DROP TABLE removed;
