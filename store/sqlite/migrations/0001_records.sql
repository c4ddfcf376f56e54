-- Records hold plain columns for what is looked up, the rest as JSON without anything personal, and what is personal as one
-- sealed blob. Times are microseconds since 1970 in UTC.

-- +goose Up
CREATE TABLE journal_head (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    epoch    TEXT NOT NULL,
    position INTEGER NOT NULL
) STRICT;
INSERT INTO journal_head (one, epoch, position) VALUES (1, lower(hex(randomblob(16))), 0);

CREATE TABLE journal (
    position INTEGER PRIMARY KEY,
    noun     TEXT NOT NULL,
    id       TEXT NOT NULL,
    version  INTEGER NOT NULL,
    op       TEXT NOT NULL,
    at       INTEGER NOT NULL
) STRICT;

CREATE TABLE key_check (
    use     TEXT NOT NULL,
    version INTEGER NOT NULL,
    value   BLOB NOT NULL,
    PRIMARY KEY (use, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE graduate (
    id           TEXT NOT NULL PRIMARY KEY,
    version      INTEGER NOT NULL,
    created      INTEGER NOT NULL,
    updated      INTEGER NOT NULL,
    source       TEXT NOT NULL,
    external_id  TEXT NOT NULL,
    status       TEXT NOT NULL,
    institute    TEXT NOT NULL,
    gender       TEXT NOT NULL,
    birth_decade INTEGER NOT NULL,
    body         TEXT NOT NULL,
    sealed       BLOB,
    sealing_key  INTEGER,
    phone_mac    BLOB,
    cnic_mac     BLOB,
    lookup_key   INTEGER
) STRICT;
CREATE INDEX graduate_institute ON graduate (institute, id) WHERE institute <> '';
CREATE UNIQUE INDEX graduate_external ON graduate (source, external_id) WHERE external_id <> '';
CREATE INDEX graduate_phone ON graduate (phone_mac) WHERE phone_mac IS NOT NULL;
CREATE INDEX graduate_cnic ON graduate (cnic_mac) WHERE cnic_mac IS NOT NULL;

CREATE TABLE posting (
    id          TEXT NOT NULL PRIMARY KEY,
    version     INTEGER NOT NULL,
    created     INTEGER NOT NULL,
    updated     INTEGER NOT NULL,
    source      TEXT NOT NULL,
    external_id TEXT NOT NULL,
    status      TEXT NOT NULL,
    employer    TEXT NOT NULL,
    body        TEXT NOT NULL
) STRICT;
CREATE INDEX posting_employer ON posting (employer, id);
CREATE UNIQUE INDEX posting_external ON posting (source, external_id) WHERE external_id <> '';

CREATE TABLE employer (
    id          TEXT NOT NULL PRIMARY KEY,
    version     INTEGER NOT NULL,
    created     INTEGER NOT NULL,
    updated     INTEGER NOT NULL,
    source      TEXT NOT NULL,
    external_id TEXT NOT NULL,
    body        TEXT NOT NULL,
    sealed      BLOB,
    sealing_key INTEGER
) STRICT;
CREATE UNIQUE INDEX employer_external ON employer (source, external_id) WHERE external_id <> '';

CREATE TABLE institute (
    id          TEXT NOT NULL PRIMARY KEY,
    version     INTEGER NOT NULL,
    created     INTEGER NOT NULL,
    updated     INTEGER NOT NULL,
    source      TEXT NOT NULL,
    external_id TEXT NOT NULL,
    body        TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX institute_external ON institute (source, external_id) WHERE external_id <> '';

CREATE TABLE place (
    id       TEXT NOT NULL PRIMARY KEY,
    version  INTEGER NOT NULL,
    source   TEXT NOT NULL,
    imported INTEGER NOT NULL,
    body     TEXT NOT NULL
) STRICT;

CREATE TABLE token (
    id      TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    role    TEXT NOT NULL,
    subject TEXT NOT NULL,
    hash    BLOB NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER -- NULL: never
) STRICT;
CREATE UNIQUE INDEX token_hash ON token (hash);

-- +goose Down
DROP TABLE token;
DROP TABLE place;
DROP TABLE institute;
DROP TABLE employer;
DROP TABLE posting;
DROP TABLE graduate;
DROP TABLE key_check;
DROP TABLE journal;
DROP TABLE journal_head;
