-- Records hold plain columns for what is looked up, the rest as JSON without anything personal, and what is personal as one
-- sealed blob. Times are microseconds since 1970 in UTC. The same tables, columns and order as in SQLite: a test compares them. Texts
-- are ordered by their bytes, as Go and SQLite order them, whatever the database's language.

-- +goose Up
CREATE TABLE journal_head (
    one      bigint PRIMARY KEY CHECK (one = 1),
    epoch    text COLLATE "C" NOT NULL,
    position bigint NOT NULL
) WITH (fillfactor = 10); -- it changes with every commit: room for its next versions on the same page
INSERT INTO journal_head (one, epoch, position) VALUES (1, replace(gen_random_uuid()::text, '-', ''), 0);

CREATE TABLE journal (
    position bigint PRIMARY KEY,
    noun     text COLLATE "C" NOT NULL,
    id       text COLLATE "C" NOT NULL,
    version  bigint NOT NULL,
    op       text COLLATE "C" NOT NULL,
    at       bigint NOT NULL
);

CREATE TABLE key_check (
    use     text COLLATE "C" NOT NULL,
    version bigint NOT NULL,
    value   bytea NOT NULL,
    PRIMARY KEY (use, version)
);

CREATE TABLE graduate (
    id           text COLLATE "C" NOT NULL PRIMARY KEY,
    version      bigint NOT NULL,
    created      bigint NOT NULL,
    updated      bigint NOT NULL,
    source       text COLLATE "C" NOT NULL,
    external_id  text COLLATE "C" NOT NULL,
    status       text COLLATE "C" NOT NULL,
    institute    text COLLATE "C" NOT NULL,
    gender       text COLLATE "C" NOT NULL,
    birth_decade bigint NOT NULL,
    body         json NOT NULL,
    sealed       bytea,
    sealing_key  bigint,
    phone_mac    bytea,
    cnic_mac     bytea,
    lookup_key   bigint
);
CREATE INDEX graduate_institute ON graduate (institute, id) WHERE institute <> '';
CREATE UNIQUE INDEX graduate_external ON graduate (source, external_id) WHERE external_id <> '';
CREATE INDEX graduate_phone ON graduate (phone_mac) WHERE phone_mac IS NOT NULL;
CREATE INDEX graduate_cnic ON graduate (cnic_mac) WHERE cnic_mac IS NOT NULL;

CREATE TABLE posting (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    version     bigint NOT NULL,
    created     bigint NOT NULL,
    updated     bigint NOT NULL,
    source      text COLLATE "C" NOT NULL,
    external_id text COLLATE "C" NOT NULL,
    status      text COLLATE "C" NOT NULL,
    employer    text COLLATE "C" NOT NULL,
    body        json NOT NULL
);
CREATE INDEX posting_employer ON posting (employer, id);
CREATE UNIQUE INDEX posting_external ON posting (source, external_id) WHERE external_id <> '';

CREATE TABLE employer (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    version     bigint NOT NULL,
    created     bigint NOT NULL,
    updated     bigint NOT NULL,
    source      text COLLATE "C" NOT NULL,
    external_id text COLLATE "C" NOT NULL,
    body        json NOT NULL,
    sealed      bytea,
    sealing_key bigint
);
CREATE UNIQUE INDEX employer_external ON employer (source, external_id) WHERE external_id <> '';

CREATE TABLE institute (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    version     bigint NOT NULL,
    created     bigint NOT NULL,
    updated     bigint NOT NULL,
    source      text COLLATE "C" NOT NULL,
    external_id text COLLATE "C" NOT NULL,
    body        json NOT NULL
);
CREATE UNIQUE INDEX institute_external ON institute (source, external_id) WHERE external_id <> '';

CREATE TABLE place (
    id       text COLLATE "C" NOT NULL PRIMARY KEY,
    version  bigint NOT NULL,
    source   text COLLATE "C" NOT NULL,
    imported bigint NOT NULL,
    body     json NOT NULL
);

CREATE TABLE token (
    id      text COLLATE "C" NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    role    text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    hash    bytea NOT NULL,
    created bigint NOT NULL,
    expires bigint -- NULL: never
);
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
