package votes_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
)

// replay compares with the ledger, or restores from it.
func (w *world) replay(repair bool) votes.Replay {
	w.t.Helper()
	steps := 0
	found, err := w.votes.ReplayLedger(w.t.Context(), repair, func(done, total int) { steps = done })
	if err != nil || steps == 0 {
		w.t.Fatalf("replay in %d steps: %v", steps, err)
	}
	return found
}

// busy casts, replaces and retracts at random on two kinds of idea.
func (w *world) busy() (support, scored ideas.ID) {
	w.t.Helper()
	support, scored = w.idea(w.person()), w.entry(w.challenge(challenges.Score, "", -time.Hour, time.Hour))
	people := []accounts.Actor{w.person(), w.person(), w.person(), w.person(accounts.Team)}
	for range 60 {
		by := people[rand.IntN(len(people))]
		switch rand.IntN(3) {
		case 0:
			w.cast(by, support, rand.IntN(2) == 0)
		case 1:
			w.score(by, scored, 1+rand.IntN(votes.MaxScore))
		default:
			on := []ideas.ID{support, scored}[rand.IntN(2)]
			if _, err := w.votes.Retract(w.t.Context(), by, on); err != nil {
				w.t.Fatal(err)
			}
		}
	}
	return support, scored
}

func TestTheLedgerReplaysToTheSameTallies(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	support, _ := w.busy()
	if got := w.replay(false); !got.Exact() {
		t.Errorf("%+v", got)
	}
	before := w.count(`SELECT count(*) FROM vote_events`)
	ann := w.person()
	w.cast(ann, support, true)
	w.cast(ann, support, true) // changes nothing, so it is no event
	if n := w.count(`SELECT count(*) FROM vote_events`) - before; n != 1 {
		t.Errorf("%d events of one change", n)
	}
}

func TestVotesAreRestoredFromTheLedger(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	support, scored := w.busy()
	ann := w.person()
	w.cast(ann, support, true)
	w.score(ann, scored, 2)
	const state = `SELECT idea_id, voter_id, coalesce(score, 0) AS score, would_buy, staff, counts FROM votes ORDER BY 1, 2`
	type row struct {
		Idea     int64 `db:"idea_id"`
		Voter    int64 `db:"voter_id"`
		Score    int   `db:"score"`
		WouldBuy bool  `db:"would_buy"`
		Staff    bool  `db:"staff"`
		Counts   bool  `db:"counts"`
	}
	read := func() (list []row) {
		if err := w.db.SelectContext(t.Context(), &list, state); err != nil {
			t.Fatal(err)
		}
		return list
	}
	want := read()
	w.db.MustExec(`UPDATE votes SET score = 5 WHERE idea_id = $1 AND voter_id = $2`, scored, ann.ID)
	w.db.MustExec(`DELETE FROM votes WHERE idea_id = $1 AND voter_id = $2`, support, ann.ID)
	w.db.MustExec(`INSERT INTO votes (idea_id, voter_id) VALUES ($1, 987654)`, support)
	w.db.MustExec(`UPDATE tallies SET voters = voters + 3 WHERE idea_id = $1`, support)

	found := w.replay(false)
	if diff := cmp.Diff([]ideas.ID{support, scored}, found.Votes); diff != "" {
		t.Errorf("ideas with a wrong vote (-want +got):\n%s", diff)
	}
	if len(found.Tallies) != 1 || found.Tallies[0].Idea != support {
		t.Errorf("wrong tallies: %+v", found.Tallies)
	}
	w.replay(true)
	if diff := cmp.Diff(want, read()); diff != "" {
		t.Errorf("restored (-want +got):\n%s", diff)
	}
	if got := w.replay(false); !got.Exact() {
		t.Errorf("afterwards: %+v", got)
	}
	w.exact()
}

// TestAVoteOlderThanTheLedgerVouchesForItself drops the months that hold its
// event, as an operator may.
func TestAVoteOlderThanTheLedgerVouchesForItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.busy()
	w.db.MustExec(`UPDATE votes SET cast_at = vote_events_begin() - interval '1 day'`)
	var months []string
	if err := w.db.SelectContext(t.Context(), &months, `SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'vote_events'::regclass ORDER BY 1`); err != nil {
		t.Fatal(err)
	}
	for _, month := range months[:2] { // the last month and this one
		w.db.MustExec(`DROP TABLE ` + month)
	}
	w.db.MustExec(`UPDATE votes SET cast_at = now() - interval '62 days'`)
	if got := w.replay(false); !got.Exact() {
		t.Errorf("%+v", got)
	}
	if made, err := w.votes.MakeRoom(t.Context()); err != nil || made != 1 {
		t.Errorf("%d months made (%v), want this one", made, err)
	}
}

func TestTheLedgerIsAppendOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.cast(w.person(), w.idea(w.person()), false)
	var month string
	if err := w.db.GetContext(t.Context(), &month, `SELECT tableoid::regclass::text FROM vote_events`); err != nil {
		t.Fatal(err)
	}
	for _, change := range []string{`UPDATE vote_events SET counts = false`, `DELETE FROM vote_events`, `TRUNCATE vote_events`, `DELETE FROM ` + month, `TRUNCATE ` + month} {
		if _, err := w.db.Exec(change); err == nil || !strings.Contains(err.Error(), "append only") {
			t.Errorf("%s: %v", change, err)
		}
	}
}

func TestTheLedgerHasRoomForAYear(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if n := w.count(`SELECT count(*) FROM pg_inherits WHERE inhparent = 'vote_events'::regclass`); n != 14 {
		t.Errorf("%d months, want the last, this one and a year", n)
	}
	if made, err := w.votes.MakeRoom(t.Context()); made != 0 || err != nil {
		t.Errorf("made %d more (%v)", made, err)
	}
	if n := w.count(`SELECT (vote_events_begin() = date_trunc('month', now() AT TIME ZONE 'UTC' - interval '1 month') AT TIME ZONE 'UTC')::int`); n != 1 {
		t.Error("the ledger begins elsewhere")
	}
}
