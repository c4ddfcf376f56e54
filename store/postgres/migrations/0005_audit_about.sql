-- Staff ask whose data were looked at, and for which posting.

-- +goose Up
CREATE INDEX audit_graduate ON audit (graduate, number) WHERE graduate <> '';
CREATE INDEX audit_posting ON audit (posting, number) WHERE posting <> '';

-- +goose Down
DROP INDEX audit_posting;
DROP INDEX audit_graduate;
