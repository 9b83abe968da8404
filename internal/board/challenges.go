package board

import (
	"context"
	"fmt"
	"slices"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/pg"
)

// ChallengeFace is what a list shows of a challenge beside what it is: its
// picture and how much came of it.
type ChallengeFace struct {
	Cover   *media.Picture
	Entries int // that everybody may see
	Held    int // entries that wait for a moderator
	Voters  int // people with a vote on any of them, staff included; counted only when asked for
}

// entered are the ideas i of a challenge that count as its entries.
const entered = `NOT i.hidden AND i.status NOT IN ('draft', 'held', 'merged', 'withdrawn')`

// ChallengeFaces gives the faces of challenges, in one query for all of them.
// voters has their voters counted too, which takes as long as there are votes.
// Who asks at the same time shares the map: only read it.
func (b *Board) ChallengeFaces(ctx context.Context, list []challenges.ID, voters bool) (map[challenges.ID]ChallengeFace, error) {
	return b.faces.Ask(ctx, fmt.Sprint(list, voters), func(ctx context.Context) (map[challenges.ID]ChallengeFace, error) {
		return b.askFaces(ctx, list, voters)
	})
}

func (b *Board) askFaces(ctx context.Context, list []challenges.ID, voters bool) (map[challenges.ID]ChallengeFace, error) {
	var rows []struct {
		ID      challenges.ID `db:"id"`
		Entries int           `db:"entries"`
		Held    int           `db:"held"`
		Voters  int           `db:"voters"`
		imageRow
	}
	const query = `
		SELECT c.id, coalesce(e.entries, 0) AS entries, coalesce(e.held, 0) AS held,
		       CASE WHEN $2 THEN (SELECT count(DISTINCT v.voter_id) FROM ideas i JOIN votes v ON v.idea_id = i.id WHERE i.challenge_id = c.id AND ` + entered + `) ELSE 0 END AS voters,
		       m.id AS image_id, m.width, m.height, coalesce(nullif(p.alt, ''), m.alt) AS alt, m.sizes, m.webp
		FROM challenges c
		LEFT JOIN LATERAL (
			SELECT count(*) FILTER (WHERE ` + entered + `) AS entries, count(*) FILTER (WHERE i.status = 'held') AS held FROM ideas i WHERE i.challenge_id = c.id
		) AS e ON true
		LEFT JOIN images m ON m.id = c.cover_id
		LEFT JOIN challenge_pictures p ON p.challenge_id = c.id AND p.image_id = c.cover_id
		WHERE c.id = ANY($1)`
	if err := b.prepared.All(ctx, &rows, query, pg.IDs(list), voters); err != nil {
		return nil, fmt.Errorf("faces of %d challenges: %w", len(list), err)
	}
	faces := make(map[challenges.ID]ChallengeFace, len(rows))
	for _, r := range rows {
		faces[r.ID] = ChallengeFace{Cover: r.picture(), Entries: r.Entries, Held: r.Held, Voters: r.Voters}
	}
	return faces, nil
}

// maxReport is how many entries a report names; a round of more is read on the
// board.
const maxReport = 2000

// Report lists every entry of a challenge with its figures, the best first: by
// score where it asked for scores, else by votes. The figures are those that the
// actor may see; a colleague of the team sees them before a seal is lifted.
func (b *Board) Report(ctx context.Context, actor accounts.Actor, c challenges.Challenge) ([]Card, error) {
	order := `coalesce(y.voters, 0) DESC, i.id`
	if c.Ballot == challenges.Score {
		order = `(SELECT r.score FROM ranks r WHERE r.idea_id = i.id) DESC NULLS LAST, coalesce(y.voters, 0) DESC, i.id`
	}
	how := asAnybody
	if actor.Decides() {
		how = asStaff
	} else if c.SealAt(b.now()) != challenges.Unsealed {
		order = `i.id` // another order would tell the figures
	}
	var rows []cardRow
	query := fmt.Sprintf(`SELECT %s, '' AS key FROM ideas i %s WHERE i.challenge_id = $1 AND %s ORDER BY %s LIMIT %d`, cardColumns, cardJoins, entered, order, maxReport)
	if err := b.db.SelectContext(ctx, &rows, query, c.ID); err != nil {
		return nil, fmt.Errorf("report of challenge %d: %w", c.ID, err)
	}
	return b.cards(ctx, actor, rows, how)
}

// LiveChallenges says which of the challenges by these addresses may be watched:
// those that are announced, and for the team all that there are.
func (b *Board) LiveChallenges(ctx context.Context, viewer accounts.ID, slugs []string) (map[string]bool, error) {
	slugs = slices.DeleteFunc(slices.Clone(slugs), func(slug string) bool { return !validWords(slug) })
	var found []string
	const query = `
		SELECT c.slug FROM challenges c WHERE c.slug = ANY($1) AND (c.announced_at <= now()
		    OR EXISTS (SELECT 1 FROM accounts a WHERE a.id = $2 AND a.roles && '{team,admin}'))`
	if err := b.db.SelectContext(ctx, &found, query, pq.Array(slugs), viewer); err != nil {
		return nil, fmt.Errorf("live challenges: %w", err)
	}
	seen := make(map[string]bool, len(found))
	for _, slug := range found {
		seen[slug] = true
	}
	return seen, nil
}

// ChallengeOf gives the address of the challenge that an idea is in; empty for
// none.
func (b *Board) ChallengeOf(ctx context.Context, id ideas.ID) (string, error) {
	var slug string
	const query = `SELECT coalesce((SELECT c.slug FROM ideas i JOIN challenges c ON c.id = i.challenge_id WHERE i.id = $1), '')`
	if err := b.db.GetContext(ctx, &slug, query, id); err != nil {
		return "", fmt.Errorf("challenge of idea %d: %w", id, err)
	}
	return slug, nil
}
