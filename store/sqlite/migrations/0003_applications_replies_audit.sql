-- Applications with what was written to them; what changing requests were answered with; who looked at what is personal.

-- +goose Up
CREATE TABLE application (
    id          TEXT NOT NULL PRIMARY KEY,
    version     INTEGER NOT NULL,
    created     INTEGER NOT NULL,
    updated     INTEGER NOT NULL,
    source      TEXT NOT NULL,
    external_id TEXT NOT NULL,
    graduate    TEXT NOT NULL,
    posting     TEXT NOT NULL,
    state       TEXT NOT NULL,
    body        TEXT NOT NULL,
    sealed      BLOB,
    sealing_key INTEGER
) STRICT;
CREATE UNIQUE INDEX application_pair ON application (graduate, posting);
CREATE UNIQUE INDEX application_external ON application (source, external_id) WHERE external_id <> '';
CREATE INDEX application_posting ON application (posting, id);
CREATE INDEX application_graduate ON application (graduate, id);

CREATE TABLE reply (
    subject   TEXT NOT NULL,
    operation TEXT NOT NULL,
    key       BLOB NOT NULL,
    body      BLOB NOT NULL,
    status    INTEGER NOT NULL,
    id        TEXT NOT NULL,
    version   INTEGER NOT NULL,
    position  INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (subject, operation, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX reply_at ON reply (at);
CREATE INDEX reply_id ON reply (id);

CREATE TABLE audit (
    number   INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    role     TEXT NOT NULL,
    subject  TEXT NOT NULL,
    action   TEXT NOT NULL,
    graduate TEXT NOT NULL,
    posting  TEXT NOT NULL,
    mac      BLOB NOT NULL
) STRICT;

-- +goose Down
DROP TABLE audit;
DROP TABLE reply;
DROP TABLE application;
