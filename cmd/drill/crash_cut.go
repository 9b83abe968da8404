package main

import (
	"context"
	"time"
)

// cutConnections is C3: an administrator who ends every connection of the
// servers' again and again, and then restarts PostgreSQL.
func cutConnections(ctx context.Context, l *lab) outcome {
	b, err := l.board(ctx, 40, 256)
	if err != nil {
		return broke(err)
	}
	r, err := l.raid(ctx, b, "", 32)
	if err != nil {
		return broke(err)
	}
	a := b.audit(ctx)
	r.start(ctx)
	pause(ctx, 500*time.Millisecond)
	begun := time.Now()
	cut, err := b.terminate(ctx, l.lasts(6*time.Second, 2*time.Second))
	over := time.Now()
	if err != nil {
		r.halt()
		return broke(err)
	}
	healed, err := r.calm(ctx, over)
	if err != nil {
		r.halt()
		return broke(err)
	}
	storm := during(r.Journal.all(), begun, over)
	if err := l.pg.stop(); err != nil {
		r.halt()
		return broke(err)
	}
	if err := l.pg.start(ctx); err != nil {
		r.halt()
		return broke(err)
	}
	restarted, err := r.calm(ctx, time.Now())
	r.halt()
	if err != nil {
		return broke(err)
	}
	figures := []figure{
		told("connections ended", "%d in %s", cut, span(over.Sub(begun))),
		told("votes meanwhile", "%d acknowledged, %d not served", number(storm, func(e entry) bool { return e.Verdict == acked }), number(storm, failing)),
		within("from the last cut to the last client not served", healed, healedWithin),
		within("from PostgreSQL answering after a restart to the last client not served", restarted, healedWithin),
	}
	figures = append(figures, a.halt()...)
	more, notes := l.finish(ctx, b, r.Journal, r.n)
	return judged(append(figures, more...), notes...)
}

// everyCut is the pause between two cuts.
const everyCut = 20 * time.Millisecond

// terminate ends all connections to the database but the lab's own.
func (b *board) terminate(ctx context.Context, lasts time.Duration) (cut int, err error) {
	tick := time.NewTicker(everyCut)
	defer tick.Stop()
	for end := time.Now().Add(lasts); time.Now().Before(end) && ctx.Err() == nil; <-tick.C {
		n, err := b.count(ctx, `
			SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
			WHERE datname = current_database() AND backend_type = 'client backend' AND application_name <> $1`, ownName)
		if err != nil {
			return cut, err
		}
		cut += n
	}
	return cut, nil
}
