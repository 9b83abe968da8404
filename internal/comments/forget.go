package comments

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Forget takes a person out of the talk, in the transaction that empties their
// account. With keep their comments stay, as those of a former member; else
// they are deleted as if by hand, and what was answered stays as an empty place.
// Thanks they gave and mentions of them go either way.
func (s *Service) Forget(ctx context.Context, tx pg.Q, account accounts.ID, keep bool) error {
	for _, query := range []string{
		`DELETE FROM thanks WHERE from_id = $1`,
		`DELETE FROM comment_mentions WHERE account_id = $1`,
	} {
		if _, err := tx.ExecContext(ctx, query, account); err != nil {
			return fmt.Errorf("forget account %d: %w", account, err)
		}
	}
	if keep {
		return nil
	}
	var talks []ideas.ID
	if err := sqlx.SelectContext(ctx, tx, &talks, `SELECT idea_id FROM talks WHERE idea_id IN (SELECT idea_id FROM comments WHERE author_id = $1) ORDER BY idea_id FOR NO KEY UPDATE`, account); err != nil {
		return fmt.Errorf("forget account %d: %w", account, err)
	}
	return empty(ctx, tx, `author_id = $1`, account)
}

// Reclean renders every comment and former version again; see ideas.Reclean.
func (s *Service) Reclean(ctx context.Context, progress func(done, total int)) (changed int, err error) {
	for _, table := range []ideas.Recleanable{
		{Name: "comments", Source: "source", HTML: "html", Text: "text"},
		{Name: "comment_versions", Source: "source", HTML: "html"},
	} {
		n, err := table.Run(ctx, s.db, progress)
		changed += n
		if err != nil {
			return changed, err
		}
	}
	return changed, nil
}
