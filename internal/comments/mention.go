package comments

import (
	"context"
	"fmt"
	"strings"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/pg"
)

// findable is who can be named: they sign in, and show their profile to all.
const findable = `a.visibility = 'full' AND a.email IS NOT NULL`

// mention notes whom a comment names, and gives those it did not name before.
// Somebody who hides is named by nobody: their handle stays a word.
func mention(ctx context.Context, tx pg.Q, id ID, author accounts.ID, handles []string) ([]accounts.ID, error) {
	if _, err := tx.ExecContext(ctx, `DELETE FROM comment_mentions WHERE comment_id = $1 AND NOT typed = ANY($2::citext[])`, id, pq.Array(handles)); err != nil {
		return nil, fmt.Errorf("who comment %d named: %w", id, err)
	}
	if len(handles) == 0 {
		return nil, nil
	}
	const query = `
		INSERT INTO comment_mentions (comment_id, account_id, typed)
		SELECT $1, a.id, a.handle FROM accounts a WHERE a.handle = ANY($2::citext[]) AND a.id <> $3 AND ` + findable + `
		ON CONFLICT DO NOTHING RETURNING account_id`
	var named []accounts.ID
	if err := sqlx.SelectContext(ctx, tx, &named, query, id, pq.Array(handles), author); err != nil {
		return nil, fmt.Errorf("whom comment %d names: %w", id, err)
	}
	return named, nil
}

// Handle is somebody who can be named in a comment.
type Handle struct {
	Handle string  `db:"handle"`
	Name   string  `db:"name"`
	Face   *string `db:"picture_id"`
}

// mostHandles is how many are offered while somebody types.
const mostHandles = 6

// Complete offers whom a comment may name, by the first letters of the handle
// or of a name, those who spoke on the idea first. Who hides is not offered.
func (s *Service) Complete(ctx context.Context, actor accounts.Actor, begun string, idea int64) ([]Handle, error) {
	if actor.Visitor() {
		return nil, ErrSignIn
	}
	begun = strings.ToLower(strings.TrimPrefix(clean.Line(begun), "@"))
	list := []Handle{}
	if begun == "" || len(begun) > 40 {
		return list, nil
	}
	like := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(begun) + "%"
	const query = `
		SELECT a.handle, a.name, a.picture_id FROM accounts a
		WHERE (a.handle::text LIKE $1 OR lower(a.name) LIKE $1) AND a.id <> $2 AND ` + findable + `
		ORDER BY EXISTS (SELECT 1 FROM comments c WHERE c.idea_id = $3 AND c.author_id = a.id) DESC, char_length(a.handle), a.handle LIMIT $4`
	if err := s.db.SelectContext(ctx, &list, query, like, actor.ID, idea, mostHandles); err != nil {
		return nil, fmt.Errorf("complete a mention: %w", err)
	}
	return list, nil
}
