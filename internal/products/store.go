package products

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

const columns = `id, slug, name, story_source, story_html, picture_id, stage, pipeline_since, shop_link, created_at, stage_at`

func bySlug(ctx context.Context, q pg.Q, slug string) (Product, error) {
	return one(ctx, q, slug, "")
}

func lockBySlug(ctx context.Context, q pg.Q, slug string) (Product, error) {
	return one(ctx, q, slug, " FOR UPDATE")
}

// ideasOf names the ideas of a product, in order, so that whoever locks them
// does it in the same one.
func ideasOf(ctx context.Context, q pg.Q, id ID) ([]ideas.ID, error) {
	var list []ideas.ID
	if err := sqlx.SelectContext(ctx, q, &list, `SELECT idea_id FROM product_ideas WHERE product_id = $1 ORDER BY idea_id`, id); err != nil {
		return nil, fmt.Errorf("ideas of product %d: %w", id, err)
	}
	return list, nil
}

func one(ctx context.Context, q pg.Q, slug, lock string) (Product, error) {
	if !clean.ValidText(slug) {
		return Product{}, ErrNotFound
	}
	var p Product
	err := sqlx.GetContext(ctx, q, &p, `SELECT `+columns+` FROM products WHERE slug = $1`+lock, slug)
	if pg.Missing(err) {
		return Product{}, ErrNotFound
	}
	if err != nil {
		return Product{}, fmt.Errorf("product %q: %w", slug, err)
	}
	return p, nil
}

func update(ctx context.Context, q pg.Q, p Product) (Product, error) {
	const query = `
		UPDATE products SET name = :name, story_source = :story_source, story_html = :story_html, shop_link = :shop_link, picture_id = :picture_id,
		       pipeline_since = :pipeline_since, stage_at = CASE WHEN stage = :stage THEN stage_at ELSE now() END, stage = :stage
		WHERE id = :id RETURNING ` + columns
	var stored Product
	if err := pg.GetNamed(ctx, q, &stored, query, p); err != nil {
		return Product{}, fmt.Errorf("update product %d: %w", p.ID, err)
	}
	return stored, nil
}

func creditsOf(ctx context.Context, q pg.Q, id ID) ([]Credit, error) {
	const query = `
		SELECT c.account_id, c.role, c.what_for, NOT ` + accounts.Found + ` AS hidden, ` + accounts.Shown + `
		FROM credits c JOIN accounts a ON a.id = c.account_id
		WHERE c.product_id = $1 ORDER BY credit_weight(c.role) DESC, c.account_id`
	var list []Credit
	if err := sqlx.SelectContext(ctx, q, &list, query, id); err != nil {
		return nil, fmt.Errorf("credits of product %d: %w", id, err)
	}
	return list, nil
}
