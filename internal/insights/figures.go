package insights

import (
	"context"
	"fmt"
	"time"
)

// proposed is which ideas count: let in at some time since $1.
const proposed = `i.submitted_at >= $1 AND i.status NOT IN ('draft', 'held')`

// funnel counts how far ideas got. An idea that was adopted without standing on
// the shortlist first has passed that step too.
func (s *Service) funnel(ctx context.Context, r *Report, from time.Time) error {
	const query = `
		WITH reached AS (
			SELECT i.answered_at IS NOT NULL OR i.status NOT IN ('open', 'withdrawn', 'merged') AS answered,
			       i.status = 'shortlisted' OR EXISTS (SELECT 1 FROM idea_history h WHERE h.idea_id = i.id AND h.to_status = 'shortlisted' AND NOT h.undo) AS shortlisted,
			       i.status IN ('adopted', 'in_production', 'launched') AS adopted, i.status = 'launched' AS launched
			FROM ideas i WHERE ` + proposed + `
		)
		SELECT count(*) AS proposed,
		       count(*) FILTER (WHERE answered OR shortlisted OR adopted) AS answered,
		       count(*) FILTER (WHERE shortlisted OR adopted) AS shortlisted,
		       count(*) FILTER (WHERE adopted) AS adopted, count(*) FILTER (WHERE launched) AS launched
		FROM reached`
	if err := s.db.GetContext(ctx, &r.Funnel, query, from); err != nil {
		return fmt.Errorf("funnel: %w", err)
	}
	return nil
}

// daily reads the ledger of votes, which knows changes that a vote itself
// forgets, and for days before the ledger the votes. What a merge copied is no
// vote that came in.
func (s *Service) daily(ctx context.Context, r *Report, from time.Time) error {
	const query = `
		WITH days AS (
			SELECT generate_series($2::date, $2::date + $3::int - 1, interval '1 day')::date AS day
		), proposed AS (
			SELECT (i.submitted_at AT TIME ZONE $4)::date AS day, count(*) AS n FROM ideas i WHERE ` + proposed + ` GROUP BY 1
		), cast_on AS (
			SELECT (came.at AT TIME ZONE $4)::date AS day, count(*) AS n FROM (
				SELECT at FROM vote_events WHERE at >= $1 AND NOT retract AND via IS NULL
				UNION ALL
				SELECT cast_at FROM votes WHERE cast_at >= $1 AND cast_at < (SELECT vote_events_begin()) AND via IS NULL
			) AS came GROUP BY 1
		)
		SELECT d.day, coalesce(p.n, 0) AS ideas, coalesce(c.n, 0) AS votes
		FROM days d LEFT JOIN proposed p USING (day) LEFT JOIN cast_on c USING (day) ORDER BY d.day`
	if err := s.db.SelectContext(ctx, &r.Daily, query, from, from.Format(time.DateOnly), r.Days, s.zone.String()); err != nil {
		return fmt.Errorf("days: %w", err)
	}
	return nil
}

func (s *Service) topics(ctx context.Context, r *Report, from time.Time) error {
	const query = `
		SELECT coalesce(t.name_en, '') AS name_en, coalesce(t.name_nl, '') AS name_nl, count(*) AS ideas, coalesce(sum(y.voters), 0) AS voters,
		       count(*) FILTER (WHERE i.status IN ('adopted', 'in_production', 'launched')) AS adopted
		FROM ideas i LEFT JOIN topics t ON t.id = i.topic_id LEFT JOIN tallies y ON y.idea_id = i.id
		WHERE ` + proposed + ` GROUP BY t.id ORDER BY ideas DESC, voters DESC LIMIT 10`
	if err := s.db.SelectContext(ctx, &r.Topics, query, from); err != nil {
		return fmt.Errorf("topics: %w", err)
	}
	return nil
}

// spread counts votes that stand and were cast here, not what a merge copied.
func (s *Service) spread(ctx context.Context, r *Report, from time.Time) error {
	const query = `
		WITH recent AS MATERIALIZED (
			SELECT v.voter_id, v.idea_id, v.referrer, v.cast_at < a.created_at + interval '7 days' AS young
			FROM votes v JOIN accounts a ON a.id = v.voter_id WHERE v.cast_at >= $1 AND v.via IS NULL AND v.counts
		), voters AS (
			SELECT count(*) AS n, ntile(10) OVER (ORDER BY count(*) DESC) AS tenth FROM recent GROUP BY voter_id
		), on_ideas AS (
			SELECT count(*) AS n, ntile(10) OVER (ORDER BY count(*) DESC) AS tenth FROM recent GROUP BY idea_id
		), contributors AS (
			SELECT count(*) AS n, ntile(10) OVER (ORDER BY count(*) DESC) AS tenth FROM ideas i WHERE ` + proposed + ` GROUP BY contributor_id
		), hosts AS (
			SELECT referrer, count(*) AS n FROM recent WHERE referrer IS NOT NULL GROUP BY referrer ORDER BY n DESC, referrer LIMIT 1
		)
		SELECT (SELECT count(*) FROM voters) AS voters, (SELECT count(*) FROM recent) AS votes,
		       coalesce((SELECT sum(n) FILTER (WHERE tenth = 1) / sum(n) FROM voters), 0)::float8 AS top_tenth,
		       coalesce((SELECT sum(n) FILTER (WHERE tenth = 1) / sum(n) FROM on_ideas), 0)::float8 AS top_ideas,
		       coalesce((SELECT count(*) FILTER (WHERE n = 1)::float8 / count(*) FROM voters HAVING count(*) > 0), 0) AS once,
		       coalesce((SELECT count(*) FILTER (WHERE young)::float8 / count(*) FROM recent HAVING count(*) > 0), 0) AS young,
		       coalesce((SELECT h.n::float8 / (SELECT count(*) FROM recent) FROM hosts h), 0) AS top_referrer,
		       coalesce((SELECT referrer FROM hosts), '') AS referrer,
		       coalesce((SELECT sum(n) FILTER (WHERE tenth = 1) / sum(n) FROM contributors), 0)::float8 AS contributors`
	if err := s.db.GetContext(ctx, &r.Spread, query, from); err != nil {
		return fmt.Errorf("spread: %w", err)
	}
	return nil
}
