package products

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Milestone is a day worth telling of in the making of a product.
type Milestone struct {
	ID          int64 // 0 for a new one
	Title, Text string
	On          *time.Time
	Picture     *string // nil leaves it as it is
}

func (m *Milestone) check() error {
	var c fault.Check
	m.Title, m.Text = clean.Line(m.Title), lines(m.Text)
	n := utf8.RuneCountInString(m.Title)
	c.Need(n >= 2 && n <= 120, "title", "products.milestone_title")
	c.Need(utf8.RuneCountInString(m.Text) <= 1000, "text", "products.milestone_text")
	c.Need(m.On != nil, "on", "products.day_missing")
	return c.Err()
}

// SaveMilestone adds a milestone to a product, or changes one.
func (s *Service) SaveMilestone(ctx context.Context, actor accounts.Actor, slug string, m Milestone) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	if err := m.check(); err != nil {
		return err
	}
	p, err := bySlug(ctx, s.db, slug)
	if err != nil {
		return err
	}
	query := `INSERT INTO product_milestones (product_id, title, text, on_date, picture_id) VALUES ($1, $2, $3, $4, $5)`
	args := []any{p.ID, m.Title, m.Text, m.On, m.Picture}
	if m.ID != 0 {
		query = `UPDATE product_milestones SET title = $2, text = $3, on_date = $4, picture_id = coalesce($5, picture_id) WHERE product_id = $1 AND id = $6`
		args = append(args, m.ID)
	}
	return affect(ctx, s.db, query, args...)
}

// RemoveMilestone takes a milestone off a product.
func (s *Service) RemoveMilestone(ctx context.Context, actor accounts.Actor, slug string, id int64) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	p, err := bySlug(ctx, s.db, slug)
	if err != nil {
		return err
	}
	return affect(ctx, s.db, `DELETE FROM product_milestones WHERE product_id = $1 AND id = $2`, p.ID, id)
}

// affect runs a statement that is about one row; ErrNotFound when there is none.
func affect(ctx context.Context, q pg.Q, query string, args ...any) error {
	done, err := q.ExecContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("part of a product: %w", err)
	}
	if n, err := done.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return ErrNotFound
}
