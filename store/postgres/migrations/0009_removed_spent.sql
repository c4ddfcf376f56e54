-- By which names (source and external id) deleted people were known, as keyed digests that tell nothing else: an import that names one again
-- does not bring her back. And what accounts have used up of what they may have in a day, over all nodes.

-- +goose Up
CREATE TABLE removed (
    digest bytea NOT NULL PRIMARY KEY,
    at     bigint NOT NULL
);

CREATE TABLE spent (
    account text COLLATE "C" NOT NULL,
    what    text COLLATE "C" NOT NULL,
    at      bigint NOT NULL,
    PRIMARY KEY (account, what)
);

-- +goose Down
DROP TABLE spent;
DROP TABLE removed;
