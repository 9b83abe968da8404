package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

// resultsEvery is how soon after its results are out a challenge's people hear
// of it, at most. The page itself follows the clock.
const resultsEvery = 15 * time.Second

// announceResults tells of results as they come out, until ctx ends. Each
// challenge is told of once, by whichever server is first.
func announceResults(ctx context.Context, p *parts, log *slog.Logger) {
	tick := time.NewTicker(resultsEvery)
	defer tick.Stop()
	for {
		if _, err := p.challenges.AnnounceResults(ctx, p.tellResults); err != nil && ctx.Err() == nil {
			log.Error("announce results", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (p *parts) tellResults(ctx context.Context, tx pg.Q, c challenges.Challenge, people []accounts.ID) error {
	return p.notices.Tell(ctx, tx, notices.Fact{
		Kind: notices.ResultsOut, Key: fmt.Sprintf("results:%d", c.ID), To: people,
		Data: map[string]string{"challenge": c.Slug, "title": c.Title},
	})
}
