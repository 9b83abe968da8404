package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/merges"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
	"prosumer/internal/votes"
)

func mergeDrills() []drill {
	return []drill{
		{"M1", "Ideas merged and taken apart while people vote", "1,000 merges and unmerges: 0 snapshots differ, 0 deadlocks, and once all is taken apart what clients were told", merging},
	}
}

// mergers are people of the team who merge ideas and take them apart at random,
// each as a server of its own would. Merging has no address that a token may
// use, so they call what the servers call.
type mergers struct {
	board    *board
	services []*merges.Service
	team     accounts.Actor

	done, merged, unmerged, refused atomic.Int64

	mu     sync.Mutex
	failed []string
}

func (b *board) mergers(ctx context.Context, l *lab, n int) (*mergers, error) {
	m := &mergers{board: b, team: accounts.As(accounts.Account{ID: accounts.ID(b.Team.ID), RoleNames: []string{"member", "team"}})}
	folder, err := l.folder("media")
	if err != nil {
		return nil, err
	}
	for range n {
		db, err := pg.Open(ctx, b.DSN+"&application_name="+ownName)
		if err != nil {
			return nil, err
		}
		l.after(func() { _ = db.Close() })
		m.services = append(m.services, mergesOn(db, folder))
	}
	return m, nil
}

func mergesOn(db *sqlx.DB, folder string) *merges.Service {
	list := ideas.NewService(db, media.New(db, folder, media.Options{}), ideas.Options{ImageOf: media.IDOf})
	return merges.NewService(db, list, notices.NewService(db), func([]votes.Tally) {})
}

// run merges and takes apart until so many of both are done.
func (m *mergers) run(ctx context.Context, total int64) {
	var all sync.WaitGroup
	for _, s := range m.services {
		all.Go(func() {
			for ctx.Err() == nil && m.done.Load() < total {
				_, err := s.Merge(ctx, m.team, m.any(), m.any(), "They ask for the same.")
				m.note(ctx, err, &m.merged)
				m.note(ctx, s.Unmerge(ctx, m.team, m.any()), &m.unmerged)
			}
		})
	}
	all.Wait()
}

// apart takes all apart, the last merged first.
func (m *mergers) apart(ctx context.Context) error {
	for again := true; again; {
		again = false
		for _, id := range m.board.Ideas {
			err := m.services[0].Unmerge(ctx, m.team, ideas.ID(id))
			again = again || errors.Is(err, merges.ErrMovedOn)
			if err != nil && fault.Of(err).Kind != fault.Conflict {
				return err
			}
		}
	}
	return nil
}

func (m *mergers) any() ideas.ID { return ideas.ID(m.board.Ideas[rand.IntN(len(m.board.Ideas))]) }

func (m *mergers) note(ctx context.Context, err error, counter *atomic.Int64) {
	switch {
	case err == nil:
		counter.Add(1)
		m.done.Add(1)
	case fault.Of(err).Kind == fault.Conflict: // the rules: in a circle, into itself, twice
		m.refused.Add(1)
	case ctx.Err() == nil:
		m.mu.Lock()
		m.failed = append(m.failed, err.Error())
		m.mu.Unlock()
	}
}

// merging is M1.
func merging(ctx context.Context, l *lab) outcome {
	b, err := l.board(ctx, 40, 200)
	if err != nil {
		return broke(err)
	}
	if !b.has(ctx, "votes", "via") {
		return impossible("this program merges no ideas")
	}
	var targets []*client
	var nodes []*node
	for range 2 {
		n, err := l.serve(ctx, serveOptions{DSN: b.DSN})
		if err != nil {
			return broke(err)
		}
		nodes, targets = append(nodes, n), append(targets, l.dial(n.Address, 64, clientWait))
	}
	m, err := b.mergers(ctx, l, 4)
	if err != nil {
		return broke(err)
	}
	mark := l.pg.mark()
	s := &storm{Board: b, Clients: 32, Targets: targets, Journal: &journal{}}
	a := b.audit(ctx)
	s.start(ctx)
	m.run(ctx, int64(l.times(1000, 100)))
	s.halt()
	carried, err := b.count(ctx, `SELECT count(*) FROM votes WHERE via IS NOT NULL`)
	if err != nil {
		return broke(err)
	}
	if err := m.apart(ctx); err != nil {
		return broke(err)
	}
	left, err := b.count(ctx, `SELECT (SELECT count(*) FROM votes WHERE via IS NOT NULL) + (SELECT count(*) FROM merge_replaced)`)
	if err != nil {
		return broke(err)
	}
	pause(ctx, 1200*time.Millisecond) // PostgreSQL's own figures lag by a second
	deadlocks, err := b.count(ctx, `SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`)
	if err != nil {
		return broke(err)
	}
	figures := []figure{
		told("merges and unmerges", "%d and %d, %d refused by the rules, in the midst of %d votes", m.merged.Load(), m.unmerged.Load(), m.refused.Load(), len(s.Journal.all())),
		told("copies of votes that stood at the end of it", "%d", carried),
		none("deadlocks by PostgreSQL's count", deadlocks),
		none("deadlocks in PostgreSQL's log", l.pg.said(mark, "deadlock detected")),
		none("merges and unmerges that failed", len(m.failed)),
		none("clients not served", number(s.Journal.all(), failing)),
		none("copies left when all is taken apart", left),
	}
	figures = append(figures, a.halt()...)
	more, notes := l.finish(ctx, b, s.Journal, nodes...)
	if len(m.failed) > 0 {
		notes = append(notes, "Failed with: "+m.failed[0])
	}
	return judged(append(figures, more...), notes...)
}
