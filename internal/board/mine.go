package board

import (
	"context"
	"fmt"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
)

// addMine notes on each card what the actor voted.
func (b *Board) addMine(ctx context.Context, actor accounts.Actor, cards []Card) error {
	if actor.Visitor() || len(cards) == 0 {
		return nil
	}
	at := make(map[ideas.ID]int, len(cards))
	list := make([]int64, len(cards))
	for i, c := range cards {
		at[c.ID], list[i] = i, int64(c.ID)
	}
	var own []votes.Vote
	const query = `SELECT idea_id, would_buy, cast_at FROM votes WHERE voter_id = $1 AND idea_id = ANY($2)`
	if err := b.db.SelectContext(ctx, &own, query, actor.ID, pq.Array(list)); err != nil {
		return fmt.Errorf("my votes: %w", err)
	}
	for i := range own {
		cards[at[own[i].Idea]].Mine = &own[i]
	}
	return nil
}

// MyIdeas lists all that the actor proposed, drafts first, then the newest.
func (b *Board) MyIdeas(ctx context.Context, actor accounts.Actor, after string, limit int) (Page[Card], error) {
	limit, err := pageLimit(limit, defaultLimit)
	if err != nil {
		return Page[Card]{}, err
	}
	args := []any{actor.ID}
	where := `i.contributor_id = $1`
	const key = `CASE WHEN i.status = 'draft' THEN i.id + 4000000000000000000 ELSE i.id END`
	if after != "" {
		c, err := parseCursor(after, "my-ideas")
		if err != nil {
			return Page[Card]{}, err
		}
		n, err := c.integer()
		if err != nil {
			return Page[Card]{}, err
		}
		args = append(args, n)
		where += ` AND ` + key + ` < $2`
	}
	args = append(args, limit+1)
	query := `SELECT ` + cardColumns + `, (` + key + `)::text AS key FROM ideas i ` + cardJoins +
		fmt.Sprintf(` WHERE %s ORDER BY %s DESC LIMIT $%d`, where, key, len(args))
	return b.page(ctx, actor, "my-ideas", limit, query, args)
}

// MyVotes lists what the actor voted on and may still see, the latest vote first.
func (b *Board) MyVotes(ctx context.Context, actor accounts.Actor, after string, limit int) (Page[Card], error) {
	limit, err := pageLimit(limit, defaultLimit)
	if err != nil {
		return Page[Card]{}, err
	}
	args := []any{actor.ID, statusArray(ideas.Public)}
	where := `v.voter_id = $1 AND NOT i.hidden AND i.status = ANY($2)`
	if after != "" {
		c, err := parseCursor(after, "my-votes")
		if err != nil {
			return Page[Card]{}, err
		}
		at, err := c.moment()
		if err != nil {
			return Page[Card]{}, err
		}
		args = append(args, at, c.id)
		where += ` AND (v.cast_at, v.idea_id) < ($3::timestamptz, $4)`
	}
	args = append(args, limit+1)
	query := `SELECT ` + cardColumns + `, ` + micros("v.cast_at") + ` AS key FROM votes v JOIN ideas i ON i.id = v.idea_id ` + cardJoins +
		fmt.Sprintf(` WHERE %s ORDER BY v.cast_at DESC, v.idea_id DESC LIMIT $%d`, where, len(args))
	return b.page(ctx, actor, "my-votes", limit, query, args)
}
