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

// How long a session lives: without use, and at all (OWASP ASVS 7.3.1, 7.3.2).
const (
	memberIdle, memberWhole = 14 * 24 * time.Hour, 30 * 24 * time.Hour
	staffIdle, staffWhole   = 12 * time.Hour, 7 * 24 * time.Hour
)

func lifetimes(staff bool) (idle, whole time.Duration) {
	if staff {
		return staffIdle, staffWhole
	}
	return memberIdle, memberWhole
}

// touchEvery bounds how often a session's last use is written.
const touchEvery = 5 * time.Minute

// maxAgent bounds the browser's own name that the list of sessions shows.
const maxAgent = 200

// Session is one signed-in browser, as its owner sees it.
type Session struct {
	PublicID  string    `db:"public_id"`
	Agent     string    `db:"agent"`
	CreatedAt time.Time `db:"created_at"`
	SeenAt    time.Time `db:"seen_at"`
}

// open starts a session and returns the cookie's value, which is stored nowhere.
func open(ctx context.Context, q pg.Q, id ID, agent string) (secret string, err error) {
	secret, hash := newSecret()
	agent = clean.Shorten(clean.Line(agent), maxAgent)
	const query = `INSERT INTO sessions (token_hash, account_id, public_id, agent) VALUES ($1, $2, $3, $4)`
	if _, err := q.ExecContext(ctx, query, hash, id, newPublicID(), agent); err != nil {
		return "", fmt.Errorf("open session: %w", err)
	}
	return secret, nil
}

type sessionRow struct {
	Account
	PublicID string    `db:"public_id"`
	Started  time.Time `db:"started"`
	Seen     time.Time `db:"seen"`
	Now      time.Time `db:"now"`
}

// alive finds the account of a cookie whose session has not run out, judged by
// the database's clock alone.
func alive(ctx context.Context, db *sqlx.DB, hash []byte) (sessionRow, error) {
	const query = `
		SELECT ` + ofAccount + `,
		       s.public_id, s.created_at AS started, s.seen_at AS seen, now() AS now
		FROM sessions s JOIN accounts a ON a.id = s.account_id
		WHERE s.token_hash = $1`
	var row sessionRow
	err := db.GetContext(ctx, &row, query, hash)
	if errors.Is(err, sql.ErrNoRows) {
		return sessionRow{}, ErrSignIn
	}
	if err != nil {
		return sessionRow{}, fmt.Errorf("session: %w", err)
	}
	idle, whole := lifetimes(row.Staff())
	if row.Now.Sub(row.Seen) > idle || row.Now.Sub(row.Started) > whole {
		_, _ = db.ExecContext(ctx, `DELETE FROM sessions WHERE token_hash = $1`, hash)
		return sessionRow{}, ErrSignIn
	}
	if row.Now.Sub(row.Seen) > touchEvery {
		if _, err := db.ExecContext(ctx, `UPDATE sessions SET seen_at = now() WHERE token_hash = $1`, hash); err != nil {
			return sessionRow{}, fmt.Errorf("touch session: %w", err)
		}
	}
	return row, nil
}

// endSessions ends an account's sessions but the one to keep, and says which.
func endSessions(ctx context.Context, q pg.Q, id ID, keep string) ([]string, error) {
	var ended pq.StringArray
	const query = `
		WITH gone AS (DELETE FROM sessions WHERE account_id = $1 AND public_id <> $2 RETURNING public_id)
		SELECT coalesce(array_agg(public_id), '{}') FROM gone`
	if err := q.QueryRowxContext(ctx, query, id, keep).Scan(&ended); err != nil {
		return nil, fmt.Errorf("end sessions of account %d: %w", id, err)
	}
	return ended, nil
}

// Forget drops what is remembered of who is signed in, so that the database is
// asked anew: for a server that learns of another's changes.
func (s *Service) Forget() { s.actors.InvalidateAll() }

// Over says which of these sessions, named by their public id, have ended.
func (s *Service) Over(ctx context.Context, sessions []string) ([]string, error) {
	var over []string
	const query = `
		SELECT asked.id FROM unnest($1::text[]) AS asked (id)
		WHERE NOT EXISTS (SELECT 1 FROM sessions s WHERE s.public_id = asked.id)`
	if err := s.db.SelectContext(ctx, &over, query, pq.Array(sessions)); err != nil {
		return nil, fmt.Errorf("sessions that are over: %w", err)
	}
	return over, nil
}
