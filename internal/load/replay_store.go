package load

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
	"prosumer/internal/votes"
)

// made says how many members an earlier run made.
func made(ctx context.Context, q pg.Q) (int, error) {
	var n int
	if err := sqlx.GetContext(ctx, q, &n, `SELECT count(*) FROM accounts WHERE source = $1`, voters); err != nil {
		return 0, fmt.Errorf("members of the replay: %w", err)
	}
	return n, nil
}

// foreign says whether a challenge holds anything that came otherwise.
func foreign(ctx context.Context, q pg.Q, id challenges.ID) (bool, error) {
	var found bool
	const query = `SELECT EXISTS (SELECT 1 FROM ideas WHERE challenge_id = $1 AND source <> $2)`
	if err := sqlx.GetContext(ctx, q, &found, query, id, source); err != nil {
		return false, fmt.Errorf("ideas of challenge %d: %w", id, err)
	}
	return found, nil
}

// open lets voting in a challenge begin, or go on.
func open(ctx context.Context, q pg.Q, id challenges.ID) error {
	const query = `
		UPDATE challenges SET voting_open_at = least(voting_open_at, now()), voting_close_at = now() + interval '1 year',
		       results_at = greatest(results_at, now() + interval '1 year') WHERE id = $1`
	if _, err := q.ExecContext(ctx, query, id); err != nil {
		return fmt.Errorf("open voting in challenge %d: %w", id, err)
	}
	return nil
}

// finish ends voting in a challenge and gives its results, within the order
// that its dates must have.
func finish(ctx context.Context, q pg.Q, id challenges.ID) error {
	const query = `
		UPDATE challenges SET voting_close_at = greatest(now(), entries_close_at, voting_open_at + interval '1 second'),
		       results_at = greatest(now(), entries_close_at, voting_open_at + interval '1 second') WHERE id = $1`
	if _, err := q.ExecContext(ctx, query, id); err != nil {
		return fmt.Errorf("end voting in challenge %d: %w", id, err)
	}
	return nil
}

// landed is a design that is on the board.
type landed struct {
	Idea      ideas.ID       `db:"id"`
	External  string         `db:"external_id"`
	Challenge *challenges.ID `db:"challenge_id"`
}

func landings(ctx context.Context, q pg.Q, names []string) (map[string]landed, error) {
	var list []landed
	const query = `SELECT id, external_id, challenge_id FROM ideas WHERE source = $1 AND external_id = ANY($2)`
	if err := sqlx.SelectContext(ctx, q, &list, query, source, pq.Array(names)); err != nil {
		return nil, fmt.Errorf("look for designs: %w", err)
	}
	found := make(map[string]landed, len(list))
	for _, l := range list {
		found[l.External] = l
	}
	return found, nil
}

// begin notes the import that designs belong to and can be undone with.
func begin(ctx context.Context, tx pg.Q, file string, at time.Time) (int64, error) {
	var id int64
	if err := sqlx.GetContext(ctx, tx, &id, `INSERT INTO imports (source, file, at) VALUES ($1, $2, $3) RETURNING id`, source, file, at); err != nil {
		return 0, fmt.Errorf("begin import: %w", err)
	}
	return id, nil
}

// enterAll puts ideas into a challenge.
func enterAll(ctx context.Context, tx pg.Q, list []int64, into challenges.ID, importID int64) error {
	if _, err := tx.ExecContext(ctx, `UPDATE ideas SET challenge_id = $2 WHERE id = ANY($1)`, pq.Array(list), into); err != nil {
		return fmt.Errorf("put designs into challenge %d: %w", into, err)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE imports SET added = added + $2 WHERE id = $1`, importID, len(list)); err != nil {
		return fmt.Errorf("count import %d: %w", importID, err)
	}
	return nil
}

// counted is how many ballots of the made-up members an idea has.
type counted struct {
	Idea   ideas.ID     `db:"idea_id"`
	Scores votes.Scores `db:"scored"`
}

func countBallots(ctx context.Context, q pg.Q, list []int64) ([]counted, error) {
	var found []counted
	const query = `
		SELECT v.idea_id, ARRAY[count(*) FILTER (WHERE v.score = 1), count(*) FILTER (WHERE v.score = 2), count(*) FILTER (WHERE v.score = 3),
		       count(*) FILTER (WHERE v.score = 4), count(*) FILTER (WHERE v.score = 5)]::integer[] AS scored
		FROM votes v JOIN accounts a ON a.id = v.voter_id AND a.source = $2
		WHERE v.idea_id = ANY($1) GROUP BY v.idea_id`
	if err := sqlx.SelectContext(ctx, q, &found, query, pq.Array(list), voters); err != nil {
		return nil, fmt.Errorf("count ballots: %w", err)
	}
	return found, nil
}

// castBefore is a ballot of an earlier run.
type castBefore struct {
	Voter accounts.ID `db:"voter_id"`
	Score int         `db:"score"`
}

func ballotsOn(ctx context.Context, q pg.Q, id ideas.ID) ([]castBefore, error) {
	var found []castBefore
	if err := sqlx.SelectContext(ctx, q, &found, `SELECT voter_id, coalesce(score, 0) AS score FROM votes WHERE idea_id = $1`, id); err != nil {
		return nil, fmt.Errorf("ballots on idea %d: %w", id, err)
	}
	return found, nil
}

// Top is one of the best designs of a challenge, by the order of the board.
type Top struct {
	Challenge string   `db:"slug"`
	Place     int      `db:"place"`
	Idea      ideas.ID `db:"id"`
	Title     string   `db:"title"`
	Score     float64  `db:"score"` // shrunk
	Voters    int      `db:"voters"`
}

// tops gives the three best designs of each challenge.
func tops(ctx context.Context, q pg.Q, calls []*call) ([]Top, error) {
	ids := make([]int64, len(calls))
	for i, c := range calls {
		ids[i] = int64(c.ID)
	}
	var list []Top
	const query = `
		SELECT c.slug, b.place, i.id, i.title, b.score, b.voters
		FROM unnest($1::bigint[]) WITH ORDINALITY AS asked (id, nth) JOIN challenges c ON c.id = asked.id
		CROSS JOIN LATERAL (
			SELECT r.idea_id, r.score, r.voters, row_number() OVER (ORDER BY r.score DESC, r.idea_id DESC) AS place
			FROM ranks r WHERE r.challenge_id = c.id AND r.score IS NOT NULL ORDER BY r.score DESC, r.idea_id DESC LIMIT 3
		) AS b JOIN ideas i ON i.id = b.idea_id
		ORDER BY asked.nth, b.place`
	if err := sqlx.SelectContext(ctx, q, &list, query, pq.Array(ids)); err != nil {
		return nil, fmt.Errorf("best designs: %w", err)
	}
	return list, nil
}
