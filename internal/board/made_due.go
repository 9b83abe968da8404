package board

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/products"
)

// Due is one person's credit on one product, to show elsewhere.
type Due struct {
	Slug    string         `db:"slug"`
	Product string         `db:"product"`
	Stage   products.Stage `db:"stage"`
	Name    string         `db:"name"`
	Handle  string         `db:"handle"`
	Role    string         `db:"role"`
	WhatFor string         `db:"what_for"`
	Hidden  bool           `db:"hidden"` // its owner alone may see it
	On      time.Time      `db:"on_day"` // the day of the launch, before that of the adoption
}

// Due gives the credit of a handle on a product; products.ErrNotFound where
// there is none, and where its owner has no profile to find: the address of a
// certificate names the handle.
func (b *Board) Due(ctx context.Context, actor accounts.Actor, slug, handle string) (Due, error) {
	if !validWords(slug) || !validWords(handle) {
		return Due{}, products.ErrNotFound
	}
	const query = `
		SELECT p.slug, p.name AS product, p.stage, a.name, a.handle, c.role, c.what_for, NOT ` + accounts.Found + ` AS hidden,
		       coalesce((SELECT max(s.at) FROM product_stages s WHERE s.product_id = p.id AND s.stage = 'launched' AND s.undone_at IS NULL), p.created_at) AS on_day
		FROM products p JOIN credits c ON c.product_id = p.id JOIN accounts a ON a.id = c.account_id
		WHERE p.slug = $1 AND a.handle = $2 AND (` + accounts.Found + ` OR a.id = $3)`
	var d Due
	err := b.db.GetContext(ctx, &d, query, slug, handle, actor.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return Due{}, products.ErrNotFound
	}
	if err != nil {
		return Due{}, fmt.Errorf("credit of %q on %q: %w", handle, slug, err)
	}
	return d, nil
}
