package board

import (
	"context"
	"fmt"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
)

// sight is who looks at a tally.
type sight bool

// The ways to look: Board.Studio alone shows staff what is sealed.
const (
	asAnybody sight = false
	asStaff   sight = true
)

// cards makes of rows what the actor may see: with their own vote, and the
// tally only where its seal lets them. It is the only way from a row to a
// figure. In the studio the figures stand beside their seal.
func (b *Board) cards(ctx context.Context, actor accounts.Actor, rows []cardRow, how sight) ([]Card, error) {
	picks, found := make([]pick, len(rows)), make(map[ideas.ID]Card, len(rows))
	for i, r := range rows {
		picks[i], found[r.ID] = r.pick, r.body()
	}
	return b.dress(ctx, actor, picks, found, how)
}

// dress puts what moves onto the bodies, in the order of the picks. One whose
// idea has gone since is left out.
func (b *Board) dress(ctx context.Context, actor accounts.Actor, picks []pick, found map[ideas.ID]Card, how sight) ([]Card, error) {
	mine, err := b.mine(ctx, actor, picks)
	if err != nil || len(picks) == 0 {
		return nil, err
	}
	list := make([]Card, 0, len(picks))
	for _, p := range picks {
		c, there := found[p.ID]
		if !there {
			continue
		}
		c.Mine = mine[p.ID]
		c.Tally, c.Comments = p.tally(), p.Comments
		if how != asStaff {
			c.Tally = c.Tally.Seen(c.Mine != nil)
		}
		if c.Challenge != nil {
			link := *c.Challenge
			link.SealNow = p.Seal
			c.Challenge = &link
		}
		list = append(list, c)
	}
	return list, nil
}

// mine finds what the actor voted on these ideas.
func (b *Board) mine(ctx context.Context, actor accounts.Actor, rows []pick) (map[ideas.ID]*votes.Vote, error) {
	if actor.Visitor() || len(rows) == 0 {
		return nil, nil
	}
	list := make([]int64, len(rows))
	for i, r := range rows {
		list[i] = int64(r.ID)
	}
	var own []votes.Vote
	const query = `SELECT idea_id, coalesce(score, 0) AS score, would_buy, cast_at FROM votes WHERE voter_id = $1 AND idea_id = ANY($2)`
	if err := b.prepared.All(ctx, &own, query, actor.ID, pq.Array(list)); err != nil {
		return nil, fmt.Errorf("my votes: %w", err)
	}
	found := make(map[ideas.ID]*votes.Vote, len(own))
	for i := range own {
		found[own[i].Idea] = &own[i]
	}
	return found, nil
}
