package board

import (
	"context"
	"fmt"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/products"
)

// ProductDesk is a product as the team works on it.
type ProductDesk struct {
	ProductPage
	StorySource  string
	TermsSource  string
	StoppedAt    products.Stage // where a stopped product goes on
	UndoTo       products.Stage // the stage an undo would go back to; empty when its time is over
	Applications []Application
}

// Application is somebody's offer to test a product.
type Application struct {
	Named
	Words    string    `db:"words"`
	Status   string    `db:"status"`
	Reported bool      `db:"reported"`
	At       time.Time `db:"at"`
}

// applicationsOnDesk bounds the list of those who applied.
const applicationsOnDesk = 500

// ProductDesk gives the team what it edits of a product. Those who hide are
// named as everywhere; the forms of the desk tell people apart by their number.
func (b *Board) ProductDesk(ctx context.Context, actor accounts.Actor, slug string) (ProductDesk, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return ProductDesk{}, err
	}
	page, err := b.ProductPage(ctx, actor, slug)
	if err != nil {
		return ProductDesk{}, err
	}
	d := ProductDesk{ProductPage: page}
	fail := func(err error) (ProductDesk, error) {
		return ProductDesk{}, fmt.Errorf("desk of product %q: %w", slug, err)
	}
	const sources = `SELECT p.story_source, coalesce(t.source, '') FROM products p LEFT JOIN reward_terms t ON t.id = p.id WHERE p.id = $1`
	if err := b.db.QueryRowContext(ctx, sources, d.ID).Scan(&d.StorySource, &d.TermsSource); err != nil {
		return fail(err)
	}
	for i, r := range d.Road {
		if r.Stage != products.Stopped {
			d.StoppedAt = r.Stage
		}
		if i == len(d.Road)-1 && i > 0 && b.now().Sub(r.At) < time.Hour {
			d.UndoTo = d.Road[i-1].Stage
		}
	}
	const applied = `
		SELECT x.account_id, x.words, x.status, x.at, ` + namedOf + `,
		       EXISTS (SELECT 1 FROM beta_reports r WHERE r.product_id = x.product_id AND r.account_id = x.account_id) AS reported
		FROM beta_applications x JOIN accounts a ON a.id = x.account_id
		WHERE x.product_id = $1 ORDER BY x.status = 'applied' DESC, x.at LIMIT $2`
	if err := b.db.SelectContext(ctx, &d.Applications, applied, d.ID, applicationsOnDesk); err != nil {
		return fail(err)
	}
	return d, nil
}
