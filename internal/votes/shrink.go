package votes

import (
	"context"
	"fmt"

	"github.com/lib/pq"

	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// A score is shrunk toward its challenge's mean, so that three 5s do not beat a
// thousand 4s: (weight * mean + points) / (weight + scores), where weight is the
// median number of scores of the challenge's ideas. An idea with as many scores
// as the median stands halfway between its own mean and the challenge's; ten
// times as many, and it is nearly its own (decision 0014). The function
// tally_score (migration 0012) computes it; Shrunk is the same in Go.

// Shrunk is the shrunk score of these scores, and false while there are none.
func Shrunk(s Scores, mean, weight float64) (float64, bool) {
	n := float64(s.Count())
	if n == 0 {
		return 0, false
	}
	own, _ := s.Mean()
	return (weight*mean + n*own) / (weight + n), true
}

// refreshPriors brings mean and weight of the challenges of these ideas up to
// date, and ranks all ideas of a challenge again whose figures moved by more
// than a reader could see: a hundredth of a star, or a twentieth of the weight.
func refreshPriors(ctx context.Context, q pg.Q, list []ideas.ID) error {
	const query = `
		WITH touched AS (
			SELECT DISTINCT challenge_id AS id FROM ideas WHERE id = ANY($1) AND challenge_id IS NOT NULL
		), figures AS (
			SELECT i.challenge_id AS id, tally_points(t) AS points, t.ones + t.twos + t.threes + t.fours + t.fives AS n
			FROM ideas i JOIN tallies t ON t.idea_id = i.id
			WHERE i.challenge_id IN (SELECT id FROM touched) AND NOT i.hidden AND i.status NOT IN ('draft', 'held', 'withdrawn', 'merged')
		), prior AS (
			SELECT id, sum(points)::float8 / sum(n) AS mean, percentile_cont(0.5) WITHIN GROUP (ORDER BY n) AS weight
			FROM figures WHERE n > 0 GROUP BY id
		), moved AS (
			UPDATE challenges c SET prior_mean = p.mean, prior_weight = p.weight FROM prior p
			WHERE c.id = p.id AND (c.prior_mean IS NULL OR abs(c.prior_mean - p.mean) > 0.01 OR abs(c.prior_weight - p.weight) > c.prior_weight / 20)
			RETURNING c.id, c.prior_mean, c.prior_weight
		)
		UPDATE ranks r SET score = tally_score(t, m.prior_mean, m.prior_weight)
		FROM moved m JOIN ideas i ON i.challenge_id = m.id JOIN tallies t ON t.idea_id = i.id
		WHERE r.idea_id = i.id`
	if _, err := q.ExecContext(ctx, query, pq.Array(raw(list))); err != nil {
		return fmt.Errorf("refresh the means of challenges: %w", err)
	}
	return nil
}
