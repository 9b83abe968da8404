package votes_test

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/votes"
)

// storm is two servers on one database, and ideas that open and close.
type storm struct {
	*world
	servers []*votes.Service
	list    []ideas.ID
	phases  []atomic.Int64 // of each idea: odd while it is surely closed
	boss    accounts.Actor
}

// complaints fails the test with whatever a writer has to complain of, such as
// a deadlock it then worked around.
type complaints struct{ t testing.TB }

func (c complaints) Write(line []byte) (int, error) {
	c.t.Errorf("a writer complains: %s", line)
	return len(line), nil
}

func newStorm(t *testing.T, size int) *storm {
	t.Helper()
	db, dsn := pgtest.NewWithDSN(t)
	w := worldOn(t, db)
	s := &storm{world: w, phases: make([]atomic.Int64, size), boss: w.person(accounts.Team)}
	for range 2 {
		pool, err := pg.Open(t.Context(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		writer := votes.NewTestWriter(pool, func([]votes.Tally) {}, slog.New(slog.NewTextHandler(complaints{t}, nil)))
		t.Cleanup(func() { _ = errors.Join(writer.Stop(context.Background()), pool.Close()) })
		s.servers = append(s.servers, votes.NewService(pool, writer))
	}
	for range size {
		s.list = append(s.list, w.idea(w.person()))
	}
	return s
}

// choice is what a voter was last told of one idea.
type choice struct{ cast, buys bool }

// vote casts and retracts at random, as one voter on one of the servers, and
// returns what it was told.
func (s *storm) vote(voter accounts.Actor, server, rounds int) map[int]choice {
	told := map[int]choice{}
	random := rand.New(rand.NewPCG(uint64(voter.ID), uint64(server)))
	for range rounds {
		at, buys, retract := random.IntN(len(s.list)), random.IntN(2) == 0, random.IntN(3) == 0
		before := s.phases[at].Load()
		var err error
		if retract {
			_, err = s.servers[server].Retract(s.t.Context(), voter, s.list[at])
		} else {
			_, err = s.servers[server].Cast(s.t.Context(), voter, s.list[at], votes.Choice{WouldBuy: buys})
		}
		closed := before%2 == 1 && s.phases[at].Load() == before
		switch {
		case err == nil && closed:
			s.t.Errorf("a vote on idea %d was accepted while it was closed", s.list[at])
		case err == nil:
			told[at] = choice{cast: !retract, buys: buys && !retract}
		case !errors.Is(err, votes.ErrClosed) && !errors.Is(err, ideas.ErrNotFound):
			s.t.Errorf("vote: %v (%s)", err, fault.Of(err).Code)
		}
	}
	return told
}

// openAndClose moves ideas in and out of open until over, and sees that
// nothing is counted on a closed one.
func (s *storm) openAndClose(over <-chan struct{}) (closings int) {
	const state = `SELECT (SELECT count(*) FROM votes WHERE idea_id = $1) + (SELECT revision FROM tallies WHERE idea_id = $1)`
	for n := 0; ; n++ {
		select {
		case <-over:
			return closings
		default:
		}
		at := n % len(s.list)
		hides := n%5 == 4
		if hides {
			s.db.MustExec(`UPDATE ideas SET hidden = true WHERE id = $1`, s.list[at])
		} else {
			s.decide(s.boss, s.list[at], ideas.Parked)
		}
		s.phases[at].Add(1)
		closings++
		before := s.count(state, s.list[at])
		if after := s.count(state, s.list[at]); after != before {
			s.t.Errorf("idea %d went from %d to %d while it was closed", s.list[at], before, after)
		}
		s.phases[at].Add(1)
		if hides {
			s.db.MustExec(`UPDATE ideas SET hidden = false WHERE id = $1`, s.list[at])
		} else {
			s.decide(s.boss, s.list[at], ideas.Open)
		}
	}
}

// TestTalliesEqualTheirVotesThroughoutAStorm is V1 to V4: 64 voters on two
// servers, some of them the same person, while ideas open and close.
func TestTalliesEqualTheirVotesThroughoutAStorm(t *testing.T) {
	t.Parallel()
	s := newStorm(t, 20)
	rounds := 120
	if testing.Short() {
		rounds = 15
	}
	deadlocks := s.count(`SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`)

	const voters, doubled = 64, 16 // the last 16 are people who vote on both servers at once
	told := make([]map[int]choice, voters)
	over, around := make(chan struct{}), sync.WaitGroup{}
	var closings int
	around.Go(func() { closings = s.openAndClose(over) })
	around.Go(func() {
		for {
			select {
			case <-over:
				return
			default:
				s.exact()
			}
		}
	})
	var all sync.WaitGroup
	for n := range voters {
		person := 1_000_000 + n
		if n >= voters-doubled {
			person = 1_000_000 + n/2*2
		}
		actor := accounts.As(accounts.Account{ID: accounts.ID(person)})
		if n%10 == 9 && n < voters-doubled {
			actor = accounts.As(accounts.Account{ID: accounts.ID(person), RoleNames: []string{"team"}})
		}
		all.Go(func() { told[n] = s.vote(actor, n%2, rounds) })
	}
	all.Wait()
	close(over)
	around.Wait()

	t.Logf("%d closings in the storm, %d votes left", closings, s.count(`SELECT count(*) FROM votes`))
	s.exact()
	for n := range voters - doubled {
		for at, last := range told[n] {
			var stored choice
			err := s.db.QueryRowx(`SELECT count(*) = 1, coalesce(bool_or(would_buy), false) FROM votes WHERE idea_id = $1 AND voter_id = $2`,
				s.list[at], 1_000_000+n).Scan(&stored.cast, &stored.buys)
			if err != nil || stored != last {
				t.Errorf("voter %d on idea %d: stored %+v, was told %+v (%v)", n, s.list[at], stored, last, err)
			}
		}
	}
	if now := s.count(`SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()`); now != deadlocks {
		t.Errorf("%d deadlocks", now-deadlocks)
	}
}

// TestNoVoteIsLeftOverWhenItsIdeaIsDeletedUnderIt deletes ideas in the middle
// of batches that vote on them.
func TestNoVoteIsLeftOverWhenItsIdeaIsDeletedUnderIt(t *testing.T) {
	t.Parallel()
	s := newStorm(t, 30)
	var all sync.WaitGroup
	for n := range 16 {
		actor := accounts.As(accounts.Account{ID: accounts.ID(1_000_000 + n)})
		all.Go(func() { s.vote(actor, n%2, 60) })
	}
	all.Go(func() {
		for at := 0; at < len(s.list); at += 3 {
			s.db.MustExec(`DELETE FROM ideas WHERE id = ANY(ARRAY[$3, $2, $1]::bigint[])`, s.list[at], s.list[at+1], s.list[at+2])
		}
	})
	all.Wait()
	if n := s.count(`SELECT count(*) FROM votes`) + s.count(`SELECT count(*) FROM tallies`); n != 0 {
		t.Errorf("%d votes and tallies without an idea", n)
	}
}
