package accounts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/clean"
	"prosumer/internal/pg"
)

const accountColumns = `id, handle, name, email, confirmed_at, roles, bio, bio_source, bio_html, links, picture_id, cover_id,
	visibility, votes_open, lang, created_at, erased_at`

// ofAccount are the account's columns where the accounts have the alias a.
const ofAccount = `a.id, a.handle, a.name, a.email, a.confirmed_at, a.roles, a.bio, a.bio_source, a.bio_html, a.links, a.picture_id, a.cover_id,
	a.visibility, a.votes_open, a.lang, a.created_at, a.erased_at`

type newAccount struct {
	Handle   string         `db:"handle"`
	Name     string         `db:"name"`
	Email    *string        `db:"email"`
	EmailKey *string        `db:"email_key"`
	Hash     *string        `db:"password_hash"`
	Confirm  *time.Time     `db:"confirmed_at"`
	Roles    pq.StringArray `db:"roles"`
	Lang     string         `db:"lang"`
	Bio      string         `db:"bio"` // typed without markup
	BioHTML  clean.HTML     `db:"bio_html"`
	Policy   int            `db:"policy_version"`
	Source   string         `db:"source"`
	External string         `db:"external_id"`
}

func insert(ctx context.Context, q pg.Q, n newAccount) (Account, error) {
	const query = `
		INSERT INTO accounts (handle, name, email, email_key, password_hash, confirmed_at, roles, lang, bio, bio_source, bio_html, policy_version, source, external_id)
		VALUES (:handle, :name, :email, :email_key, :password_hash, :confirmed_at, :roles, :lang, :bio, :bio, :bio_html, :policy_version, :source, :external_id)
		RETURNING ` + accountColumns
	n.BioHTML, n.Policy = clean.Plain(n.Bio), clean.PolicyVersion
	var a Account
	err := pg.GetNamed(ctx, q, &a, query, n)
	switch {
	case pg.Violates(err, "accounts_email_key"):
		return Account{}, ErrEmailTaken
	case pg.Violates(err, "accounts_handle_key"):
		return Account{}, ErrHandleTaken.With("handle", "accounts.handle_taken")
	case err != nil:
		return Account{}, fmt.Errorf("insert account %q: %w", n.Handle, err)
	}
	return a, nil
}

func one(ctx context.Context, q pg.Q, where string, arg any) (Account, error) {
	var a Account
	err := sqlx.GetContext(ctx, q, &a, `SELECT `+accountColumns+` FROM accounts WHERE `+where, arg)
	if errors.Is(err, sql.ErrNoRows) {
		return Account{}, ErrNotFound
	}
	if err != nil {
		return Account{}, fmt.Errorf("account %v: %w", arg, err)
	}
	return a, nil
}

func byID(ctx context.Context, q pg.Q, id ID) (Account, error) { return one(ctx, q, `id = $1`, id) }

func byHandle(ctx context.Context, q pg.Q, handle string) (Account, error) {
	if !clean.ValidText(handle) {
		return Account{}, ErrNotFound
	}
	return one(ctx, q, `handle = $1`, handle)
}

func byEmailKey(ctx context.Context, q pg.Q, key string) (Account, error) {
	return one(ctx, q, `email_key = $1`, key)
}

func passwordHash(ctx context.Context, q pg.Q, id ID) (*string, error) {
	var hash *string
	if err := sqlx.GetContext(ctx, q, &hash, `SELECT password_hash FROM accounts WHERE id = $1`, id); err != nil {
		return nil, fmt.Errorf("password of account %d: %w", id, err)
	}
	return hash, nil
}

func setPassword(ctx context.Context, q pg.Q, id ID, hash string) error {
	if _, err := q.ExecContext(ctx, `UPDATE accounts SET password_hash = $2 WHERE id = $1`, id, hash); err != nil {
		return fmt.Errorf("set password of account %d: %w", id, err)
	}
	return nil
}

// confirm marks the address as reached; it reports whether it was not before.
func confirm(ctx context.Context, q pg.Q, id ID) (bool, error) {
	done, err := q.ExecContext(ctx, `UPDATE accounts SET confirmed_at = now() WHERE id = $1 AND confirmed_at IS NULL`, id)
	if err != nil {
		return false, fmt.Errorf("confirm account %d: %w", id, err)
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

// lockRoles lets one change of who is admin happen at a time: "the first" and
// "the last" admin are questions about all accounts at once.
func lockRoles(ctx context.Context, tx pg.Q) error {
	if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('accounts.roles', 0))`); err != nil {
		return fmt.Errorf("lock roles: %w", err)
	}
	return nil
}

// hasAdmin reports whether anybody but this account is admin.
func hasAdmin(ctx context.Context, q pg.Q, but ID) (bool, error) {
	var exists bool
	if err := sqlx.GetContext(ctx, q, &exists, `SELECT EXISTS (SELECT 1 FROM accounts WHERE id <> $1 AND 'admin' = ANY(roles))`, but); err != nil {
		return false, fmt.Errorf("look for an admin: %w", err)
	}
	return exists, nil
}

// setRoles replaces the roles; the caller holds lockRoles.
func setRoles(ctx context.Context, tx pg.Q, id ID, roles []string) error {
	if _, err := tx.ExecContext(ctx, `UPDATE accounts SET roles = $2 WHERE id = $1`, id, pq.Array(roles)); err != nil {
		return fmt.Errorf("set roles of account %d: %w", id, err)
	}
	return nil
}

// countFailures counts failed sign-ins of the subject in the last 15 minutes,
// and says how old the newest is.
func countFailures(ctx context.Context, q pg.Q, subject string) (n int, newest time.Duration, err error) {
	const query = `
		SELECT count(*), coalesce(extract(epoch FROM now() - max(at)), 0)
		FROM sign_in_failures WHERE subject = $1 AND at > now() - interval '15 minutes'`
	var seconds float64
	if err := q.QueryRowxContext(ctx, query, subject).Scan(&n, &seconds); err != nil {
		return 0, 0, fmt.Errorf("failed sign-ins: %w", err)
	}
	return n, time.Duration(seconds * float64(time.Second)), nil
}
