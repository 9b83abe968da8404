package cocreation

import (
	"context"
	"fmt"
	"strings"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

// materialWords is how many words an edit may add and take away before those
// who voted are told; another title always is news to them.
const materialWords = 12

// Revise is ideas.Revise by which something taken up is worked into the text:
// the version that comes of it names the change. Where it is material, those who
// voted on the idea, follow it or co-create it are told.
func (s *Service) Revise(ctx context.Context, actor accounts.Actor, id ideas.ID, seen int, text ideas.Text, taken int64) (ideas.Idea, error) {
	var after ideas.Idea
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		var before ideas.Idea
		var err error
		if before, after, err = s.ideas.ReviseTx(ctx, tx, actor, id, seen, text); err != nil {
			return err
		}
		if after.Version == before.Version {
			return nil
		}
		const name = `UPDATE taken_up SET version = $3 WHERE id = $1 AND idea_id = $2 AND undone_at IS NULL AND version IS NULL`
		if _, err := tx.ExecContext(ctx, name, taken, id, after.Version); err != nil {
			return fmt.Errorf("version %d of idea %d: %w", after.Version, id, err)
		}
		if !Material(before, after) {
			return nil
		}
		return s.notices.Tell(ctx, tx, notices.Fact{
			Kind: notices.Changed, Key: fmt.Sprintf("changed:%d:%d", id, after.Version), Idea: id,
			Also: notices.Voters | notices.Followers | notices.CoCreators, But: actor.ID,
		})
	})
	return after, err
}

// Material reports whether an idea became something else than people voted for:
// another title, or more than a dozen words more and fewer.
func Material(before, after ideas.Idea) bool {
	if before.Title != after.Title {
		return true
	}
	count := map[string]int{}
	for _, word := range words(before) {
		count[word]--
	}
	for _, word := range words(after) {
		count[word]++
	}
	moved := 0
	for _, n := range count {
		moved += max(n, -n)
	}
	return moved > materialWords
}

func words(idea ideas.Idea) []string { return strings.Fields(strings.ToLower(clean.Text(idea.Story))) }
