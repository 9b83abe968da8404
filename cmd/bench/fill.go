package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// benchMembers is how many members vote over HTTP.
const benchMembers = 512

// token is the API token of a bench member; the database holds its hash.
func token(n int) string { return fmt.Sprintf("pr_bench-%08d", n) }

// fill makes members with tokens, and ideas through the real import.
func fill(ctx context.Context, db *sqlx.DB) (list []ideas.ID, err error) {
	hashes := make([][]byte, benchMembers)
	for i := range hashes {
		sum := sha256.Sum256([]byte(token(i)))
		hashes[i] = sum[:]
	}
	const members = `
		WITH person AS (
			INSERT INTO accounts (handle, name, email, email_key, confirmed_at)
			SELECT 'bench-' || n, 'Member ' || n, 'bench-' || n || '@example.com', 'bench-' || n || '@example.com', now()
			FROM generate_series(0, $1 - 1) AS n RETURNING id, handle
		)
		INSERT INTO api_tokens (account_id, name, token_hash, scopes, expires_at)
		SELECT p.id, 'bench', h.hash, '{vote}', now() + interval '1 day'
		FROM unnest($2::bytea[]) WITH ORDINALITY AS h (hash, n) JOIN person p ON p.handle = ('bench-' || (h.n - 1))::citext`
	if _, err := db.ExecContext(ctx, members, benchMembers, pq.ByteaArray(hashes)); err != nil {
		return nil, fmt.Errorf("members: %w", err)
	}
	err = pg.InTx(ctx, db, func(tx pg.Q) error {
		author, err := accounts.Imported(ctx, tx, "bench", "author", "Bench")
		if err != nil {
			return err
		}
		var batch int64
		if err := sqlx.GetContext(ctx, tx, &batch, `INSERT INTO imports (source) VALUES ('bench') RETURNING id`); err != nil {
			return err
		}
		for i := range benchIdeas {
			id, _, err := ideas.Import(ctx, tx, ideas.Imported{
				Source: "bench", ExternalID: fmt.Sprint(i), Import: batch, Contributor: author,
				Title: fmt.Sprintf("Idea number %d of the bench", i), Story: "A story long enough to stand on the board, written for a measurement.", Created: time.Now(),
			})
			if err != nil {
				return err
			}
			list = append(list, id)
		}
		return nil
	})
	return list, err
}

// settle waits until the server has told of the ideas just made.
func settle(ctx context.Context, db *sqlx.DB) error {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		var waiting int
		if err := db.GetContext(ctx, &waiting, `SELECT count(*) FROM outbox`); err != nil || waiting == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
}
