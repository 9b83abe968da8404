package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"prosumer/internal/config"
	"prosumer/internal/notices"
)

// clockEvery is how late what the clock tells may be.
const clockEvery = 30 * time.Second

// keepTime tells what the clock brings about, and gathers the digests that are
// due, until ctx ends. Of several servers each does so; each thing is done once.
func keepTime(ctx context.Context, cfg *config.Config, p *parts, log *slog.Logger) {
	tick := time.NewTicker(clockEvery)
	defer tick.Stop()
	for {
		now := time.Now()
		if _, err := p.notices.Strike(ctx, now); err != nil && ctx.Err() == nil {
			log.Error("tell by the clock", "error", err)
		}
		day, week := notices.Cutoffs(now, cfg.DigestHour, cfg.Zone())
		if _, err := p.notices.Gather(ctx, day, week); err != nil && ctx.Err() == nil {
			log.Error("gather digests", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

type digestCmd struct{}

// Run gathers all that waits now, whatever the hour; a running server mails it.
func (digestCmd) Run(a *app) error {
	p, done, err := a.command()
	if err != nil {
		return err
	}
	defer done()
	now := time.Now()
	n, err := p.notices.Gather(a.ctx, now, now)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "%d digests are on their way.\n", n)
	return nil
}
