-- Batches of rows that are shown together, records of imports, and people who may be one. A row of batch 0 was put by itself. What is
-- of a batch is shown once its number has left staged, so that the flip is one row whatever the size of the batch.

-- +goose Up
ALTER TABLE graduate ADD COLUMN batch bigint NOT NULL DEFAULT 0;
ALTER TABLE posting ADD COLUMN batch bigint NOT NULL DEFAULT 0;
ALTER TABLE employer ADD COLUMN batch bigint NOT NULL DEFAULT 0;
CREATE INDEX graduate_batch ON graduate (batch, id) WHERE batch <> 0;
CREATE INDEX posting_batch ON posting (batch, id) WHERE batch <> 0;
CREATE INDEX employer_batch ON employer (batch, id) WHERE batch <> 0;

CREATE TABLE batch (
    number bigint PRIMARY KEY,
    id     text COLLATE "C" NOT NULL,
    begun  bigint NOT NULL
);
CREATE UNIQUE INDEX batch_id ON batch (id);

CREATE TABLE staged (
    number bigint PRIMARY KEY
);

CREATE TABLE import (
    id       text COLLATE "C" NOT NULL PRIMARY KEY,
    subject  text COLLATE "C" NOT NULL,
    noun     text COLLATE "C" NOT NULL,
    source   text COLLATE "C" NOT NULL,
    file     bytea,
    state    text COLLATE "C" NOT NULL,
    mode     text COLLATE "C" NOT NULL,
    counts   text COLLATE "C" NOT NULL,
    why      text COLLATE "C" NOT NULL,
    started  bigint NOT NULL,
    finished bigint, -- NULL: it runs
    result   bytea
);
CREATE INDEX import_subject ON import (subject, id);
CREATE INDEX import_started ON import (started);

CREATE TABLE duplicate (
    first  text COLLATE "C" NOT NULL,
    second text COLLATE "C" NOT NULL,
    why    text COLLATE "C" NOT NULL,
    state  text COLLATE "C" NOT NULL,
    at     bigint NOT NULL,
    decided_by text COLLATE "C" NOT NULL,
    PRIMARY KEY (first, second)
);
CREATE INDEX duplicate_state ON duplicate (state, first, second);
CREATE INDEX duplicate_second ON duplicate (second);

CREATE TABLE merged (
    source      text COLLATE "C" NOT NULL,
    external_id text COLLATE "C" NOT NULL,
    graduate    text COLLATE "C" NOT NULL,
    PRIMARY KEY (source, external_id)
);
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
