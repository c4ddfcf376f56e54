-- Applications with what was written to them; what changing requests were answered with; who looked at what is personal.

-- +goose Up
CREATE TABLE application (
    id          text COLLATE "C" NOT NULL PRIMARY KEY,
    version     bigint NOT NULL,
    created     bigint NOT NULL,
    updated     bigint NOT NULL,
    source      text COLLATE "C" NOT NULL,
    external_id text COLLATE "C" NOT NULL,
    graduate    text COLLATE "C" NOT NULL,
    posting     text COLLATE "C" NOT NULL,
    state       text COLLATE "C" NOT NULL,
    body        json NOT NULL,
    sealed      bytea,
    sealing_key bigint
);
CREATE UNIQUE INDEX application_pair ON application (graduate, posting);
CREATE UNIQUE INDEX application_external ON application (source, external_id) WHERE external_id <> '';
CREATE INDEX application_posting ON application (posting, id);
CREATE INDEX application_graduate ON application (graduate, id);

CREATE TABLE reply (
    subject   text COLLATE "C" NOT NULL,
    operation text COLLATE "C" NOT NULL,
    key       bytea NOT NULL,
    body      bytea NOT NULL,
    status    bigint NOT NULL,
    id        text COLLATE "C" NOT NULL,
    version   bigint NOT NULL,
    position  bigint NOT NULL,
    at        bigint NOT NULL,
    PRIMARY KEY (subject, operation, key)
);
CREATE INDEX reply_at ON reply (at);
CREATE INDEX reply_id ON reply (id);

CREATE TABLE audit (
    number   bigint PRIMARY KEY,
    at       bigint NOT NULL,
    role     text COLLATE "C" NOT NULL,
    subject  text COLLATE "C" NOT NULL,
    action   text COLLATE "C" NOT NULL,
    graduate text COLLATE "C" NOT NULL,
    posting  text COLLATE "C" NOT NULL,
    mac      bytea NOT NULL
);

-- +goose Down
DROP TABLE audit;
DROP TABLE reply;
DROP TABLE application;
