package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/jmoiron/sqlx"
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
	alone, err := newLoner(ctx, db)
	if err != nil {
		return nil, err
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
		tally, err := alone.vote(c.UserContext(), int64(id), voter, in.WouldBuy)
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

// loner casts each vote in a transaction of its own, by prepared statements. It
// keeps the same promises as the batch: the idea is open, the tally equals its
// votes at the commit.
type loner struct {
	db               *sqlx.DB
	open, lock, cast *sqlx.Stmt
}

func newLoner(ctx context.Context, db *sqlx.DB) (*loner, error) {
	l := &loner{db: db}
	for query, into := range map[string]**sqlx.Stmt{
		`SELECT status = 'open' FROM ideas WHERE id = $1`:           &l.open,
		`SELECT idea_id FROM tallies WHERE idea_id = $1 FOR UPDATE`: &l.lock,
		`WITH before AS (SELECT would_buy FROM votes WHERE idea_id = $1 AND voter_id = $2),
		     put AS (INSERT INTO votes (idea_id, voter_id, would_buy) VALUES ($1, $2, $3)
		             ON CONFLICT (idea_id, voter_id) DO UPDATE SET would_buy = excluded.would_buy, cast_at = now() RETURNING 1)
		UPDATE tallies SET voters = voters + CASE WHEN EXISTS (SELECT 1 FROM before) THEN 0 ELSE 1 END,
		       would_buy = would_buy + $3::int - coalesce((SELECT would_buy::int FROM before), 0), revision = revision + 1
		WHERE idea_id = $1 RETURNING voters, would_buy`: &l.cast,
	} {
		var err error
		if *into, err = db.PreparexContext(ctx, query); err != nil {
			return nil, fmt.Errorf("prepare a vote alone: %w", err)
		}
	}
	return l, nil
}

func (l *loner) vote(ctx context.Context, idea, voter int64, buy bool) (t aloneTally, err error) {
	tx, err := l.db.BeginTxx(ctx, nil)
	if err != nil {
		return t, err
	}
	defer func() { _ = tx.Rollback() }() // harmless once committed
	var open bool
	if err := tx.StmtxContext(ctx, l.open).GetContext(ctx, &open, idea); err != nil || !open {
		return t, fiber.ErrConflict
	}
	var held int64
	if err := tx.StmtxContext(ctx, l.lock).GetContext(ctx, &held, idea); err != nil {
		return t, err
	}
	if err := tx.StmtxContext(ctx, l.cast).GetContext(ctx, &t, idea, voter, buy); err != nil {
		return t, err
	}
	return t, tx.Commit()
}
