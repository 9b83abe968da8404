package shortlists

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
	"prosumer/internal/products"
)

// Service is what the team does with shortlists.
type Service struct {
	db       *sqlx.DB
	ideas    *ideas.Service
	products *products.Service
	now      func() time.Time
}

// NewService makes the service over db.
func NewService(db *sqlx.DB, i *ideas.Service, p *products.Service) *Service {
	return &Service{db: db, ideas: i, products: p, now: time.Now}
}

// held is the row of a list that a change holds.
type held struct {
	Challenge *challenges.ID `db:"challenge_id"`
	Revision  int64          `db:"revision"`
	ClosedAt  *time.Time     `db:"closed_at"`
}

// changing runs a change of an open list, one at a time.
func (s *Service) changing(ctx context.Context, actor accounts.Actor, id ID, do func(tx pg.Q, l held) error) error {
	return s.holding(ctx, actor, id, "FOR UPDATE", do)
}

// holding locks the list and refuses when it is closed. FOR SHARE is for what
// several may do at once, as long as the list stays open.
func (s *Service) holding(ctx context.Context, actor accounts.Actor, id ID, lock string, do func(tx pg.Q, l held) error) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		var l held
		err := sqlx.GetContext(ctx, tx, &l, `SELECT challenge_id, revision, closed_at FROM shortlists WHERE id = $1 `+lock, id)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("lock shortlist %d: %w", id, err)
		}
		if l.ClosedAt != nil {
			return ErrClosed
		}
		return do(tx, l)
	})
}
