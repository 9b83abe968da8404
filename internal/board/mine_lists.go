package board

import (
	"context"
	"fmt"
	"strings"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
)

// Proposed is a part of what somebody proposed.
type Proposed string

// The parts: all of it, what is not submitted yet, and what is.
const (
	AllMine   Proposed = ""
	Drafts    Proposed = "drafts"
	Submitted Proposed = "submitted"
)

// MyIdeas lists all that the actor proposed, drafts first, then the newest.
func (b *Board) MyIdeas(ctx context.Context, actor accounts.Actor, after string, limit int) (Page[Card], error) {
	return b.MyProposed(ctx, actor, AllMine, after, limit)
}

// MyProposed lists a part of what the actor proposed, drafts first, then the newest.
func (b *Board) MyProposed(ctx context.Context, actor accounts.Actor, part Proposed, after string, limit int) (Page[Card], error) {
	limit, err := pageLimit(limit, defaultLimit)
	if err != nil {
		return Page[Card]{}, err
	}
	args := []any{actor.ID}
	where := `i.contributor_id = $1`
	switch part {
	case Drafts:
		where += ` AND i.status = 'draft'`
	case Submitted:
		where += ` AND i.status <> 'draft'`
	}
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

// VotesQuery is which of their votes somebody asks for. The zero value is all.
type VotesQuery struct {
	Stage     string // "open" for what still takes votes, "decided" for the rest
	Kind      string // "support" or "score"
	Buy       bool   // only what they would buy
	Challenge string // slug
	After     string
	Limit     int
}

// ErrVotesQuery is what an unknown part of votes gives.
var ErrVotesQuery = fault.New(fault.Invalid, "board.votes", "There is no such part of your votes.").With("stage", "board.votes")

// MyVotes lists what the actor voted on and may still see, the latest vote first.
func (b *Board) MyVotes(ctx context.Context, actor accounts.Actor, after string, limit int) (Page[Card], error) {
	return b.MyVotesOn(ctx, actor, VotesQuery{After: after, Limit: limit})
}

// MyVotesOn lists a part of MyVotes.
func (b *Board) MyVotesOn(ctx context.Context, actor accounts.Actor, q VotesQuery) (Page[Card], error) {
	limit, err := pageLimit(q.Limit, defaultLimit)
	if err != nil {
		return Page[Card]{}, err
	}
	var s statement
	s.and(`v.voter_id = ` + s.arg(actor.ID))
	s.and(`NOT i.hidden AND i.status = ANY(` + s.arg(statusArray(ideas.Public)) + `)`)
	switch q.Stage {
	case "":
	case "open":
		s.and(`i.status IN ('open', 'under_review', 'shortlisted')`)
	case "decided":
		s.and(`i.status NOT IN ('open', 'under_review', 'shortlisted')`)
	default:
		return Page[Card]{}, ErrVotesQuery
	}
	switch q.Kind {
	case "":
	case "support":
		s.and(`v.score IS NULL`)
	case "score":
		s.and(`v.score IS NOT NULL`)
	default:
		return Page[Card]{}, ErrVotesQuery
	}
	if q.Buy {
		s.and(`v.would_buy`)
	}
	if q.Challenge != "" {
		if !validWords(q.Challenge) {
			return Page[Card]{}, ErrSearch
		}
		s.and(`i.challenge_id = (SELECT id FROM challenges WHERE slug = ` + s.arg(q.Challenge) + `)`)
	}
	if q.After != "" {
		c, err := parseCursor(q.After, "my-votes")
		if err != nil {
			return Page[Card]{}, err
		}
		at, err := c.moment()
		if err != nil {
			return Page[Card]{}, err
		}
		s.and(`(v.cast_at, v.idea_id) < (` + s.arg(at) + `::timestamptz, ` + s.arg(c.id) + `)`)
	}
	query := `SELECT ` + pickColumns + `, ` + micros("p.k") + ` AS key FROM (
		SELECT v.idea_id AS id, v.cast_at AS k FROM votes v JOIN ideas i ON i.id = v.idea_id WHERE ` + strings.Join(s.where, " AND ") + `
		ORDER BY v.cast_at DESC, v.idea_id DESC LIMIT ` + s.arg(limit+1) + `
	) AS p JOIN ideas i ON i.id = p.id ` + cardJoins + ` ORDER BY p.k DESC, p.id DESC`
	return b.page(ctx, actor, listing{order: "my-votes", limit: limit, query: query, args: s.args}, asAnybody)
}

// ChallengesOfMyVotes lists the challenges the actor voted in, the latest first,
// twenty at most.
func (b *Board) ChallengesOfMyVotes(ctx context.Context, actor accounts.Actor) ([]ChallengeLink, error) {
	var list []ChallengeLink
	const query = `
		SELECT c.slug, c.title FROM challenges c
		WHERE EXISTS (SELECT 1 FROM votes v JOIN ideas i ON i.id = v.idea_id WHERE v.voter_id = $1 AND i.challenge_id = c.id AND NOT i.hidden)
		ORDER BY c.voting_close_at DESC LIMIT 20`
	if err := b.db.SelectContext(ctx, &list, query, actor.ID); err != nil {
		return nil, fmt.Errorf("challenges of my votes: %w", err)
	}
	return list, nil
}

// MyCoCreated lists the ideas that the actor is a co-creator of and may see, the
// latest first.
func (b *Board) MyCoCreated(ctx context.Context, actor accounts.Actor, after string, limit int) (Page[Card], error) {
	limit, err := pageLimit(limit, defaultLimit)
	if err != nil {
		return Page[Card]{}, err
	}
	var s statement
	where := `c.account_id = ` + s.arg(actor.ID) + ` AND NOT i.hidden AND i.status = ANY(` + s.arg(statusArray(ideas.Public)) + `)`
	if after != "" {
		c, err := parseCursor(after, "my-co-created")
		if err != nil {
			return Page[Card]{}, err
		}
		where += ` AND c.idea_id < ` + s.arg(c.id)
	}
	query := `SELECT ` + pickColumns + `, '' AS key FROM (
		SELECT c.idea_id AS id FROM co_creators c JOIN ideas i ON i.id = c.idea_id WHERE ` + where + ` ORDER BY c.idea_id DESC LIMIT ` + s.arg(limit+1) + `
	) AS p JOIN ideas i ON i.id = p.id ` + cardJoins + ` ORDER BY p.id DESC`
	return b.page(ctx, actor, listing{order: "my-co-created", limit: limit, query: query, args: s.args}, asAnybody)
}

// MyComment is a comment of one's own, in a list.
type MyComment struct {
	ID        int64     `db:"id"`
	Idea      ideas.ID  `db:"idea_id"`
	Title     string    `db:"title"` // of the idea; empty where one may not see it any more
	Kind      string    `db:"kind"`
	Text      string    `db:"text"`
	At        time.Time `db:"at"`
	Hidden    bool      `db:"hidden"`
	TakenUp   bool      `db:"taken_up"`
	Thanks    int       `db:"thanks"`
	Replies   int       `db:"replies"`
	Reachable bool      `db:"reachable"`
}

// MyComments lists what the actor said, the newest first. What they deleted is
// not in it.
func (b *Board) MyComments(ctx context.Context, actor accounts.Actor, after string, limit int) (Page[MyComment], error) {
	limit, err := pageLimit(limit, defaultLimit)
	if err != nil {
		return Page[MyComment]{}, err
	}
	var s statement
	where := `c.author_id = ` + s.arg(actor.ID) + ` AND c.deleted_at IS NULL`
	if after != "" {
		cur, err := parseCursor(after, "my-comments")
		if err != nil {
			return Page[MyComment]{}, err
		}
		where += ` AND c.id < ` + s.arg(cur.id)
	}
	const sees = `(i.contributor_id = $1 OR NOT i.hidden AND i.status NOT IN ('draft', 'held', 'withdrawn'))`
	query := `
		SELECT c.id, c.idea_id, CASE WHEN ` + sees + ` THEN i.title ELSE '' END AS title, ` + sees + ` AS reachable,
		       c.kind, left(shown_words(c.id, c.text, false), 400) AS text, c.at, c.hidden, c.taken_up, c.thanks, c.replies
		FROM comments c JOIN ideas i ON i.id = c.idea_id WHERE ` + where + ` ORDER BY c.id DESC LIMIT ` + s.arg(limit+1)
	var page Page[MyComment]
	if err := b.db.SelectContext(ctx, &page.Items, query, s.args...); err != nil {
		return Page[MyComment]{}, fmt.Errorf("my comments: %w", err)
	}
	if len(page.Items) > limit {
		page.Items = page.Items[:limit]
		page.Next = cursor{order: "my-comments", id: page.Items[limit-1].ID}.String()
	}
	return page, nil
}
