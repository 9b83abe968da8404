package votes

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// rankEvery is how far the orders may lag behind the tallies.
const rankEvery = 2 * time.Second

// Ranker refreshes what the orders sort by, from the ideas that changed.
//
// trending is the logarithm of the decayed votes: each vote weighs 2^(t/3 days)
// counted from a fixed day, and proposing weighs as one vote, so that a new
// idea starts beside one that just got a vote. Since every weight shrinks by
// the same factor as time passes, the order never needs rewriting.
type Ranker struct {
	db  *sqlx.DB
	log *slog.Logger

	mu    sync.Mutex
	dirty map[ideas.ID]bool
}

// NewRanker makes a ranker over db.
func NewRanker(db *sqlx.DB, log *slog.Logger) *Ranker {
	return &Ranker{db: db, log: log, dirty: map[ideas.ID]bool{}}
}

// Changed notes tallies that changed; it costs a map entry each.
func (r *Ranker) Changed(list []Tally) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, t := range list {
		r.dirty[t.Idea] = true
	}
}

// Run refreshes until ctx ends, after catching up with what changed while no
// server ran.
func (r *Ranker) Run(ctx context.Context) {
	if err := r.CatchUp(ctx); err != nil && ctx.Err() == nil {
		r.log.Error("ranks", "error", err)
	}
	tick := time.NewTicker(rankEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := r.Refresh(ctx); err != nil && ctx.Err() == nil && !pg.Away(err) {
				r.log.Error("ranks", "error", err)
			}
		}
	}
}

// Refresh brings the ranks of the changed ideas up to date.
func (r *Ranker) Refresh(ctx context.Context) error {
	r.mu.Lock()
	list := make([]ideas.ID, 0, len(r.dirty))
	for id := range r.dirty {
		list = append(list, id)
	}
	clear(r.dirty)
	r.mu.Unlock()
	if len(list) == 0 {
		return nil
	}
	err := refreshRanks(ctx, r.db, list)
	if err != nil { // try them again at the next tick
		r.mu.Lock()
		for _, id := range list {
			r.dirty[id] = true
		}
		r.mu.Unlock()
	}
	return err
}

// CatchUp refreshes every rank that is older than its tally.
func (r *Ranker) CatchUp(ctx context.Context) error {
	var stale []ideas.ID
	const query = `SELECT t.idea_id FROM tallies t LEFT JOIN ranks r USING (idea_id) WHERE r.revision IS DISTINCT FROM t.revision`
	if err := r.db.SelectContext(ctx, &stale, query); err != nil {
		return fmt.Errorf("stale ranks: %w", err)
	}
	for len(stale) > 0 {
		n := min(len(stale), maxBatch)
		if err := refreshRanks(ctx, r.db, stale[:n]); err != nil {
			return err
		}
		stale = stale[n:]
	}
	return nil
}

func refreshRanks(ctx context.Context, q pg.Q, list []ideas.ID) error {
	const query = `
		INSERT INTO ranks (idea_id, voters, trending, revision)
		SELECT t.idea_id, t.voters, h.peak + ln(h.rest), t.revision
		FROM tallies t JOIN ideas i ON i.id = t.idea_id
		CROSS JOIN LATERAL (
			SELECT max(w) AS peak, sum(exp(greatest(w - p, -700))) AS rest FROM ( -- below that exp refuses: nine years
				SELECT w, max(w) OVER () AS p FROM (
					SELECT ranks_weight(i.submitted_at) AS w
					UNION ALL
					SELECT ranks_weight(v.cast_at) FROM votes v WHERE v.idea_id = t.idea_id AND v.counts AND NOT v.staff
				) AS weights
			) AS peaked
		) AS h
		WHERE t.idea_id = ANY($1) AND i.submitted_at IS NOT NULL
		ORDER BY t.idea_id
		ON CONFLICT (idea_id) DO UPDATE SET voters = excluded.voters, trending = excluded.trending, revision = excluded.revision
			WHERE ranks.revision <= excluded.revision`
	if _, err := q.ExecContext(ctx, query, pq.Array(raw(list))); err != nil {
		return fmt.Errorf("refresh %d ranks: %w", len(list), err)
	}
	return nil
}
