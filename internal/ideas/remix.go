package ideas

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/pg"
)

// buildOn notes which idea a new one builds on; nil leaves what is noted. It
// must be one that the actor may see and that everybody can, begun before this
// one: so a family has no circles. What is noted stays, whatever becomes of it.
func buildOn(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID, of *ID) error {
	if of == nil {
		return nil
	}
	gone := errInvalid.With("of", "ideas.builds_on_gone")
	var noted ID
	err := sqlx.GetContext(ctx, tx, &noted, `SELECT of_idea FROM remixes WHERE idea_id = $1`, id)
	switch {
	case err == nil && noted == *of:
		return nil
	case err != nil && !pg.Missing(err):
		return fmt.Errorf("what idea %d builds on: %w", id, err)
	}
	origin, err := byID(ctx, tx, actor, *of, "")
	if err != nil || !origin.Status.Public() || origin.Hidden {
		return gone
	}
	const query = `INSERT INTO remixes (idea_id, of_idea) VALUES ($1, $2) ON CONFLICT (idea_id) DO UPDATE SET of_idea = excluded.of_idea`
	_, err = tx.ExecContext(ctx, query, id, *of)
	if pg.Violates(err, "remixes_of_older") {
		return gone
	}
	if err != nil {
		return fmt.Errorf("idea %d builds on %d: %w", id, *of, err)
	}
	return nil
}

// buildsOn is what an idea builds on; nil for nothing.
func buildsOn(ctx context.Context, q pg.Q, id ID) (*ID, error) {
	var of ID
	err := sqlx.GetContext(ctx, q, &of, `SELECT of_idea FROM remixes WHERE idea_id = $1`, id)
	if pg.Missing(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("what idea %d builds on: %w", id, err)
	}
	return &of, nil
}
