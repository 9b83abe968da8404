package challenges_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/challenges"
	"prosumer/internal/fault"
	"prosumer/internal/pg/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// day is a moment so many days after the announcement.
func day(n int) time.Time { return time.Date(2027, 3, 1+n, 12, 0, 0, 0, time.UTC) }

func dates() challenges.Dates {
	return challenges.Dates{Announced: day(0), EntriesOpen: day(1), EntriesClose: day(5), VotingOpen: day(7), VotingClose: day(9), Results: day(12)}
}

func TestThePhaseFollowsFromTheDates(t *testing.T) {
	t.Parallel()
	d := dates()
	for at, want := range map[time.Time]challenges.Phase{
		day(-1): challenges.Coming, day(0): challenges.Announced, day(1): challenges.Entering, day(4): challenges.Entering,
		day(5): challenges.Waiting, day(7): challenges.Voting, day(8): challenges.Voting,
		day(9).Add(-1): challenges.Voting, day(9): challenges.Judging, day(12): challenges.Results,
	} {
		if got := d.Phase(at); got != want {
			t.Errorf("at %s: %s, want %s", at, got, want)
		}
	}
}

func TestASealEndsWithTheVoting(t *testing.T) {
	t.Parallel()
	c := challenges.Challenge{Sealed: challenges.UntilVoted, Dates: dates()}
	if got := c.SealAt(day(9).Add(-1)); got != challenges.UntilVoted {
		t.Errorf("before the close: %q", got)
	}
	if got := c.SealAt(day(9)); got != challenges.Unsealed {
		t.Errorf("at the close: %q", got)
	}
}

func TestAChallengeIsKeptAsItWasMade(t *testing.T) {
	t.Parallel()
	s := challenges.NewService(pgtest.New(t))
	for _, seal := range []challenges.Seal{challenges.Unsealed, challenges.UntilClose} {
		made, err := s.Create(t.Context(), challenges.Challenge{Slug: "bags-" + strings.ReplaceAll(string("x"+seal), "_", "-"), Title: "  A bag for  rain ", Ballot: challenges.Score, Sealed: seal, Dates: dates()})
		if err != nil {
			t.Fatal(err)
		}
		found, err := s.BySlug(t.Context(), made.Slug)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(made, found); diff != "" || found.Title != "A bag for rain" || found.Sealed != seal {
			t.Errorf("%+v %s", found, diff)
		}
	}
	if _, err := s.BySlug(t.Context(), "lamps"); !challenges.ErrNotFound.Is(err) {
		t.Errorf("a challenge that is not there: %v", err)
	}
	if list, err := s.List(t.Context(), day(-1)); err != nil || len(list) != 0 {
		t.Errorf("listed before they were announced: %+v, %v", list, err)
	}
	if list, err := s.List(t.Context(), day(0)); err != nil || len(list) != 2 {
		t.Errorf("%d of 2 listed, %v", len(list), err)
	}
}

func TestAChallengeThatCannotBeIsRefusedByField(t *testing.T) {
	t.Parallel()
	s := challenges.NewService(pgtest.New(t))
	good := challenges.Challenge{Slug: "bags", Title: "A bag for rain", Ballot: challenges.Support, Dates: dates()}
	for field, spoil := range map[string]func(*challenges.Challenge){
		"slug":   func(c *challenges.Challenge) { c.Slug = "A Bag" },
		"title":  func(c *challenges.Challenge) { c.Title = "x" },
		"ballot": func(c *challenges.Challenge) { c.Ballot = "stars" },
		"sealed": func(c *challenges.Challenge) { c.Sealed = "for ever" },
		"dates":  func(c *challenges.Challenge) { c.Dates.VotingClose = c.Dates.EntriesOpen },
	} {
		c := good
		spoil(&c)
		_, err := s.Create(t.Context(), c)
		var f *fault.Fault
		if !errors.As(err, &f) || f.Fields[field] == "" || len(f.Fields) != 1 {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := s.Create(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Create(t.Context(), good); !challenges.ErrTaken.Is(err) {
		t.Errorf("the same address again: %v", err)
	}
}

// TestTheDatabaseHoldsTheDatesInOrder tries every order that Create refuses.
func TestTheDatabaseHoldsTheDatesInOrder(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t)
	const insert = `
		INSERT INTO challenges (slug, title, announced_at, entries_open_at, entries_close_at, voting_open_at, voting_close_at, results_at)
		VALUES ('bags', 'Bags', $1, $2, $3, $4, $5, $6)`
	moments := []time.Time{day(0), day(1), day(5), day(7), day(9), day(12)}
	for i := range len(moments) - 1 {
		wrong := append([]time.Time{}, moments...)
		wrong[i], wrong[i+1] = wrong[i+1], wrong[i]
		if i == 2 {
			continue // entering and voting may overlap
		}
		if _, err := db.Exec(insert, wrong[0], wrong[1], wrong[2], wrong[3], wrong[4], wrong[5]); err == nil {
			t.Errorf("moments %d and %d stored the wrong way round", i, i+1)
		}
	}
}
