package products

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Undo takes the last decision on an idea back within the hour. An undone
// adoption also takes its product back when no other idea is in it; an undone
// stage takes the product back a stage, with all of its ideas.
func (s *Service) Undo(ctx context.Context, actor accounts.Actor, id ideas.ID) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		product, others, err := lockOf(ctx, tx, id) // before the idea, as Change does
		if err != nil {
			return err
		}
		was, is, err := s.ideas.Undo(ctx, tx, actor, id)
		if err != nil || product == 0 {
			return err
		}
		if is.Votable() {
			return leave(ctx, tx, id, product)
		}
		return s.unstage(ctx, tx, actor, product, others, was, is)
	})
}

// lockOf locks the product of an idea, and names the other ideas in it; 0 when
// the idea has no product.
func lockOf(ctx context.Context, tx pg.Q, id ideas.ID) (ID, []ideas.ID, error) {
	var product ID
	const lock = `SELECT p.id FROM products p JOIN product_ideas pi ON pi.product_id = p.id WHERE pi.idea_id = $1 FOR UPDATE OF p`
	err := sqlx.GetContext(ctx, tx, &product, lock, id)
	if missing(err) {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, fmt.Errorf("product of idea %d: %w", id, err)
	}
	list, err := ideasOf(ctx, tx, product)
	if err != nil {
		return 0, nil, err
	}
	others := list[:0]
	for _, other := range list {
		if other != id {
			others = append(others, other)
		}
	}
	return product, others, nil
}

// leave takes an idea out of its product, and its contributor's credit with it
// where no other idea of theirs is in the product. Who was credited before the
// adoption goes back to being a co-creator. An empty product is removed.
func leave(ctx context.Context, tx pg.Q, id ideas.ID, product ID) error {
	const other = `
		SELECT min(i.id) FROM product_ideas pi JOIN ideas i ON i.id = pi.idea_id
		WHERE pi.product_id = $2 AND i.id <> $1 AND i.contributor_id = (SELECT contributor_id FROM ideas WHERE id = $1)`
	const whose = `c.product_id = $2 AND c.account_id = (SELECT contributor_id FROM ideas WHERE id = $1)`
	for _, query := range []string{
		`DELETE FROM product_ideas WHERE idea_id = $1 AND product_id = $2`,
		`DELETE FROM credits c WHERE ` + whose + ` AND c.idea_id = $1 AND (` + other + `) IS NULL`,
		`UPDATE credits c SET idea_id = (` + other + `) WHERE ` + whose + ` AND c.idea_id = $1`,
		`UPDATE credits c SET role = 'co_creator' WHERE ` + whose + ` AND c.idea_id IS NULL AND (` + other + `) IS NULL`,
		`DELETE FROM products WHERE id = $2 AND $1::bigint IS NOT NULL AND NOT EXISTS (SELECT 1 FROM product_ideas WHERE product_id = $2)`,
	} {
		if _, err := tx.ExecContext(ctx, query, id, product); err != nil {
			return fmt.Errorf("take idea %d out of product %d: %w", id, product, err)
		}
	}
	return nil
}

// unstage takes the product and its other ideas to where the undone idea is
// again. What one of them cannot undo any more, nobody can.
func (s *Service) unstage(ctx context.Context, tx pg.Q, actor accounts.Actor, product ID, others []ideas.ID, was, is ideas.Status) error {
	for _, other := range others {
		theirs, back, err := s.ideas.Undo(ctx, tx, actor, other)
		if err != nil {
			return err
		}
		if theirs != was || back != is {
			return ErrStage
		}
	}
	stage := StageAdopted
	if is == ideas.InProduction {
		stage = StageMaking
	}
	if _, err := tx.ExecContext(ctx, `UPDATE products SET stage = $2, stage_at = now() WHERE id = $1`, product, stage); err != nil {
		return fmt.Errorf("undo stage of product %d: %w", product, err)
	}
	return nil
}
