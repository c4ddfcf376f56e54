-- Who deletes a graduate deletes the tokens whose subject she is.

-- +goose Up
CREATE INDEX token_subject ON token (subject, id);

-- +goose Down
DROP INDEX token_subject;
