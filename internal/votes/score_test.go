package votes_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
)

// challenge makes one whose voting opens and closes so far from now.
func (w *world) challenge(kind challenges.Kind, seal challenges.Seal, opens, closes time.Duration) challenges.ID {
	w.t.Helper()
	now := time.Now()
	made, err := challenges.NewService(w.db).Create(w.t.Context(), challenges.Challenge{
		Slug: fmt.Sprintf("challenge-%d", w.people.Add(1)), Title: "A bag for rain", Ballot: kind, Sealed: seal,
		Dates: challenges.Dates{
			Announced: now.Add(opens - 3*time.Hour), EntriesOpen: now.Add(opens - 2*time.Hour), EntriesClose: now.Add(opens - time.Hour),
			VotingOpen: now.Add(opens), VotingClose: now.Add(closes), Results: now.Add(closes),
		},
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return made.ID
}

// entry is an idea in a challenge.
func (w *world) entry(in challenges.ID) ideas.ID {
	w.t.Helper()
	id := w.idea(w.person())
	w.db.MustExec(`UPDATE ideas SET challenge_id = $2 WHERE id = $1`, id, in)
	return id
}

func (w *world) score(by accounts.Actor, on ideas.ID, score int) votes.Tally {
	w.t.Helper()
	tally, err := w.votes.Cast(w.t.Context(), by, on, votes.Choice{Score: score})
	if err != nil {
		w.t.Fatal(err)
	}
	return tally
}

func TestScoresAreCountedByValueAndReplaced(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.entry(w.challenge(challenges.Score, "", -time.Hour, time.Hour))
	ann, ben, boss := w.person(), w.person(), w.person(accounts.Team)
	w.score(ann, id, 5)
	w.score(boss, id, 1) // stands beside the count
	w.score(ben, id, 2)
	got := w.score(ann, id, 4)
	want := votes.Tally{Idea: id, Voters: 2, Scores: votes.Scores{0, 1, 0, 1, 0}, Staff: 1, Revision: 4}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if mean, ok := got.Scores.Mean(); !ok || mean != 3 {
		t.Errorf("mean %v", mean)
	}
	got, err := w.votes.Retract(t.Context(), ben, id)
	want.Voters, want.Scores, want.Revision = 1, votes.Scores{0, 0, 0, 1, 0}, 5
	if err != nil || got != want {
		t.Errorf("retracted: %+v (%v), want %+v", got, err, want)
	}
	mine, err := w.votes.Mine(t.Context(), ann, []ideas.ID{id})
	if err != nil || mine[id].Score != 4 {
		t.Errorf("my vote: %+v (%v)", mine[id], err)
	}
	w.exact()
}

func TestABallotOfTheWrongKindOrTimeIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	running, coming, over := w.challenge(challenges.Score, "", -time.Hour, time.Hour), w.challenge(challenges.Score, "", time.Hour, 2*time.Hour), w.challenge(challenges.Support, "", -2*time.Hour, -time.Hour)
	scored, free := w.entry(running), w.idea(w.person())
	ann := w.person()
	for _, c := range []struct {
		name  string
		on    ideas.ID
		score int
		want  *fault.Fault
	}{
		{"too high", scored, 6, votes.ErrScoreRange},
		{"below none", scored, -1, votes.ErrScoreRange},
		{"support where a score is asked", scored, 0, votes.ErrScoreWanted},
		{"a score where support is asked", free, 3, votes.ErrNoScore},
		{"before the voting", w.entry(coming), 3, votes.ErrEarly},
		{"after the voting", w.entry(over), 0, votes.ErrLate},
	} {
		for _, confirmed := range []bool{true, false} {
			actor := ann
			actor.Confirmed = confirmed
			_, err := w.votes.Cast(t.Context(), actor, c.on, votes.Choice{Score: c.score})
			if !errors.Is(err, c.want) {
				t.Errorf("%s, confirmed %v: %v, want %s", c.name, confirmed, err, c.want.Code)
			}
		}
	}
	if n := w.count(`SELECT count(*) FROM votes`) + w.count(`SELECT count(*) FROM vote_events`) + w.count(`SELECT count(*) FROM waiting_votes`); n != 0 {
		t.Errorf("%d rows of what was refused", n)
	}
}

func TestAVoteThatWaitedPastTheEndComesTooLate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.challenge(challenges.Support, "", -time.Hour, time.Hour)
	id := w.entry(in)
	tx := w.db.MustBegin()
	tx.MustExec(`SELECT 1 FROM tallies WHERE idea_id = $1 FOR UPDATE`, id) // the batch must wait for this
	answer := make(chan error, 1)
	go func() {
		_, err := w.votes.Cast(t.Context(), w.person(), id, votes.Choice{})
		answer <- err
	}()
	for w.count(`SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`) == 0 {
	}
	tx.MustExec(`UPDATE challenges SET entries_close_at = now() - interval '1 second', voting_close_at = now() - interval '1 second', results_at = now() WHERE id = $1`, in)
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := <-answer; !errors.Is(err, votes.ErrLate) {
		t.Errorf("after the end: %v", err)
	}
}

func TestWhoIsBarredMayNotVoteUntilThen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, ann, ben := w.idea(w.person()), w.person(), w.person()
	w.db.MustExec(`UPDATE accounts SET barred_until = now() + interval '1 hour' WHERE id = $1`, ann.ID)
	if _, err := w.votes.Cast(t.Context(), ann, id, votes.Choice{}); !errors.Is(err, votes.ErrBarred) {
		t.Errorf("barred: %v", err)
	}
	w.cast(ben, id, false)
	w.db.MustExec(`UPDATE accounts SET barred_until = now() WHERE id = $1`, ann.ID)
	if got := w.cast(ann, id, false); got.Voters != 2 {
		t.Errorf("afterwards: %+v", got)
	}
}

func TestASealedTallyIsForNobodyOrForWhoVoted(t *testing.T) {
	t.Parallel()
	full := votes.Tally{Idea: 7, Voters: 3, Scores: votes.Scores{0, 1, 0, 0, 2}, WouldBuy: 1, Staff: 2, Revision: 9}
	for _, c := range []struct {
		seal  challenges.Seal
		voted bool
		open  bool
	}{
		{challenges.Unsealed, false, true},
		{challenges.UntilClose, true, false},
		{challenges.UntilVoted, false, false},
		{challenges.UntilVoted, true, true},
	} {
		sealed := full
		sealed.Seal = c.seal
		want := votes.Tally{Idea: 7, Seal: c.seal}
		if c.open {
			want = full
		}
		if got := sealed.Seen(c.voted); got != want {
			t.Errorf("%q, voted %v: %+v", c.seal, c.voted, got)
		}
	}
}

func TestASealHoldsUntilTheVotingCloses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.challenge(challenges.Score, challenges.UntilClose, -time.Hour, time.Hour)
	id := w.entry(in)
	if got := w.score(w.person(), id, 5); got.Seal != challenges.UntilClose || got.Voters != 1 {
		t.Errorf("while it goes on: %+v", got)
	}
	w.db.MustExec(`UPDATE challenges SET entries_close_at = now(), voting_close_at = now(), results_at = now() WHERE id = $1`, in)
	if got, err := w.votes.Tally(t.Context(), id); err != nil || got.Seal != challenges.Unsealed || got.Voters != 1 {
		t.Errorf("afterwards: %+v (%v)", got, err)
	}
}

func TestAKeptScoreIsCastOnceTheAddressIsConfirmed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, account := w.entry(w.challenge(challenges.Score, "", -time.Hour, time.Hour)), w.account()
	actor := accounts.As(account)
	actor.Confirmed = false
	if _, err := w.votes.Cast(t.Context(), actor, id, votes.Choice{Score: 4}); !errors.Is(err, votes.ErrUnconfirmed) {
		t.Fatal(err)
	}
	if err := w.votes.CastKept(t.Context(), account); err != nil {
		t.Fatal(err)
	}
	if got, err := w.votes.Tally(t.Context(), id); err != nil || got.Scores != (votes.Scores{0, 0, 0, 1, 0}) {
		t.Errorf("%+v (%v)", got, err)
	}
}

func TestThreeFivesDoNotBeatAThousandFours(t *testing.T) {
	t.Parallel()
	few, _ := votes.Shrunk(votes.Scores{0, 0, 0, 0, 3}, 3, 100)
	many, _ := votes.Shrunk(votes.Scores{0, 0, 0, 1000, 0}, 3, 100)
	if few >= many {
		t.Errorf("three 5s come to %.2f, a thousand 4s to %.2f", few, many)
	}
	if _, ok := votes.Shrunk(votes.Scores{}, 3, 100); ok {
		t.Error("no scores have a mean")
	}
}

// TestTheOrderByScoreIsShrunkAsTheFormulaSays compares what the database ranks
// by with the formula in Go.
func TestTheOrderByScoreIsShrunkAsTheFormulaSays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := w.challenge(challenges.Score, "", -time.Hour, time.Hour)
	given := map[ideas.ID][]int{w.entry(in): {5, 5}, w.entry(in): {4, 4, 4, 4, 4, 3}, w.entry(in): {1, 2, 3}, w.entry(in): {}}
	var all votes.Scores
	for id, scores := range given {
		for _, s := range scores {
			w.score(w.person(), id, s)
			all[s-1]++
		}
	}
	ranker := w.ranker()
	if err := ranker.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	mean, _ := all.Mean()
	const weight = 3 // the median of 2, 3 and 6
	for id, scores := range given {
		var own votes.Scores
		for _, s := range scores {
			own[s-1]++
		}
		want, scored := votes.Shrunk(own, mean, weight)
		var got *float64
		if err := w.db.GetContext(t.Context(), &got, `SELECT score FROM ranks WHERE idea_id = $1`, id); err != nil {
			t.Fatal(err)
		}
		if (got != nil) != scored || got != nil && (*got-want > 1e-9 || want-*got > 1e-9) {
			t.Errorf("%v: %v, want %v", scores, got, want)
		}
	}
}
