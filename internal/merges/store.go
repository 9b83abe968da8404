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
// their co-creators, co-creators of it, and no longer those of what was taken
// out. Other reasons that somebody has to be one stay.
func nameCoCreators(ctx context.Context, tx pg.Q, into ideas.ID) error {
	if _, err := tx.ExecContext(ctx, `SELECT co_creators_settle($1)`, into); err != nil {
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
