package accounts

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/pg"
)

// The board acts under a handle that nobody can choose. Its account has no
// address: it cannot sign in, votes on nothing and stands in no list.
const (
	boardSource = "board"
	boardHandle = "prosumer"
	boardName   = "Prosumer"
)

// Board finds or makes the account of the board itself, for what follows from
// the rules alone: a history names somebody for everything.
func Board(ctx context.Context, q pg.Q) (ID, error) {
	const query = `
		WITH made AS (
			INSERT INTO accounts (handle, name, source, external_id, visibility)
			SELECT $2, $3, $1, $1, 'hidden' WHERE NOT EXISTS (SELECT 1 FROM accounts WHERE source = $1 AND external_id = $1)
			ON CONFLICT DO NOTHING RETURNING id
		)
		SELECT id FROM made UNION ALL SELECT id FROM accounts WHERE source = $1 AND external_id = $1`
	handle := boardHandle
	for attempt := range handleTries { // another server may be making it at this moment
		var found []ID
		if err := sqlx.SelectContext(ctx, q, &found, query, boardSource, handle, boardName); err != nil {
			return 0, fmt.Errorf("account of the board: %w", err)
		}
		if len(found) > 0 {
			return found[0], nil
		}
		handle = handleFrom(boardName, attempt+1) // somebody had it before it was reserved
	}
	return 0, ErrHandleTaken
}
