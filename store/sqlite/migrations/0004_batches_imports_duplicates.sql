-- Batches of rows that are shown together, records of imports, and people who may be one. A row of batch 0 was put by itself. What is
-- of a batch is shown once its number has left staged, so that the flip is one row whatever the size of the batch.

-- +goose Up
ALTER TABLE graduate ADD COLUMN batch INTEGER NOT NULL DEFAULT 0;
ALTER TABLE posting ADD COLUMN batch INTEGER NOT NULL DEFAULT 0;
ALTER TABLE employer ADD COLUMN batch INTEGER NOT NULL DEFAULT 0;
CREATE INDEX graduate_batch ON graduate (batch, id) WHERE batch <> 0;
CREATE INDEX posting_batch ON posting (batch, id) WHERE batch <> 0;
CREATE INDEX employer_batch ON employer (batch, id) WHERE batch <> 0;

CREATE TABLE batch (
    number INTEGER PRIMARY KEY,
    id     TEXT NOT NULL,
    begun  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX batch_id ON batch (id);

CREATE TABLE staged (
    number INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE import (
    id       TEXT NOT NULL PRIMARY KEY,
    subject  TEXT NOT NULL,
    noun     TEXT NOT NULL,
    source   TEXT NOT NULL,
    file     BLOB,
    state    TEXT NOT NULL,
    mode     TEXT NOT NULL,
    counts   TEXT NOT NULL,
    why      TEXT NOT NULL,
    started  INTEGER NOT NULL,
    finished INTEGER, -- NULL: it runs
    result   BLOB
) STRICT;
CREATE INDEX import_subject ON import (subject, id);
CREATE INDEX import_started ON import (started);

CREATE TABLE duplicate (
    first  TEXT NOT NULL,
    second TEXT NOT NULL,
    why    TEXT NOT NULL,
    state  TEXT NOT NULL,
    at     INTEGER NOT NULL,
    decided_by TEXT NOT NULL,
    PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID;
CREATE INDEX duplicate_state ON duplicate (state, first, second);
CREATE INDEX duplicate_second ON duplicate (second);

CREATE TABLE merged (
    source      TEXT NOT NULL,
    external_id TEXT NOT NULL,
    graduate    TEXT NOT NULL,
    PRIMARY KEY (source, external_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX merged_graduate ON merged (graduate);

-- +goose Down
DROP TABLE merged;
DROP TABLE duplicate;
DROP TABLE import;
DROP TABLE staged;
DROP TABLE batch;
DROP INDEX employer_batch;
DROP INDEX posting_batch;
DROP INDEX graduate_batch;
ALTER TABLE employer DROP COLUMN batch;
ALTER TABLE posting DROP COLUMN batch;
ALTER TABLE graduate DROP COLUMN batch;
