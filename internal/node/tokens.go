package node

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strings"
	"time"

	"rabta/internal/fault"
	"rabta/matching"
	"rabta/store"
)

// Roles lists who a token may speak as (DESIGN, section 3).
var Roles = [...]string{"graduate", "employer", "institute", "officer", "staff", "service"}

// subjects are the prefixes of the record that a token of a role speaks for; the other roles name their subject freely.
var subjects = map[string]string{"graduate": matching.GraduatePrefix, "employer": matching.EmployerPrefix, "institute": matching.InstitutePrefix}

// secretPrefix marks a secret as one of ours, so that one that leaked can be recognised.
const secretPrefix = "rbt_"

var secretText = base32.StdEncoding.WithPadding(base32.NoPadding)

// CreateToken makes a token and gives its secret, which is shown this once and kept nowhere. expires zero means never.
func (n *Node) CreateToken(ctx context.Context, role string, subject matching.ID, expires time.Time) (string, *store.Token, error) {
	if err := n.checkToken(ctx, role, subject, expires); err != nil {
		return "", nil, err
	}
	random := make([]byte, 32)
	rand.Read(random) // never fails
	secret := secretPrefix + strings.ToLower(secretText.EncodeToString(random))
	id, err := n.newID("tok")
	if err != nil {
		return "", nil, err
	}
	token := &store.Token{ID: string(id), Role: role, Subject: subject, Hash: hashSecret(secret), Created: n.now().UTC(), Expires: expires}
	if _, err := n.update(ctx, func(tx store.Tx) error { return tx.PutToken(ctx, token) }); err != nil {
		return "", nil, err
	}
	return secret, token, nil
}

func (n *Node) checkToken(ctx context.Context, role string, subject matching.ID, expires time.Time) error {
	if !slices.Contains(Roles[:], role) {
		return fault.Field("role", "There is no such role. Send one of graduate, employer, institute, officer, staff, service.")
	}
	if !expires.IsZero() && !expires.After(n.now()) {
		return fault.Field("expires", "The token would have expired already. Send a time to come.")
	}
	var err error
	switch role {
	case "graduate":
		_, err = n.store.Graduate(ctx, subject)
	case "employer":
		_, err = n.store.Employer(ctx, subject)
	case "institute":
		_, err = n.store.Institute(ctx, subject)
	default:
		if len(subject) > 200 {
			err = fault.Field("subject", "The subject is too long. Send a name of at most 200 bytes.")
		}
	}
	return missing(err, "subject", "A token of this role speaks for one record. Send the id of a record that exists, such as "+subjects[role]+"_… .")
}

func hashSecret(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// Token gives the token of a secret; fault.Unauthenticated when it is unknown or has expired.
func (n *Node) Token(ctx context.Context, secret string) (*store.Token, error) {
	unknown := &fault.Error{Kind: fault.Unauthenticated, Op: "node.Token",
		Message:   "The token is not known or has expired. Ask for a new one.",
		MessageUr: "یہ ٹوکن درست نہیں یا اس کی مدت ختم ہو گئی ہے۔ نیا ٹوکن لیں۔"}
	if !strings.HasPrefix(secret, secretPrefix) {
		return nil, unknown
	}
	token, err := n.store.TokenByHash(ctx, hashSecret(secret))
	if fault.KindOf(err) == fault.NotFound && err != nil {
		return nil, unknown
	}
	if err != nil {
		return nil, err
	}
	if !token.Expires.IsZero() && !token.Expires.After(n.now()) {
		return nil, unknown
	}
	return token, nil
}

// Tokens lists the tokens of a subject, or all of them for "", the oldest first.
func (n *Node) Tokens(ctx context.Context, subject matching.ID) ([]store.Token, error) {
	if subject != "" {
		return n.store.TokensOf(ctx, subject)
	}
	const page = 1000
	var all []store.Token
	for after := ""; ; after = all[len(all)-1].ID {
		some, err := n.store.Tokens(ctx, after, page)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
		if len(some) < page {
			return all, nil
		}
	}
}

// RevokeTokens ends tokens, all of them or none: no node takes them any more once it returns. One that is not known is a fault.NotFound.
func (n *Node) RevokeTokens(ctx context.Context, ids ...string) error {
	_, err := n.update(ctx, func(tx store.Tx) error {
		for _, id := range ids {
			if err := tx.DeleteToken(ctx, id); err != nil {
				return err
			}
		}
		return nil
	})
	return missing(err, "token", "There is no such token. rabta token list shows the ids of those there are.")
}
