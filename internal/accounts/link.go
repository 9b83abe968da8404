package accounts

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/pg"
)

// Purpose is what a one-use link does.
type Purpose string

// The purposes of links.
const (
	SignInLink     Purpose = "sign_in"
	ConfirmLink    Purpose = "confirm"
	ResetLink      Purpose = "reset"
	FirstAdminLink Purpose = "first_admin"
)

// lifetime of a link by purpose. A confirmation may wait in a mailbox for a
// day; what signs somebody in may not (OWASP ASVS 6.5.5).
func (p Purpose) lifetime() time.Duration {
	switch p {
	case ConfirmLink, FirstAdminLink:
		return 24 * time.Hour
	default:
		return 10 * time.Minute
	}
}

// byMail reports whether such a link may be asked for by mail. The first
// admin's goes to the log alone.
func (p Purpose) byMail() bool { return p == SignInLink || p == ConfirmLink || p == ResetLink }

// Link is a one-use link that has not been used yet.
type Link struct {
	Purpose Purpose `db:"purpose"`
	Account *ID     `db:"account_id"`
	Browser []byte  `db:"browser_hash"`
	Next    string  `db:"next"`
	Fresh   bool    `db:"fresh"` // young enough to sign somebody in
}

// SameBrowser reports whether the link was asked for by the browser that holds
// this secret. Another browser is asked whether it means it.
func (l Link) SameBrowser(secret string) bool {
	return len(l.Browser) > 0 && secret != "" && bytes.Equal(l.Browser, hashOf(secret))
}

// newLink makes a link; a new one ends the old ones of its kind.
func newLink(ctx context.Context, q pg.Q, l Link) (secret string, err error) {
	const end = `UPDATE links SET used_at = now() WHERE purpose = $1 AND account_id IS NOT DISTINCT FROM $2 AND used_at IS NULL`
	if _, err := q.ExecContext(ctx, end, l.Purpose, l.Account); err != nil {
		return "", fmt.Errorf("end old links: %w", err)
	}
	secret, hash := newSecret()
	const insert = `
		INSERT INTO links (token_hash, purpose, account_id, browser_hash, next, expires_at)
		VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))`
	if _, err := q.ExecContext(ctx, insert, hash, l.Purpose, l.Account, l.Browser, l.Next, l.Purpose.lifetime().Seconds()); err != nil {
		return "", fmt.Errorf("new link: %w", err)
	}
	return secret, nil
}

// look finds a link without using it up.
func look(ctx context.Context, q pg.Q, secret string) (Link, error) {
	var l Link
	err := sqlx.GetContext(ctx, q, &l, `
		SELECT purpose, account_id, browser_hash, next, created_at > now() - interval '10 minutes' AS fresh FROM links
		WHERE token_hash = $1 AND used_at IS NULL AND expires_at > now()`, hashOf(secret))
	return l, linkError(err)
}

// use takes the link: of many at once, exactly one gets it.
func use(ctx context.Context, q pg.Q, secret string, purpose Purpose) (Link, error) {
	var l Link
	err := sqlx.GetContext(ctx, q, &l, `
		UPDATE links SET used_at = now()
		WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > now()
		RETURNING purpose, account_id, browser_hash, next, created_at > now() - interval '10 minutes' AS fresh`, hashOf(secret), purpose)
	return l, linkError(err)
}

func linkError(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrLinkUsed
	}
	if err != nil {
		return fmt.Errorf("link: %w", err)
	}
	return nil
}

// endLinks ends every unused link of an account.
func endLinks(ctx context.Context, q pg.Q, id ID) error {
	if _, err := q.ExecContext(ctx, `UPDATE links SET used_at = now() WHERE account_id = $1 AND used_at IS NULL`, id); err != nil {
		return fmt.Errorf("end links of account %d: %w", id, err)
	}
	return nil
}
