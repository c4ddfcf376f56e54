-- Of an imported record, the keyed digest of the row that it was last made from: the same row again changes nothing, whatever has been
-- done to the record since.

-- +goose Up
ALTER TABLE graduate ADD COLUMN imported_row BYTEA;
ALTER TABLE posting ADD COLUMN imported_row BYTEA;

-- +goose Down
ALTER TABLE posting DROP COLUMN imported_row;
ALTER TABLE graduate DROP COLUMN imported_row;
