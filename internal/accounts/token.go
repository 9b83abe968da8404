package accounts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"github.com/maypok86/otter/v2"

	"prosumer/internal/clean"
	"prosumer/internal/fault"
)

// Scope bounds what a token may do; a token never has more rights than its
// owner has now.
type Scope string

// The scopes, as operations of the API name them.
const (
	ScopeRead  Scope = "read"
	ScopeWrite Scope = "write"
	ScopeVote  Scope = "vote"
	ScopeTeam  Scope = "team"
	ScopeAdmin Scope = "admin"
)

// Scopes lists every scope.
var Scopes = []Scope{ScopeRead, ScopeWrite, ScopeVote, ScopeTeam, ScopeAdmin}

// tokenPrefix lets people and scanners see what a leaked secret is.
const tokenPrefix = "pr_"

// maxTokenLife is the longest a token may live.
const maxTokenLife = 365 * 24 * time.Hour

// Token is an API token as its owner sees it; the secret is shown once.
type Token struct {
	ID        int64          `db:"id"`
	Name      string         `db:"name"`
	Scopes    pq.StringArray `db:"scopes"`
	CreatedAt time.Time      `db:"created_at"`
	ExpiresAt time.Time      `db:"expires_at"`
	UsedAt    *time.Time     `db:"used_at"`
}

// NewToken makes a token and returns its secret, which is stored nowhere.
func (s *Service) NewToken(ctx context.Context, owner ID, name string, scopes []string, life time.Duration) (string, error) {
	var c fault.Check
	name = clean.Line(name)
	c.Need(name != "" && len([]rune(name)) <= 80, "name", "accounts.token_name")
	c.Need(len(scopes) > 0, "scopes", "accounts.token_scopes")
	for _, scope := range scopes {
		c.Need(slices.Contains(Scopes, Scope(scope)), "scopes", "accounts.token_scopes")
	}
	if err := c.Err(); err != nil {
		return "", err
	}
	if life <= 0 || life > maxTokenLife {
		life = maxTokenLife
	}
	secret, _ := newSecret()
	secret = tokenPrefix + secret
	const query = `INSERT INTO api_tokens (account_id, name, token_hash, scopes, expires_at) VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5))`
	if _, err := s.db.ExecContext(ctx, query, owner, name, hashOf(secret), pq.Array(scopes), life.Seconds()); err != nil {
		return "", fmt.Errorf("new token: %w", err)
	}
	return secret, nil
}

// ResolveToken finds the actor of a bearer token; ErrToken when it is no good.
// However many ask for one at once, the database is asked once.
func (s *Service) ResolveToken(ctx context.Context, secret string) (Actor, error) {
	if !strings.HasPrefix(secret, tokenPrefix) {
		return Actor{}, ErrToken
	}
	hash := hashOf(secret)
	return s.actors.Get(ctx, cacheKey{true, string(hash)}, otter.LoaderFunc[cacheKey, Actor](func(ctx context.Context, _ cacheKey) (Actor, error) {
		row, err := tokenRow(ctx, s.db, hash)
		if err != nil {
			return Actor{}, err
		}
		actor := s.actor(row.Account)
		actor.scopes = row.Scopes
		return actor, nil
	}))
}

type tokenOwner struct {
	Account
	Scopes pq.StringArray `db:"scopes"`
	Stale  bool           `db:"stale"` // its last use should be written
}

// tokenRow finds the owner of a token that has not run out. The last use is
// written at most every few minutes: a vote must not cost a second commit.
func tokenRow(ctx context.Context, db *sqlx.DB, hash []byte) (tokenOwner, error) {
	const query = `
		SELECT ` + ofAccount + `,
		       t.scopes, t.used_at IS NULL OR t.used_at < now() - make_interval(secs => $2) AS stale
		FROM api_tokens t JOIN accounts a ON a.id = t.account_id
		WHERE t.token_hash = $1 AND t.expires_at > now()`
	var row tokenOwner
	err := db.GetContext(ctx, &row, query, hash, touchEvery.Seconds())
	if errors.Is(err, sql.ErrNoRows) {
		return tokenOwner{}, ErrToken
	}
	if err != nil {
		return tokenOwner{}, fmt.Errorf("token: %w", err)
	}
	if row.Stale {
		if _, err := db.ExecContext(ctx, `UPDATE api_tokens SET used_at = now() WHERE token_hash = $1`, hash); err != nil {
			return tokenOwner{}, fmt.Errorf("touch token: %w", err)
		}
	}
	return row, nil
}

// Tokens lists the actor's tokens, newest first.
func (s *Service) Tokens(ctx context.Context, actor Actor) ([]Token, error) {
	var list []Token
	const query = `SELECT id, name, scopes, created_at, expires_at, used_at FROM api_tokens WHERE account_id = $1 ORDER BY id DESC`
	if err := s.db.SelectContext(ctx, &list, query, actor.ID); err != nil {
		return nil, fmt.Errorf("tokens: %w", err)
	}
	return list, nil
}

// RevokeToken ends one of the actor's tokens.
func (s *Service) RevokeToken(ctx context.Context, actor Actor, id int64) error {
	done, err := s.db.ExecContext(ctx, `DELETE FROM api_tokens WHERE account_id = $1 AND id = $2`, actor.ID, id)
	if err != nil {
		return fmt.Errorf("revoke token: %w", err)
	}
	s.actors.InvalidateAll()
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(ErrTokenNotFound, err)
	}
	return nil
}
