package votes

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// rankEvery is how far the orders may lag behind the tallies.
const rankEvery = 2 * time.Second

// Refreshing waits so many times as long as it took, so that ranks never take
// more than a twentieth of the time, however many votes a hot idea has.
const rankPause = 20

// Ranker refreshes what the orders sort by, from the ideas that changed.
//
// trending is the logarithm of the decayed votes: each vote weighs 2^(t/3 days)
// counted from a fixed day, and proposing weighs as one vote, so that a new
// idea starts beside one that just got a vote. Since every weight shrinks by
// the same factor as time passes, the order never needs rewriting.
//
// rising is the same with a vote that halves every eight hours, divided by the
// root of the voters: what gains much for its size. score is shrunk; see
// shrink.go.
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
	next := time.NewTimer(rankEvery)
	defer next.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-next.C:
			begun := time.Now()
			if err := r.Refresh(ctx); err != nil && ctx.Err() == nil && !pg.Away(err) {
				r.log.Error("ranks", "error", err)
			}
			next.Reset(max(rankEvery, rankPause*time.Since(begun)))
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
	err := r.refresh(ctx, list)
	if err != nil { // try them again at the next tick
		r.mu.Lock()
		for _, id := range list {
			r.dirty[id] = true
		}
		r.mu.Unlock()
	}
	return err
}

// refresh works in pieces, so that each is written soon.
func (r *Ranker) refresh(ctx context.Context, list []ideas.ID) error {
	for piece := range slices.Chunk(list, rankPiece) {
		if err := r.unhurried(ctx, func(tx pg.Q) error { return refreshRanks(ctx, tx, piece) }); err != nil {
			return err
		}
	}
	return r.unhurried(ctx, func(tx pg.Q) error { return refreshPriors(ctx, tx, list) })
}

// unhurried works on a hot idea, or a large board, for as long as it takes.
func (r *Ranker) unhurried(ctx context.Context, do func(tx pg.Q) error) error {
	return pg.InTx(ctx, r.db, func(tx pg.Q) error {
		if err := pg.Unhurried(ctx, tx); err != nil {
			return err
		}
		return do(tx)
	})
}

// rankPiece is how many ideas one statement ranks.
const rankPiece = 500

// CatchUp refreshes every rank that is older than its tally.
func (r *Ranker) CatchUp(ctx context.Context) error {
	var stale []ideas.ID
	const query = `SELECT t.idea_id FROM tallies t LEFT JOIN ranks r USING (idea_id) WHERE r.revision IS DISTINCT FROM t.revision`
	err := r.unhurried(ctx, func(tx pg.Q) error { return sqlx.SelectContext(ctx, tx, &stale, query) })
	if err != nil {
		return fmt.Errorf("stale ranks: %w", err)
	}
	return r.refresh(ctx, stale)
}

func refreshRanks(ctx context.Context, q pg.Q, list []ideas.ID) error {
	const query = `
		INSERT INTO ranks (idea_id, voters, trending, rising, score, revision)
		SELECT t.idea_id, t.voters, h.peak + ln(h.rest), 9 * h.peak + ln(h.fast) - ln(t.voters + 10) / 2,
		       tally_score(t, c.prior_mean, c.prior_weight), t.revision
		FROM tallies t JOIN ideas i ON i.id = t.idea_id LEFT JOIN challenges c ON c.id = i.challenge_id
		CROSS JOIN LATERAL (
			SELECT max(w) AS peak, sum(exp(greatest(w - p, -700))) AS rest, sum(exp(greatest(9 * (w - p), -700))) AS fast -- below that exp refuses: nine years
			FROM (
				SELECT w, max(w) OVER () AS p FROM (
					SELECT ranks_weight(i.submitted_at) AS w
					UNION ALL
					SELECT ranks_weight(v.cast_at) FROM votes v WHERE v.idea_id = t.idea_id AND v.counts AND NOT v.staff
				) AS weights
			) AS peaked
		) AS h
		WHERE t.idea_id = ANY($1) AND i.submitted_at IS NOT NULL
		ORDER BY t.idea_id
		ON CONFLICT (idea_id) DO UPDATE SET voters = excluded.voters, trending = excluded.trending,
			rising = excluded.rising, score = excluded.score, revision = excluded.revision
			WHERE ranks.revision <= excluded.revision`
	if _, err := q.ExecContext(ctx, query, pq.Array(raw(list))); err != nil {
		return fmt.Errorf("refresh %d ranks: %w", len(list), err)
	}
	return nil
}
