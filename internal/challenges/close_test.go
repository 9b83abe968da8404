package challenges_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
)

// crowd is how many vote at once.
const crowd = 40

// TestNoVoteIsCountedAfterVotingWasClosedEarlier has many people vote while a
// colleague brings the end of voting forward to a moment that is nearly there.
// Whoever was thanked is counted, and nobody is counted who came later.
func TestNoVoteIsCountedAfterVotingWasClosedEarlier(t *testing.T) {
	t.Parallel()
	s := open(t)
	s.Service = challenges.NewService(s.db) // by the clock of the day, as votes are
	people := accounts.NewService(s.db, accounts.Options{NoThrottle: true})
	var voters []accounts.Actor
	for i := range crowd {
		account, err := people.Create(t.Context(), accounts.SignUp{Name: "Voter", Handle: fmt.Sprint("voter-", i)}, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		voters = append(voters, accounts.As(account))
	}
	p, now := plan(), time.Now()
	p.Dates = challenges.Dates{
		Announced: now.Add(-time.Minute), EntriesOpen: now.Add(-time.Minute), EntriesClose: now.Add(time.Hour),
		VotingOpen: now.Add(-time.Second), VotingClose: now.Add(time.Hour), Results: now.Add(2 * time.Hour),
	}
	p.Sealed = challenges.Unsealed
	p.Budget = 0
	made := s.pose(p)
	id := ideas.ID(s.idea(made))
	quiet := slog.New(slog.DiscardHandler)
	writer := votes.NewWriter(s.db, func([]votes.Tally) {}, quiet)
	t.Cleanup(func() { _ = writer.Stop(context.Background()) })
	service := votes.NewService(s.db, writer)
	var thanked atomic.Int64
	closed := make(chan struct{})
	var all sync.WaitGroup
	for _, voter := range voters {
		all.Go(func() {
			for n := 1; ; n++ {
				_, err := service.Cast(t.Context(), voter, id, votes.Choice{Score: n%5 + 1})
				switch {
				case votes.ErrLate.Is(err):
					return
				case err != nil:
					t.Error(err)
					return
				case n == 1:
					thanked.Add(1)
				}
				select {
				case <-closed:
					return
				default:
				}
			}
		})
	}
	p.Slug = made.Slug
	p.Dates.VotingClose = time.Now().Add(2 * time.Second)
	p.Dates.EntriesClose = p.Dates.VotingClose
	if _, err := s.Change(t.Context(), s.eva, made.Slug, made.Revision, p); err != nil {
		t.Error(err, fault.Of(err).Fields)
		close(closed)
	}
	late := time.AfterFunc(time.Minute, func() { close(closed) })
	all.Wait()
	if !late.Stop() {
		t.Fatal("people could vote long after the end")
	}
	var after, tallied, counted int
	if err := s.db.QueryRow(`
		SELECT (SELECT count(*) FROM vote_events e, challenges c WHERE c.id = $1 AND e.at >= c.voting_close_at),
		       (SELECT voters FROM tallies WHERE idea_id = $2), (SELECT count(*) FROM votes WHERE idea_id = $2)`, made.ID, id).Scan(&after, &tallied, &counted); err != nil {
		t.Fatal(err)
	}
	if after != 0 || tallied != counted || int64(tallied) != thanked.Load() {
		t.Errorf("%d events after the end; the tally says %d, there are %d votes, %d thanks", after, tallied, counted, thanked.Load())
	}
}

func TestABudgetIsWhatIsLeftOfIt(t *testing.T) {
	t.Parallel()
	s := open(t)
	made := s.pose(plan())
	first, second := s.idea(made), s.idea(made)
	for _, id := range []int64{first, second} {
		s.exec(`INSERT INTO votes (idea_id, voter_id, score, would_buy, staff) VALUES ($1, $2, 4, false, true)`, id, s.eva.ID)
	}
	left := func(want int) {
		t.Helper()
		if n, limited, err := s.BudgetLeft(t.Context(), made.ID, s.eva.ID); n != want || !limited || err != nil {
			t.Errorf("%d left, %v, %v; want %d", n, limited, err, want)
		}
	}
	left(1)
	s.exec(`UPDATE ideas SET hidden = true WHERE id = $1`, first)
	left(2)
	s.exec(`UPDATE challenges SET vote_budget = NULL`)
	if _, limited, err := s.BudgetLeft(t.Context(), made.ID, s.eva.ID); limited || err != nil {
		t.Errorf("limited %v, %v", limited, err)
	}
}
