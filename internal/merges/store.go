package merges

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

// target is where an idea went; it may be taken out of there a moment later.
func (s *Service) target(ctx context.Context, from ideas.ID) (ideas.ID, error) {
	var into ideas.ID
	err := s.db.GetContext(ctx, &into, `SELECT into_idea FROM merges WHERE from_idea = $1 AND undone_at IS NULL`, from)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, ErrNotMerged
	}
	if err != nil {
		return 0, fmt.Errorf("where idea %d went: %w", from, err)
	}
	return into, nil
}

func insert(ctx context.Context, tx pg.Q, actor accounts.Actor, from, into ideas.ID, note string) (int64, error) {
	var id int64
	const query = `INSERT INTO merges (from_idea, into_idea, by_id, note) VALUES ($1, $2, $3, $4) RETURNING id`
	err := sqlx.GetContext(ctx, tx, &id, query, from, into, actor.ID, note)
	switch {
	case pg.Violates(err, "merges_once"):
		return 0, ErrFromMerged
	case pg.Violates(err, "merges_into_merged"):
		return 0, ErrIntoMerged
	case pg.Violates(err, "merges_not_itself"):
		return 0, ErrItself
	case err != nil:
		return 0, fmt.Errorf("merge idea %d into %d: %w", from, into, err)
	}
	return id, nil
}

func endMerge(ctx context.Context, tx pg.Q, actor accounts.Actor, from, into ideas.ID) (int64, error) {
	var id int64
	const query = `UPDATE merges SET undone_at = now(), undone_by = $3 WHERE from_idea = $1 AND into_idea = $2 AND undone_at IS NULL RETURNING id`
	err := sqlx.GetContext(ctx, tx, &id, query, from, into, actor.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, ErrNotMerged
	}
	if err != nil {
		return 0, fmt.Errorf("take idea %d out of %d: %w", from, into, err)
	}
	return id, nil
}

// nameCoCreators makes the contributors of what is merged into an idea, and
// their co-creators, co-creators of it.
func nameCoCreators(ctx context.Context, tx pg.Q, into ideas.ID) error {
	const query = `
		INSERT INTO co_creators (idea_id, account_id, what_for, merge_id)
		SELECT $1, o.account_id, o.what_for, o.merge_id FROM (
			SELECT i.contributor_id AS account_id, i.title AS what_for, m.id AS merge_id
			FROM merges m JOIN ideas i ON i.id = m.from_idea WHERE m.into_idea = $1 AND m.undone_at IS NULL
			UNION ALL
			SELECT c.account_id, c.what_for, m.id
			FROM merges m JOIN co_creators c ON c.idea_id = m.from_idea WHERE m.into_idea = $1 AND m.undone_at IS NULL
		) AS o
		WHERE o.account_id <> (SELECT contributor_id FROM ideas WHERE id = $1)
		ORDER BY o.merge_id, o.account_id
		ON CONFLICT (idea_id, account_id) DO NOTHING`
	if _, err := tx.ExecContext(ctx, query, into); err != nil {
		return fmt.Errorf("co-creators of idea %d: %w", into, err)
	}
	return nil
}

// tell says it to those whose idea, vote or following it was.
func (s *Service) tell(ctx context.Context, tx pg.Q, kind notices.Kind, key string, actor accounts.Actor, from, into side) error {
	return s.notices.Tell(ctx, tx, notices.Fact{
		Kind: kind, Key: key, Idea: from.ID, Also: notices.Contributor | notices.CoCreators | notices.Followers | notices.Voters, But: actor.ID,
		Data: map[string]string{"into": into.ID.String(), "title": into.Title},
	})
}
