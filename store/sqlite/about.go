package sqlite

import (
	"context"

	"rabta/matching"
	"rabta/store"
	"rabta/store/layout"
)

// TokensOf lists the tokens of a subject.
func (v view) TokensOf(ctx context.Context, subject matching.ID) ([]store.Token, error) {
	tokens, err := list(ctx, v, "SELECT "+layout.TokenColumns+" FROM token WHERE subject = ? ORDER BY id", []any{string(subject)}, layout.ReadToken)
	return layout.WithoutHashes(tokens), fail("sqlite.TokensOf", err)
}

// Tokens lists tokens.
func (v view) Tokens(ctx context.Context, after string, limit int) ([]store.Token, error) {
	tokens, err := list(ctx, v, "SELECT "+layout.TokenColumns+" FROM token WHERE id > ? ORDER BY id LIMIT ?", []any{after, max(limit, 0)}, layout.ReadToken)
	return layout.WithoutHashes(tokens), fail("sqlite.Tokens", err)
}

// RepliesAbout lists the replies that name a record.
func (v view) RepliesAbout(ctx context.Context, id matching.ID) ([]store.Reply, error) {
	replies, err := list(ctx, v, "SELECT "+layout.ReplyColumns+" FROM reply WHERE id = ? ORDER BY at", []any{string(id)}, layout.ReadReply)
	return layout.Values(replies), fail("sqlite.RepliesAbout", err)
}
