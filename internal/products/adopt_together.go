package products

import (
	"context"
	"fmt"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// AdoptTogether makes one product of several ideas, all or nothing. The first
// gives it its name, where none is said, its story and its picture.
func (s *Service) AdoptTogether(ctx context.Context, actor accounts.Actor, list []ideas.ID, a Adoption) (Product, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return Product{}, err
	}
	if len(list) == 0 {
		return Product{}, errInvalid.With("ideas", "products.no_ideas")
	}
	var product Product
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		// In order of idea, so that two who adopt the same in another order wait
		// for each other instead of for ever.
		if _, err := tx.ExecContext(ctx, `SELECT 1 FROM ideas WHERE id = ANY($1) ORDER BY id FOR UPDATE`, pg.IDs(list)); err != nil {
			return fmt.Errorf("hold ideas: %w", err)
		}
		for _, id := range list {
			var err error
			if product, err = s.AdoptTx(ctx, tx, actor, id, a); err != nil {
				return err
			}
			a.Joins = product.Slug
		}
		return nil
	})
	return product, err
}
