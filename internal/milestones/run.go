package milestones

import (
	"context"
	"fmt"
	"slices"
	"time"

	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// How often votes are looked at, and how often everything is.
const (
	lookEvery = 3 * time.Second
	wholeLook = time.Hour
)

// Run follows the votes until ctx ends. At the start, and once an hour, it
// catches up and parks what is over.
func (s *Service) Run(ctx context.Context) {
	tick, hour := time.NewTicker(lookEvery), time.NewTicker(wholeLook)
	defer tick.Stop()
	defer hour.Stop()
	s.report(ctx, s.Unseal(ctx))
	s.upkeep(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case <-hour.C:
			s.upkeep(ctx)
		case <-tick.C:
			s.report(ctx, s.Unseal(ctx))
			s.report(ctx, s.Look(ctx))
		}
	}
}

func (s *Service) upkeep(ctx context.Context) {
	s.report(ctx, s.CatchUp(ctx))
	_, err := s.Expire(ctx)
	s.report(ctx, err)
	s.report(ctx, s.Warn(ctx))
}

func (s *Service) report(ctx context.Context, err error) {
	if err != nil && ctx.Err() == nil && !pg.Away(err) {
		s.opts.Log.Error("milestones", "error", err)
	}
}

// Look looks at the ideas whose votes changed.
func (s *Service) Look(ctx context.Context) error {
	list := s.take()
	for batch := range slices.Chunk(list, batchSize) {
		if err := s.reached(ctx, batch); err != nil {
			s.putBack(list)
			return err
		}
	}
	return nil
}

// Unseal notes the ideas whose seal ended since it was last asked; the first
// time it only looks at the clock, and CatchUp sees to the rest.
func (s *Service) Unseal(ctx context.Context) error {
	s.mu.Lock()
	since := s.unsealed
	s.mu.Unlock()
	var at time.Time
	if err := s.db.GetContext(ctx, &at, `SELECT clock_timestamp()`); err != nil {
		return fmt.Errorf("seals that ended: %w", err)
	}
	var opened []ideas.ID
	if !since.IsZero() {
		const query = `
			SELECT i.id FROM challenges c JOIN ideas i ON i.challenge_id = c.id
			WHERE c.sealed <> 'no' AND c.voting_close_at > $1 AND c.voting_close_at <= $2`
		if err := s.db.SelectContext(ctx, &opened, query, since, at); err != nil {
			return fmt.Errorf("seals that ended: %w", err)
		}
	}
	s.putBack(opened)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unsealed = at
	return nil
}
