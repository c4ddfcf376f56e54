-- What was published of where skills are short, a snapshot for each day, and the frames under which it was. Neither holds a count of
-- people that was not published.

-- +goose Up
CREATE TABLE figure (
	kind TEXT NOT NULL,
	day INTEGER NOT NULL,
	at INTEGER NOT NULL,
	body BLOB NOT NULL,
	PRIMARY KEY (kind, day)
);

-- +goose Down
DROP TABLE figure;
