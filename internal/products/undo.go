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
		_, is, err := s.ideas.Undo(ctx, tx, actor, id)
		if err != nil || product == 0 {
			return err
		}
		if is.Votable() {
			return leave(ctx, tx, id, product)
		}
		back, err := s.unstage(ctx, tx, actor, product, others)
		if err == nil && back != is {
			return ErrStage
		}
		return err
	})
}

// lockOf locks the product of an idea, and names the other ideas in it; 0 when
// the idea has no product.
func lockOf(ctx context.Context, tx pg.Q, id ideas.ID) (ID, []ideas.ID, error) {
	var product ID
	const lock = `SELECT p.id FROM products p JOIN product_ideas pi ON pi.product_id = p.id WHERE pi.idea_id = $1 FOR UPDATE OF p`
	err := sqlx.GetContext(ctx, tx, &product, lock, id)
	if pg.Missing(err) {
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

// leave takes an idea out of its product, and with it the credits that came with
// it: of its contributor and its co-creators, where no other idea of theirs is in
// the product. Whom the team credited by hand stays credited so. An empty product
// is removed. Where a reward was given for a credit, none of it happens.
func leave(ctx context.Context, tx pg.Q, id ideas.ID, product ID) error {
	const due = `
		WITH touched AS (
			SELECT contributor_id AS account_id FROM ideas WHERE id = $1
			UNION SELECT account_id FROM co_creators WHERE idea_id = $1
			UNION SELECT account_id FROM credits WHERE product_id = $2 AND idea_id = $1
		), due AS (
			SELECT DISTINCT ON (account_id) account_id, role, idea_id FROM (
				SELECT i.contributor_id AS account_id, 'contributor' AS role, i.id AS idea_id
				FROM product_ideas p JOIN ideas i ON i.id = p.idea_id WHERE p.product_id = $2
				UNION ALL
				SELECT c.account_id, c.role, c.idea_id FROM product_ideas p JOIN co_creators c ON c.idea_id = p.idea_id WHERE p.product_id = $2
			) AS part ORDER BY account_id, credit_weight(role) DESC, idea_id
		), kept AS (SELECT account_id, due.role, due.idea_id FROM touched LEFT JOIN due USING (account_id))`
	for _, query := range []string{
		`DELETE FROM product_ideas WHERE idea_id = $1 AND product_id = $2`,
		due + ` DELETE FROM credits c USING kept k WHERE c.product_id = $2 AND c.account_id = k.account_id AND k.role IS NULL AND c.given_role IS NULL`,
		due + ` UPDATE credits c SET idea_id = k.idea_id,
				role = CASE WHEN credit_weight(k.role) >= coalesce(credit_weight(c.given_role), 0) THEN k.role ELSE c.given_role END
			FROM kept k WHERE c.product_id = $2 AND c.account_id = k.account_id`,
		`DELETE FROM products WHERE id = $2 AND $1::bigint IS NOT NULL AND NOT EXISTS (SELECT 1 FROM product_ideas WHERE product_id = $2)`,
	} {
		_, err := tx.ExecContext(ctx, query, id, product)
		if pg.Violates(err, "rewards_to_credited") {
			return ErrRewarded
		}
		if err != nil {
			return fmt.Errorf("take idea %d out of product %d: %w", id, product, err)
		}
	}
	return nil
}
