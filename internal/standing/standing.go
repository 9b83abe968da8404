package standing

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Points of each kind. Being used weighs most; proposing by itself weighs
// nothing, and votes only a little and only up to a bound for each idea, so
// that campaigning does not pay. The page /how shows the same figures.
const (
	PointsShortlisted = 20  // an idea that was shortlisted
	PointsAdopted     = 100 // an idea that was adopted
	PointsLaunched    = 150 // on top, when its product is launched
	PointsCoCreated   = 60  // a credit on a product of somebody else's idea
	VotersPerPoint    = 10  // customers who voted on one's ideas
	MaxVotePoints     = 100 // of one idea
)

// monthDays is how far back "this month" reaches.
const monthDays = 30

// refreshEvery is how far standings may lag.
const refreshEvery = 5 * time.Second

// Keeper refreshes the standings of people whose ideas changed.
type Keeper struct {
	db  *sqlx.DB
	log *slog.Logger

	mu       sync.Mutex
	dirty    map[ideas.ID]bool
	unsealed time.Time // by the database's clock: seals that ended before are known
}

// NewKeeper makes a keeper over db.
func NewKeeper(db *sqlx.DB, log *slog.Logger) *Keeper {
	return &Keeper{db: db, log: log, dirty: map[ideas.ID]bool{}}
}

// Changed notes that something of this idea changed: its tally or its status.
func (k *Keeper) Changed(id ideas.ID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.dirty[id] = true
}

// Run refreshes until ctx ends, and everybody once a day, because the points
// of the month fade. Where a seal ends, the votes under it begin to count.
func (k *Keeper) Run(ctx context.Context) {
	tick, day := time.NewTicker(refreshEvery), time.NewTicker(24*time.Hour)
	defer tick.Stop()
	defer day.Stop()
	k.report(ctx, k.Unseal(ctx))
	k.report(ctx, k.All(ctx))
	for {
		select {
		case <-ctx.Done():
			return
		case <-day.C:
			k.report(ctx, k.All(ctx))
		case <-tick.C:
			k.report(ctx, k.Unseal(ctx))
			k.report(ctx, k.Refresh(ctx))
		}
	}
}

func (k *Keeper) report(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil && !pg.Away(err) {
		k.log.Error("standings", "error", err)
	}
}

// Refresh computes the standings behind the ideas that changed.
func (k *Keeper) Refresh(ctx context.Context) error {
	k.mu.Lock()
	list := make([]int64, 0, len(k.dirty))
	for id := range k.dirty {
		list = append(list, int64(id))
	}
	clear(k.dirty)
	k.mu.Unlock()
	if len(list) == 0 {
		return nil
	}
	var people []accounts.ID
	const query = `
		SELECT contributor_id FROM ideas WHERE id = ANY($1)
		UNION
		SELECT c.account_id FROM product_ideas p JOIN credits c USING (product_id) WHERE p.idea_id = ANY($1)`
	err := k.db.SelectContext(ctx, &people, query, pq.Array(list))
	if err == nil {
		err = Compute(ctx, k.db, people)
	}
	if err != nil {
		k.mu.Lock()
		for _, id := range list {
			k.dirty[ideas.ID(id)] = true
		}
		k.mu.Unlock()
		return fmt.Errorf("standings: %w", err)
	}
	return nil
}

// Unseal notes the ideas whose seal ended since it was last asked; the first
// time it only looks at the clock.
func (k *Keeper) Unseal(ctx context.Context) error {
	k.mu.Lock()
	since := k.unsealed
	k.mu.Unlock()
	var at time.Time
	if err := k.db.GetContext(ctx, &at, `SELECT clock_timestamp()`); err != nil {
		return fmt.Errorf("seals that ended: %w", err)
	}
	var opened []ideas.ID
	if !since.IsZero() {
		const query = `
			SELECT i.id FROM challenges c JOIN ideas i ON i.challenge_id = c.id
			WHERE c.sealed <> 'no' AND c.voting_close_at > $1 AND c.voting_close_at <= $2`
		if err := k.db.SelectContext(ctx, &opened, query, since, at); err != nil {
			return fmt.Errorf("seals that ended: %w", err)
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.unsealed = at
	for _, id := range opened {
		k.dirty[id] = true
	}
	return nil
}

// computeBatch bounds how many people one statement computes.
const computeBatch = 500

// All computes the standing of everybody who ever proposed or was credited.
func (k *Keeper) All(ctx context.Context) error {
	var people []accounts.ID
	const query = `SELECT contributor_id FROM ideas WHERE status <> 'draft' UNION SELECT account_id FROM credits`
	if err := k.db.SelectContext(ctx, &people, query); err != nil {
		return fmt.Errorf("people with a standing: %w", err)
	}
	for start := 0; start < len(people); start += computeBatch {
		if err := Compute(ctx, k.db, people[start:min(start+computeBatch, len(people))]); err != nil {
			return err
		}
	}
	return nil
}

// Compute computes the standing of these people from what stands in the database.
func Compute(ctx context.Context, q pg.Q, people []accounts.ID) error {
	raw := make([]int64, len(people))
	for i, id := range people {
		raw[i] = int64(id)
	}
	const query = `
		WITH person AS (SELECT unnest($1::bigint[]) AS id),
		idea AS (
			SELECT i.contributor_id AS id, i.id AS idea_id, i.status, CASE WHEN s.sealed THEN 0 ELSE coalesce(t.voters, 0) END AS voters,
			       m.shortlisted, m.adopted, m.launched,
			       (SELECT count(*) FROM votes v WHERE NOT s.sealed AND v.idea_id = i.id AND v.counts AND NOT v.staff AND v.cast_at > now() - make_interval(days => $8)) AS lately
			FROM ideas i LEFT JOIN tallies t ON t.idea_id = i.id LEFT JOIN challenges h ON h.id = i.challenge_id
			CROSS JOIN LATERAL ( -- whose tally nobody may know yet: it must not show in the sum either
				SELECT coalesce(challenge_seal(h.sealed, h.voting_close_at, clock_timestamp()), '') <> '' AS sealed
			) AS s
			CROSS JOIN LATERAL ( -- when each happened last; an undo is a step back, not a merit
				SELECT max(h.at) FILTER (WHERE h.to_status = 'shortlisted') AS shortlisted,
				       max(h.at) FILTER (WHERE h.to_status = 'adopted') AS adopted, max(h.at) FILTER (WHERE h.to_status = 'launched') AS launched
				FROM idea_history h WHERE h.idea_id = i.id AND h.kind = 'move' AND NOT h.undo
			) AS m
			WHERE i.contributor_id = ANY($1) AND i.status NOT IN ('draft', 'held', 'withdrawn', 'merged') AND NOT i.hidden
		), earned AS (
			SELECT id, count(*) AS ideas,
			       count(*) FILTER (WHERE status IN ('adopted', 'in_production', 'launched')) AS adopted,
			       count(*) FILTER (WHERE status = 'launched') AS launched,
			       sum(voters) AS votes_received,
			       sum(CASE WHEN idea.shortlisted IS NOT NULL THEN $2 ELSE 0 END
			         + CASE WHEN status IN ('adopted', 'in_production', 'launched') THEN $3 ELSE 0 END
			         + CASE WHEN status = 'launched' THEN $4 ELSE 0 END
			         + LEAST(voters / $6, $7)) AS points,
			       sum(CASE WHEN idea.shortlisted > now() - make_interval(days => $8) THEN $2 ELSE 0 END
			         + CASE WHEN status IN ('adopted', 'in_production', 'launched') AND idea.adopted > now() - make_interval(days => $8) THEN $3 ELSE 0 END
			         + CASE WHEN status = 'launched' AND idea.launched > now() - make_interval(days => $8) THEN $4 ELSE 0 END
			         + LEAST(lately / $6, $7)) AS month_points
			FROM idea GROUP BY id
		), shared AS (
			SELECT account_id AS id, count(*) * $5 AS points,
			       count(*) FILTER (WHERE p.created_at > now() - make_interval(days => $8)) * $5 AS month_points
			FROM credits c JOIN products p ON p.id = c.product_id
			WHERE c.account_id = ANY($1) AND c.role <> 'contributor' GROUP BY account_id
		)
		INSERT INTO standings (account_id, points, month_points, ideas, adopted, launched, votes_received, computed_at)
		SELECT p.id, coalesce(e.points, 0) + coalesce(s.points, 0), coalesce(e.month_points, 0) + coalesce(s.month_points, 0),
		       coalesce(e.ideas, 0), coalesce(e.adopted, 0), coalesce(e.launched, 0), coalesce(e.votes_received, 0), now()
		FROM person p LEFT JOIN earned e USING (id) LEFT JOIN shared s USING (id)
		ORDER BY p.id
		ON CONFLICT (account_id) DO UPDATE SET points = excluded.points, month_points = excluded.month_points, ideas = excluded.ideas,
			adopted = excluded.adopted, launched = excluded.launched, votes_received = excluded.votes_received, computed_at = excluded.computed_at`
	_, err := q.ExecContext(ctx, query, pq.Array(raw), PointsShortlisted, PointsAdopted, PointsLaunched, PointsCoCreated, VotersPerPoint, MaxVotePoints, monthDays)
	if err != nil {
		return fmt.Errorf("compute %d standings: %w", len(people), err)
	}
	return nil
}
