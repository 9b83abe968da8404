package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/jmoiron/sqlx"

	"prosumer/internal/pg"
)

// naive is what most boards do: a transaction per vote, on the same tables. It
// has less to do than the server (its tokens stand in memory, and there is no
// other middleware), so the comparison errs in its favour.
type naive struct {
	address string
	app     *fiber.App
}

func startNaive(ctx context.Context, db *sqlx.DB, clients int) (*naive, error) {
	db.SetMaxOpenConns(clients)
	db.SetMaxIdleConns(clients)
	var rows []struct {
		Hash    []byte `db:"token_hash"`
		Account int64  `db:"account_id"`
	}
	if err := db.SelectContext(ctx, &rows, `SELECT token_hash, account_id FROM api_tokens`); err != nil {
		return nil, fmt.Errorf("tokens: %w", err)
	}
	members := make(map[string]int64, len(rows))
	for _, r := range rows {
		members[string(r.Hash)] = r.Account
	}
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true})
	app.Put("/api/v1/ideas/:id/vote", func(c *fiber.Ctx) error {
		id, err := c.ParamsInt("id")
		if err != nil {
			return fiber.ErrNotFound
		}
		hash := sha256.Sum256([]byte(strings.TrimPrefix(c.Get(fiber.HeaderAuthorization), "Bearer ")))
		voter, ok := members[string(hash[:])]
		if !ok {
			return fiber.ErrUnauthorized
		}
		var in struct {
			WouldBuy bool `json:"would_buy"`
		}
		if err := c.BodyParser(&in); err != nil {
			return fiber.ErrBadRequest
		}
		tally, err := castAlone(c.UserContext(), db, int64(id), voter, in.WouldBuy)
		if err != nil {
			return err
		}
		return c.JSON(tally)
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen: %w", err)
	}
	go func() { _ = app.Listener(l) }()
	return &naive{address: l.Addr().String(), app: app}, nil
}

func (n *naive) stop() { _ = n.app.Shutdown() }

type aloneTally struct {
	Voters   int `db:"voters" json:"voters"`
	WouldBuy int `db:"would_buy" json:"would_buy"`
}

// castAlone keeps the same promises as the batch: the idea is open, the tally
// equals its votes at the commit.
func castAlone(ctx context.Context, db *sqlx.DB, idea, voter int64, buy bool) (aloneTally, error) {
	var t aloneTally
	err := pg.InTx(ctx, db, func(tx pg.Q) error {
		var open bool
		if err := sqlx.GetContext(ctx, tx, &open, `SELECT status = 'open' FROM ideas WHERE id = $1`, idea); err != nil || !open {
			return fiber.ErrConflict
		}
		if _, err := tx.ExecContext(ctx, `SELECT 1 FROM tallies WHERE idea_id = $1 FOR UPDATE`, idea); err != nil {
			return err
		}
		const cast = `
			WITH before AS (SELECT would_buy FROM votes WHERE idea_id = $1 AND voter_id = $2),
			     put AS (INSERT INTO votes (idea_id, voter_id, would_buy) VALUES ($1, $2, $3)
			             ON CONFLICT (idea_id, voter_id) DO UPDATE SET would_buy = excluded.would_buy, cast_at = now() RETURNING 1)
			UPDATE tallies SET voters = voters + CASE WHEN EXISTS (SELECT 1 FROM before) THEN 0 ELSE 1 END,
			       would_buy = would_buy + $3::int - coalesce((SELECT would_buy::int FROM before), 0), revision = revision + 1
			WHERE idea_id = $1 RETURNING voters, would_buy`
		return sqlx.GetContext(ctx, tx, &t, cast, idea, voter, buy)
	})
	return t, err
}
