package board

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/products"
)

// Product is a product with its picture, ideas and credits.
type Product struct {
	ID            products.ID
	Slug, Name    string
	Story         clean.HTML
	Stage         products.Stage
	Picture       *media.Picture
	PipelineSince *time.Time
	ShopLink      string
	CreatedAt     time.Time
	StageAt       time.Time
	TestedBy      int // how many customers reported on it before its launch
	Ideas         []Card
	Credits       []products.Credit // somebody without a profile to find has no handle
}

type productRow struct {
	PID           products.ID    `db:"pid"`
	Slug          string         `db:"slug"`
	Name          string         `db:"name"`
	Story         clean.HTML     `db:"story_html"`
	Stage         products.Stage `db:"stage"`
	PipelineSince *time.Time     `db:"pipeline_since"`
	ShopLink      string         `db:"shop_link"`
	CreatedAt     time.Time      `db:"created_at"`
	StageAt       time.Time      `db:"stage_at"`
	TestedBy      int            `db:"tested_by"`
	imageRow
}

const productColumns = `p.id AS pid, p.slug, p.name, p.story_html, p.stage, p.pipeline_since, p.shop_link, p.created_at, p.stage_at,
	(SELECT count(*) FROM beta_reports r WHERE r.product_id = p.id) AS tested_by,
	m.id AS image_id, m.width, m.height, m.alt, m.sizes, m.webp`

func (r productRow) product() Product {
	return Product{
		ID: r.PID, Slug: r.Slug, Name: r.Name, Story: r.Story, Stage: r.Stage, Picture: r.picture(),
		PipelineSince: r.PipelineSince, ShopLink: r.ShopLink, CreatedAt: r.CreatedAt, StageAt: r.StageAt, TestedBy: r.TestedBy,
	}
}

// Products lists what came of ideas, the newest first.
func (b *Board) Products(ctx context.Context, actor accounts.Actor, after string, limit int) (Page[Product], error) {
	return b.ProductsAt(ctx, actor, "", after, limit)
}

// ProductsAt is Products of one stage; the empty one is all of them.
func (b *Board) ProductsAt(ctx context.Context, actor accounts.Actor, stage products.Stage, after string, limit int) (Page[Product], error) {
	limit, err := pageLimit(limit, defaultLimit)
	if err != nil {
		return Page[Product]{}, err
	}
	where, args := "true", []any{}
	if after != "" {
		c, err := parseCursor(after, "products")
		if err != nil {
			return Page[Product]{}, err
		}
		args = append(args, c.id)
		where = "p.id < $1"
	}
	if stage != "" {
		args = append(args, stage)
		where += fmt.Sprintf(" AND p.stage = $%d", len(args))
	}
	args = append(args, limit+1)
	var rows []productRow
	query := fmt.Sprintf(`SELECT %s FROM products p LEFT JOIN images m ON m.id = p.picture_id WHERE %s ORDER BY p.id DESC LIMIT $%d`, productColumns, where, len(args))
	if err := b.db.SelectContext(ctx, &rows, query, args...); err != nil {
		return Page[Product]{}, fmt.Errorf("products: %w", err)
	}
	var page Page[Product]
	if len(rows) > limit {
		rows = rows[:limit]
		page.Next = cursor{order: "products", id: int64(rows[limit-1].PID)}.String()
	}
	for _, r := range rows {
		page.Items = append(page.Items, r.product())
	}
	return page, b.fill(ctx, actor, page.Items)
}

// StageCounts says how many products are at each stage.
func (b *Board) StageCounts(ctx context.Context) (map[products.Stage]int, error) {
	var rows []struct {
		Stage products.Stage `db:"stage"`
		N     int            `db:"n"`
	}
	if err := b.db.SelectContext(ctx, &rows, `SELECT stage, count(*) AS n FROM products GROUP BY stage`); err != nil {
		return nil, fmt.Errorf("products by stage: %w", err)
	}
	counts := make(map[products.Stage]int, len(rows))
	for _, r := range rows {
		counts[r.Stage] = r.N
	}
	return counts, nil
}

// Product gives one product; products.ErrNotFound when there is none.
func (b *Board) Product(ctx context.Context, actor accounts.Actor, slug string) (Product, error) {
	if !validWords(slug) {
		return Product{}, products.ErrNotFound
	}
	var row productRow
	err := b.db.GetContext(ctx, &row, `SELECT `+productColumns+` FROM products p LEFT JOIN images m ON m.id = p.picture_id WHERE p.slug = $1`, slug)
	if errors.Is(err, sql.ErrNoRows) {
		return Product{}, products.ErrNotFound
	}
	if err != nil {
		return Product{}, fmt.Errorf("product %q: %w", slug, err)
	}
	one := []Product{row.product()}
	err = b.fill(ctx, actor, one)
	return one[0], err
}

// namedOf is how an account a is named beside what it did on a product; hidden
// are those without a profile to find.
const namedOf = `NOT ` + accounts.Found + ` AS hidden, ` + accounts.Shown

// fill adds ideas and credits to products, a few queries for all of them.
func (b *Board) fill(ctx context.Context, actor accounts.Actor, list []Product) error {
	if len(list) == 0 {
		return nil
	}
	at := make(map[products.ID]int, len(list))
	ids := make([]int64, len(list))
	for i, p := range list {
		at[p.ID], ids[i] = i, int64(p.ID)
	}
	if err := b.fillIdeas(ctx, actor, list, at, ids); err != nil {
		return err
	}
	var credits []struct {
		products.Credit
		ProductID products.ID `db:"product_id"`
	}
	const due = `
		SELECT c.product_id, c.account_id, c.role, c.what_for, ` + namedOf + `
		FROM credits c JOIN accounts a ON a.id = c.account_id WHERE c.product_id = ANY($1) ORDER BY credit_weight(c.role) DESC, c.account_id`
	if err := b.db.SelectContext(ctx, &credits, due, pq.Array(ids)); err != nil {
		return fmt.Errorf("credits of products: %w", err)
	}
	for _, c := range credits {
		p := &list[at[c.ProductID]]
		p.Credits = append(p.Credits, c.Credit)
	}
	return nil
}

// fillIdeas adds to products those of their ideas that the actor may see.
func (b *Board) fillIdeas(ctx context.Context, actor accounts.Actor, list []Product, at map[products.ID]int, ids []int64) error {
	var found []struct {
		cardRow
		Hidden    bool        `db:"hidden"`
		ProductID products.ID `db:"product_id"`
	}
	query := `SELECT ` + cardColumns + `, '' AS key, i.hidden, pi.product_id FROM product_ideas pi JOIN ideas i ON i.id = pi.idea_id ` + cardJoins + ` WHERE pi.product_id = ANY($1) ORDER BY i.id`
	if err := b.db.SelectContext(ctx, &found, query, pq.Array(ids)); err != nil {
		return fmt.Errorf("ideas of products: %w", err)
	}
	var rows []cardRow
	var of []products.ID
	for _, f := range found {
		if ideas.Sees(actor, ideas.Idea{Contributor: f.AccountID, Status: f.Status, Hidden: f.Hidden}) {
			rows, of = append(rows, f.cardRow), append(of, f.ProductID)
		}
	}
	cards, err := b.cards(ctx, actor, rows, asAnybody)
	if err != nil {
		return err
	}
	for i, c := range cards {
		p := &list[at[of[i]]]
		p.Ideas = append(p.Ideas, c)
	}
	return nil
}

// ProductLinks names every product, for the choice of one to join.
func (b *Board) ProductLinks(ctx context.Context) ([]ProductLink, error) {
	var list []ProductLink
	if err := b.db.SelectContext(ctx, &list, `SELECT id, slug, name FROM products ORDER BY name LIMIT 200`); err != nil {
		return nil, fmt.Errorf("product names: %w", err)
	}
	return list, nil
}
