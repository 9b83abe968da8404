package standing

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// refreshEvery is how far standings may lag.
const refreshEvery = 5 * time.Second

// Keeper settles the standings of people whose dues changed.
type Keeper struct {
	db  *sqlx.DB
	log *slog.Logger

	mu       sync.Mutex
	dirty    map[ideas.ID]bool
	unsealed time.Time // by the database's clock: votings that ended before are known
}

// NewKeeper makes a keeper over db.
func NewKeeper(db *sqlx.DB, log *slog.Logger) *Keeper {
	return &Keeper{db: db, log: log, dirty: map[ideas.ID]bool{}}
}

// Changed notes that something of this idea changed: its tally or its status.
// What else earns is noted by the database itself.
func (k *Keeper) Changed(id ideas.ID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.dirty[id] = true
}

// Run settles until ctx ends, and everybody once a day, because the points of
// the month fade; the log says then whether the ledger was exact. Where a voting
// ends, what was sealed under it begins to count.
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
			k.report(ctx, k.nightly(ctx))
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

// nightly checks what the day left, says so, and settles everybody.
func (k *Keeper) nightly(ctx context.Context) error {
	if err := k.Refresh(ctx); err != nil {
		return err
	}
	found, err := k.Check(ctx)
	if err != nil {
		return err
	}
	say := k.log.Info
	if !found.Exact() {
		say = k.log.Warn
	}
	say("standings checked", "people", found.People, "entries", found.Entries, "totals_wrong", len(found.Totals), "entries_due", found.Due)
	return k.All(ctx)
}

// staleBatch bounds how many notes of the database one transaction takes.
const staleBatch = 5000

// Refresh settles the people behind the ideas whose tallies changed, and those
// that the database noted.
func (k *Keeper) Refresh(ctx context.Context) error {
	if err := k.refreshTallies(ctx); err != nil {
		return err
	}
	for {
		more, err := k.refreshStale(ctx)
		if err != nil || !more {
			return err
		}
	}
}

func (k *Keeper) refreshTallies(ctx context.Context) error {
	k.mu.Lock()
	list := make([]ideas.ID, 0, len(k.dirty))
	for id := range k.dirty {
		list = append(list, id)
	}
	clear(k.dirty)
	k.mu.Unlock()
	if len(list) == 0 {
		return nil
	}
	var people []accounts.ID
	err := k.db.SelectContext(ctx, &people, `SELECT DISTINCT contributor_id FROM ideas WHERE id = ANY($1)`, pg.IDs(list))
	if err == nil {
		err = Compute(ctx, k.db, people)
	}
	if err != nil {
		for _, id := range list {
			k.Changed(id)
		}
		return fmt.Errorf("standings: %w", err)
	}
	return nil
}

// refreshStale takes notes and settles their people in one transaction, so that
// a note is gone only once it was heeded. Another server takes others.
func (k *Keeper) refreshStale(ctx context.Context) (more bool, err error) {
	err = pg.InTx(ctx, k.db, func(tx pg.Q) error {
		var people []accounts.ID
		const take = `
			WITH note AS (
				DELETE FROM standing_stale WHERE id IN (SELECT id FROM standing_stale ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING account_id
			) SELECT DISTINCT account_id FROM note ORDER BY account_id`
		if err := selectIDs(ctx, tx, &people, take, staleBatch); err != nil {
			return err
		}
		more = len(people) > 0
		if !more {
			return nil
		}
		_, err := settle(ctx, tx, people)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("standings that went stale: %w", err)
	}
	return more, nil
}

// Unseal notes what votings that ended since it was last asked set free: ideas
// whose tally was sealed, and people who voted on all of a challenge. The first
// time it only looks at the clock.
func (k *Keeper) Unseal(ctx context.Context) error {
	k.mu.Lock()
	since := k.unsealed
	k.mu.Unlock()
	var at time.Time
	if err := k.db.GetContext(ctx, &at, `SELECT clock_timestamp()`); err != nil {
		return fmt.Errorf("votings that ended: %w", err)
	}
	if !since.IsZero() {
		const note = `
			WITH ended AS (SELECT id FROM challenges WHERE voting_close_at > $1 AND voting_close_at <= $2)
			INSERT INTO standing_stale (account_id)
			SELECT i.contributor_id FROM ended c JOIN ideas i ON i.challenge_id = c.id
			UNION SELECT w.account_id FROM ended c JOIN whole_challenges w ON w.challenge_id = c.id`
		if _, err := k.db.ExecContext(ctx, note, since, at); err != nil {
			return fmt.Errorf("votings that ended: %w", err)
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.unsealed = at
	return nil
}

// All settles everybody.
func (k *Keeper) All(ctx context.Context) error {
	people, err := everybody(ctx, k.db)
	if err != nil {
		return err
	}
	return Compute(ctx, k.db, people)
}
