-- What was published of where skills are short, a snapshot for each day, and the frames under which it was. Neither holds a count of
-- people that was not published.

-- +goose Up
CREATE TABLE figure (
	kind TEXT COLLATE "C" NOT NULL,
	day BIGINT NOT NULL,
	at BIGINT NOT NULL,
	body BYTEA NOT NULL,
	PRIMARY KEY (kind, day)
);

-- +goose Down
DROP TABLE figure;
