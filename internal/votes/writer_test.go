package votes_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"testing"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/votes"
)

// pause holds the tally of an idea of each lane, and sends ballots that wait: what
// is queued until the returned function is called becomes one batch of its lane.
func (w *world) pause() (resume func()) {
	w.t.Helper()
	by := w.person()
	tx := w.db.MustBegin()
	w.t.Cleanup(func() { _ = tx.Rollback() })
	var first sync.WaitGroup
	for lane := range votes.TestLanes {
		on := w.ideaIn(lane)
		tx.MustExec(`SELECT 1 FROM tallies WHERE idea_id = $1 FOR UPDATE`, on)
		first.Go(func() {
			if _, err := w.votes.Cast(w.t.Context(), by, on, votes.Choice{}); err != nil {
				w.t.Error(err)
			}
		})
	}
	for w.waiting() < votes.TestLanes {
		runtime.Gosched()
	}
	return func() { _ = tx.Rollback(); first.Wait() }
}

// ideaIn proposes ideas until one takes that lane.
func (w *world) ideaIn(lane int) ideas.ID {
	w.t.Helper()
	for {
		if id := w.idea(w.person()); int(id)%votes.TestLanes == lane {
			return id
		}
	}
}

// waiting is how many statements of this database wait for a lock.
func (w *world) waiting() int {
	return w.count(`SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`)
}

// reply is what one ballot was answered with.
type reply struct {
	tally votes.Tally
	err   error
}

// queue sends ballots in this order, and gives their answers once all came.
func (w *world) queue(ballots ...votes.Ballot) func() []reply {
	w.t.Helper()
	replies := make([]reply, len(ballots))
	var all sync.WaitGroup
	for i, b := range ballots {
		before := w.writer.Queued()
		all.Go(func() { replies[i].tally, replies[i].err = w.writer.Write(w.t.Context(), b) })
		for w.writer.Queued() == before {
			runtime.Gosched()
		}
	}
	return func() []reply { all.Wait(); return replies }
}

func TestTheLastChoiceOfABatchWinsAndBothLearnTheSameTally(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	idea, other, ann, ben := w.idea(w.person()), w.idea(w.person()), w.person(), w.person()
	resume := w.pause()
	answers := w.queue(
		votes.Ballot{Idea: idea, Voter: ann.ID, Choice: votes.Choice{WouldBuy: true}},
		votes.Ballot{Idea: idea, Voter: ben.ID},
		votes.Ballot{Idea: other, Voter: ben.ID},
		votes.Ballot{Idea: idea, Voter: ann.ID, Retract: true},
		votes.Ballot{Idea: idea, Voter: ann.ID},
		votes.Ballot{Idea: other, Voter: ben.ID, Retract: true},
		votes.Ballot{Idea: 424242, Voter: ben.ID},
	)
	resume()
	replies := answers()
	want := votes.Tally{Idea: idea, Voters: 2, Revision: 1}
	for _, i := range []int{0, 1, 3, 4} {
		if replies[i].err != nil || replies[i].tally != want {
			t.Errorf("answer %d: %+v (%v), want %+v", i, replies[i].tally, replies[i].err, want)
		}
	}
	for _, i := range []int{2, 5} {
		if replies[i].err != nil || replies[i].tally != (votes.Tally{Idea: other}) {
			t.Errorf("answer %d: %+v (%v), want an untouched tally", i, replies[i].tally, replies[i].err)
		}
	}
	if !errors.Is(replies[6].err, ideas.ErrNotFound) {
		t.Errorf("missing idea: %v", replies[6].err)
	}
	w.exact()
}

// TestAPoisonedRowFailsOneVoter uses a tally that cannot grow any more: its
// ballot makes the statement of the whole batch fail.
func TestAPoisonedRowFailsOneVoter(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	sick, well, voter := w.ideaIn(0), w.ideaIn(0), w.person()
	w.db.MustExec(`UPDATE tallies SET voters = 2147483647 WHERE idea_id = $1`, sick)
	resume := w.pause()
	answers := w.queue(
		votes.Ballot{Idea: well, Voter: voter.ID},
		votes.Ballot{Idea: sick, Voter: voter.ID},
		votes.Ballot{Idea: well, Voter: voter.ID, Choice: votes.Choice{WouldBuy: true}},
	)
	resume()
	replies := answers()
	if replies[0].err != nil || replies[2].err != nil || replies[2].tally.WouldBuy != 1 {
		t.Errorf("the others: %+v", replies)
	}
	if fault.Of(replies[1].err).Kind != fault.Internal || replies[1].err == nil {
		t.Errorf("the poisoned one: %v", replies[1].err)
	}
	if n := w.count(`SELECT count(*) FROM votes WHERE idea_id = $1`, sick); n != 0 {
		t.Errorf("%d votes of a statement that failed", n)
	}
	if got := w.cast(w.person(), well, false); got.Voters != 2 {
		t.Errorf("the writer goes on with %+v", got)
	}
}

func TestAFullQueueIsBusyAndSaysWhenToTryAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	idea := w.idea(w.person())
	resume := w.pause()
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for voter := range votes.QueueSize {
		if _, err := w.writer.Write(gone, votes.Ballot{Idea: idea, Voter: accounts.ID(voter + 1_000_000)}); fault.Of(err).Kind != fault.Busy {
			t.Fatalf("ballot %d of somebody who left: %v", voter, err)
		}
	}
	_, err := w.writer.Write(t.Context(), votes.Ballot{Idea: idea, Voter: 1})
	if refusal := fault.Of(err); !errors.Is(err, votes.ErrBusy) || refusal.RetryAfter <= 0 {
		t.Errorf("a full queue: %+v", refusal)
	}
	resume()
	if err := w.writer.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, err := w.votes.Tally(t.Context(), idea); err != nil || got.Voters != votes.QueueSize {
		t.Errorf("%+v (%v), want the vote of each who left", got, err)
	}
	w.exact()
}

func TestStopAnswersEverybodyAndRefusesAfter(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	idea := w.idea(w.person())
	resume := w.pause()
	var ballots []votes.Ballot
	for voter := range 50 {
		ballots = append(ballots, votes.Ballot{Idea: idea, Voter: accounts.ID(1_000_000 + voter)})
	}
	answers := w.queue(ballots...)
	hurried, cancel := context.WithCancel(t.Context())
	cancel()
	if err := w.writer.Stop(hurried); !errors.Is(err, context.Canceled) {
		t.Errorf("stopping in no time: %v", err)
	}
	if _, err := w.writer.Write(t.Context(), votes.Ballot{Idea: idea, Voter: 1}); !errors.Is(err, votes.ErrStopping) || fault.Of(err).RetryAfter <= 0 {
		t.Errorf("after Stop: %v", err)
	}
	resume()
	if err := w.writer.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	for i, r := range answers() {
		if r.err != nil || r.tally.Voters != len(ballots) {
			t.Errorf("answer %d: %+v (%v)", i, r.tally, r.err)
		}
	}
}

func TestPublishLearnsRisingRevisionsOfWhatChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	list := []ideas.ID{w.idea(w.person()), w.idea(w.person()), w.idea(w.person())}
	var all sync.WaitGroup
	for voter := range 40 {
		actor := w.person()
		all.Go(func() {
			for round := range 6 {
				on := list[(voter+round)%len(list)]
				b := votes.Ballot{Idea: on, Voter: actor.ID, Retract: round%3 == 2, Choice: votes.Choice{WouldBuy: round%2 == 0}}
				if _, err := w.writer.Write(t.Context(), b); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	latest := map[ideas.ID]votes.Tally{}
	for len(w.heard) > 0 {
		for _, tally := range <-w.heard {
			if before := latest[tally.Idea]; tally.Revision <= before.Revision {
				t.Errorf("idea %d went from revision %d to %d", tally.Idea, before.Revision, tally.Revision)
			}
			latest[tally.Idea] = tally
		}
	}
	stored, err := w.votes.Tallies(t.Context(), list)
	if err != nil || len(stored) != len(list) {
		t.Fatalf("%d tallies: %v", len(stored), err)
	}
	for _, s := range stored {
		if latest[s.Idea] != s {
			t.Errorf("last heard %+v, stored %+v", latest[s.Idea], s)
		}
	}
}

// TestADatabaseThatIsAwayIsTheWholeBatchsTrouble sees the writer tell everybody
// at once, and serve again when the database is back.
func TestADatabaseThatIsAwayIsTheWholeBatchsTrouble(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	idea, ann := w.idea(w.person()), w.person()
	w.cast(ann, idea, false)
	cut(t, w.db)
	if got := w.cast(ann, idea, true); got.WouldBuy != 1 {
		t.Errorf("after all connections broke: %+v", got)
	}
	w.exact()
}

// TestALockedTallyCostsTheOthersAWaitAndNotTheirVotes holds one idea's tally
// for longer than a lock is waited for.
func TestALockedTallyCostsTheOthersAWaitAndNotTheirVotes(t *testing.T) {
	t.Parallel()
	db, dsn := pgtest.NewWithDSN(t)
	w := worldOn(t, db)
	impatient, err := pg.Open(t.Context(), dsn+"&lock_timeout=100")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = impatient.Close() })
	w.writer = w.newWriter(impatient)
	held, free, ann := w.ideaIn(0), w.ideaIn(0), w.person()
	tx := db.MustBegin()
	defer func() { _ = tx.Rollback() }()
	tx.MustExec(`SELECT 1 FROM tallies WHERE idea_id = $1 FOR UPDATE`, held)

	first := make(chan error)
	go func() {
		_, err := w.writer.Write(t.Context(), votes.Ballot{Idea: held, Voter: ann.ID})
		first <- err
	}()
	for w.waiting() == 0 {
		runtime.Gosched()
	}
	replies := w.queue(votes.Ballot{Idea: held, Voter: w.person().ID}, votes.Ballot{Idea: free, Voter: ann.ID})()

	if err := <-first; !errors.Is(err, votes.ErrBusy) {
		t.Errorf("alone on a held tally: %v, want busy", err)
	}
	if !errors.Is(replies[0].err, votes.ErrBusy) || replies[1].err != nil || replies[1].tally.Voters != 1 {
		t.Errorf("held and free in one batch: %+v, want busy and a vote", replies)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if _, err := w.writer.Write(t.Context(), votes.Ballot{Idea: held, Voter: ann.ID}); err != nil {
		t.Errorf("once it was let go: %v", err)
	}
	w.exact()
}

func cut(t *testing.T, db *sqlx.DB) {
	t.Helper()
	tx := db.MustBegin()
	defer func() { _ = tx.Rollback() }()
	tx.MustExec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`)
}
