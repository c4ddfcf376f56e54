-- The same column as in PostgreSQL, where files are rewritten after deletions. SQLite overwrites what it frees, and leaves this at 0.

-- +goose Up
ALTER TABLE journal_head ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE journal_head DROP COLUMN erased;
