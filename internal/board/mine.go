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
		c.Tally = p.tally()
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
	if err := b.prepared.all(ctx, &own, query, actor.ID, pq.Array(list)); err != nil {
		return nil, fmt.Errorf("my votes: %w", err)
	}
	found := make(map[ideas.ID]*votes.Vote, len(own))
	for i := range own {
		found[own[i].Idea] = &own[i]
	}
	return found, nil
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
	query := `SELECT ` + pickColumns + `, p.k::text AS key FROM (` +
		fmt.Sprintf(`SELECT i.id, %[2]s AS k FROM ideas i WHERE %[1]s ORDER BY %[2]s DESC LIMIT $%[3]d`, where, key, len(args)) +
		`) AS p JOIN ideas i ON i.id = p.id ` + cardJoins + ` ORDER BY p.k DESC`
	return b.page(ctx, actor, listing{order: "my-ideas", limit: limit, query: query, args: args}, asAnybody)
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
	query := `SELECT ` + pickColumns + `, ` + micros("p.k") + ` AS key FROM (` +
		fmt.Sprintf(`SELECT v.idea_id AS id, v.cast_at AS k FROM votes v JOIN ideas i ON i.id = v.idea_id WHERE %s ORDER BY v.cast_at DESC, v.idea_id DESC LIMIT $%d`, where, len(args)) +
		`) AS p JOIN ideas i ON i.id = p.id ` + cardJoins + ` ORDER BY p.k DESC, p.id DESC`
	return b.page(ctx, actor, listing{order: "my-votes", limit: limit, query: query, args: args}, asAnybody)
}
