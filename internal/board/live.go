package board

import (
	"context"
	"fmt"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
)

// LiveIdea is what the socket says of an idea on watch.
type LiveIdea struct {
	votes.Tally
	Status ideas.Status
	Under  challenges.Seal // the seal on the tally, whoever looks
}

// Live gives tally and status of those of the ideas that the account may see,
// the tally as it may see it: under a seal for who voted, without any figure
// for everybody else.
func (b *Board) Live(ctx context.Context, viewer accounts.ID, list []ideas.ID) (map[ideas.ID]LiveIdea, error) {
	raw := make([]int64, len(list))
	for i, id := range list {
		raw[i] = int64(id)
	}
	var rows []struct {
		votes.Tally
		Status ideas.Status `db:"status"`
		Voted  bool         `db:"voted"`
	}
	const query = `
		SELECT i.id AS idea_id, i.status, coalesce(y.voters, 0) AS voters, coalesce(y.would_buy, 0) AS would_buy,
		       coalesce(y.staff, 0) AS staff, coalesce(y.revision, 0) AS revision,
		       ARRAY[coalesce(y.ones, 0), coalesce(y.twos, 0), coalesce(y.threes, 0), coalesce(y.fours, 0), coalesce(y.fives, 0)] AS scored,
		       ` + sealNow + ` AS seal,
		       coalesce(h.sealed, '') = 'until_voted' AND EXISTS (SELECT 1 FROM votes v WHERE v.idea_id = i.id AND v.voter_id = $2) AS voted
		FROM ideas i LEFT JOIN challenges h ON h.id = i.challenge_id LEFT JOIN tallies y ON y.idea_id = i.id
		WHERE i.id = ANY($1) AND (i.contributor_id = $2 OR NOT i.hidden AND i.status = ANY($3)
		      OR i.status <> 'draft' AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = $2 AND a.roles && '{team,moderator,admin}'))`
	if err := b.prepared.All(ctx, &rows, query, pq.Array(raw), viewer, statusArray(ideas.Public)); err != nil {
		return nil, fmt.Errorf("live ideas: %w", err)
	}
	found := make(map[ideas.ID]LiveIdea, len(rows))
	for _, r := range rows {
		found[r.Idea] = LiveIdea{Tally: r.Tally.Seen(r.Voted), Status: r.Status, Under: r.Seal}
	}
	return found, nil
}
