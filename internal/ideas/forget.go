package ideas

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/pg"
)

// removed stands where the words of an idea were, the same in every language and
// on every way out.
const removed = "[…]"

// made are the states of an idea that a product came of. Its words stay, for
// they are part of the product's story.
const made = `'adopted', 'in_production', 'launched'`

// ForgetDrafts deletes some drafts of somebody who is erased, at most so many,
// and says how many.
func (s *Service) ForgetDrafts(ctx context.Context, of accounts.ID, most int) (int, error) {
	const query = `DELETE FROM ideas WHERE id IN (SELECT id FROM ideas WHERE contributor_id = $1 AND status = 'draft' ORDER BY id LIMIT $2)`
	done, err := s.db.ExecContext(ctx, query, of, most)
	if err != nil {
		return 0, fmt.Errorf("drafts of account %d: %w", of, err)
	}
	n, err := done.RowsAffected()
	return int(n), err
}

// Forget takes the words and pictures of some ideas of somebody who is erased, at
// most so many, and says how many; what was not decided yet is withdrawn. Ideas
// that a product came of stay as they are.
func (s *Service) Forget(ctx context.Context, of accounts.ID, most int) (int, error) {
	var list []struct {
		ID     ID     `db:"id"`
		Status Status `db:"status"`
	}
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		const some = `
			SELECT id, status FROM ideas
			WHERE contributor_id = $1 AND status NOT IN ('draft', ` + made + `) AND (title <> $2 OR story_source <> '')
			ORDER BY id LIMIT $3 FOR UPDATE`
		if err := sqlx.SelectContext(ctx, tx, &list, some, of, removed, most); err != nil {
			return fmt.Errorf("ideas of account %d: %w", of, err)
		}
		for _, idea := range list {
			if may(idea.Status, Withdrawn, byContributor) {
				if err := move(ctx, tx, step{idea: idea.ID, from: idea.Status, to: Withdrawn, actor: of}); err != nil {
					return err
				}
			}
			if err := empty(ctx, tx, idea.ID); err != nil {
				return err
			}
		}
		return nil
	})
	return len(list), err
}

func empty(ctx context.Context, tx pg.Q, id ID) error {
	for _, query := range []string{
		`UPDATE ideas SET title = '` + removed + `', slug = 'removed', story_source = '', story_html = '', story_text = '', cover_id = NULL, version = version + 1, changed_at = now() WHERE id = $1`,
		`DELETE FROM idea_versions WHERE idea_id = $1`,
		`DELETE FROM idea_tags WHERE idea_id = $1`,
		`DELETE FROM idea_pictures WHERE idea_id = $1`,
	} {
		if _, err := tx.ExecContext(ctx, query, id); err != nil {
			return fmt.Errorf("empty idea %d: %w", id, err)
		}
	}
	return nil
}
