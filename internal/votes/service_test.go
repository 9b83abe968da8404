package votes_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
)

func TestAVoteIsInTheTallyItIsAnsweredWith(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	idea, ann, ben, boss := w.idea(w.person()), w.person(), w.person(), w.person(accounts.Team)

	steps := []struct {
		what string
		do   func() votes.Tally
		want votes.Tally
	}{
		{"Ann supports it", func() votes.Tally { return w.cast(ann, idea, false) }, votes.Tally{Voters: 1, Revision: 1}},
		{"again changes nothing", func() votes.Tally { return w.cast(ann, idea, false) }, votes.Tally{Voters: 1, Revision: 1}},
		{"she would buy it", func() votes.Tally { return w.cast(ann, idea, true) }, votes.Tally{Voters: 1, WouldBuy: 1, Revision: 2}},
		{"Ben too", func() votes.Tally { return w.cast(ben, idea, true) }, votes.Tally{Voters: 2, WouldBuy: 2, Revision: 3}},
		{"staff stands apart", func() votes.Tally { return w.cast(boss, idea, true) }, votes.Tally{Voters: 2, WouldBuy: 2, Staff: 1, Revision: 4}},
		{"Ann would not buy it", func() votes.Tally { return w.cast(ann, idea, false) }, votes.Tally{Voters: 2, WouldBuy: 1, Staff: 1, Revision: 5}},
		{"Ben retracts", func() votes.Tally { return w.retract(ben, idea) }, votes.Tally{Voters: 1, Staff: 1, Revision: 6}},
		{"twice", func() votes.Tally { return w.retract(ben, idea) }, votes.Tally{Voters: 1, Staff: 1, Revision: 6}},
		{"staff retracts", func() votes.Tally { return w.retract(boss, idea) }, votes.Tally{Voters: 1, Revision: 7}},
	}
	for _, s := range steps {
		s.want.Idea = idea
		if diff := cmp.Diff(s.want, s.do()); diff != "" {
			t.Fatalf("%s (-want +got):\n%s", s.what, diff)
		}
		stored, err := w.votes.Tally(t.Context(), idea)
		if diff := cmp.Diff(s.want, stored); diff != "" || err != nil {
			t.Fatalf("%s, stored: %v (-want +got):\n%s", s.what, err, diff)
		}
		w.exact()
	}
}

func (w *world) retract(by accounts.Actor, on ideas.ID) votes.Tally {
	w.t.Helper()
	tally, err := w.votes.Retract(w.t.Context(), by, on)
	if err != nil {
		w.t.Fatal(err)
	}
	return tally
}

func TestWhoBecomesStaffMovesBesideTheCountWithTheNextVote(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	idea, account := w.idea(w.person()), w.account()
	w.cast(accounts.As(account), idea, true)
	account.RoleNames = append(account.RoleNames, string(accounts.Team))
	if got, want := w.cast(accounts.As(account), idea, true), (votes.Tally{Idea: idea, Staff: 1, Revision: 2}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	w.exact()
}

func TestAVoteSetApartStaysApartWhenItsOwnerVotesAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	idea, ann := w.idea(w.person()), w.person()
	w.cast(ann, idea, false)
	w.db.MustExec(`WITH apart AS (UPDATE votes SET counts = false) UPDATE tallies SET voters = 0`)
	if got := w.cast(ann, idea, true); got.Voters != 0 || got.WouldBuy != 0 {
		t.Errorf("got %+v, want no voter", got)
	}
	w.exact()
	w.retract(ann, idea)
	w.exact()
}

func TestARefusedVoteSaysWhy(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owner, ann, boss := w.person(), w.person(), w.person(accounts.Team)
	unconfirmed := w.person()
	unconfirmed.Confirmed = false
	in := func(to ideas.Status) ideas.ID {
		id := w.idea(owner)
		w.decide(boss, id, to)
		return id
	}
	draft, err := w.ideas.SaveDraft(t.Context(), owner, 0, ideas.Text{Title: "Not ready"})
	if err != nil {
		t.Fatal(err)
	}
	hidden, withdrawn := w.idea(owner), w.idea(owner)
	w.db.MustExec(`UPDATE ideas SET hidden = true WHERE id = $1`, hidden)
	if err := w.ideas.Withdraw(t.Context(), owner, withdrawn); err != nil {
		t.Fatal(err)
	}
	w.db.MustExec(`INSERT INTO topics (slug, name_en, name_nl, held) VALUES ('home', 'Home', 'Thuis', true)`)
	held, err := w.ideas.Propose(t.Context(), owner, 0, ideas.Text{Title: "Held back", Story: "Some twenty characters of story.", Topic: "home", Accept: true})
	if err != nil || held.Status != ideas.Held {
		t.Fatalf("%s: %v", held.Status, err)
	}
	for _, c := range []struct {
		name  string
		actor accounts.Actor
		on    ideas.ID
		want  error
	}{
		{"visitor", accounts.Actor{}, w.idea(owner), votes.ErrSignIn},
		{"not confirmed", unconfirmed, w.idea(owner), votes.ErrUnconfirmed},
		{"own idea", owner, w.idea(owner), votes.ErrOwnIdea},
		{"under review is open", ann, in(ideas.UnderReview), nil},
		{"shortlisted is open", ann, in(ideas.Shortlisted), nil},
		{"declined", ann, in(ideas.Declined), votes.ErrClosed},
		{"parked", ann, in(ideas.Parked), votes.ErrClosed},
		{"adopted", ann, in(ideas.Adopted), votes.ErrClosed},
		{"draft", ann, draft, ideas.ErrNotFound},
		{"held", ann, held.ID, ideas.ErrNotFound},
		{"hidden", ann, hidden, ideas.ErrNotFound},
		{"hidden, not confirmed", unconfirmed, hidden, ideas.ErrNotFound},
		{"withdrawn", ann, withdrawn, votes.ErrWithdrawn},
		{"missing", ann, 999_999, ideas.ErrNotFound},
	} {
		if _, err := w.votes.Cast(t.Context(), c.actor, c.on, votes.Choice{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if c.want == nil || fault.Of(c.want).Code == votes.ErrUnconfirmed.Code {
			continue
		}
		if _, err := w.votes.Retract(t.Context(), c.actor, c.on); !errors.Is(err, c.want) {
			t.Errorf("%s, retract: %v, want %v", c.name, err, c.want)
		}
	}
	if n := w.count(`SELECT count(*) FROM votes`); n != 2 {
		t.Errorf("%d votes stored, want the two allowed", n)
	}
	w.exact()
}

func TestAVoteStaysWhenItsIdeaCloses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	idea, ann, boss := w.idea(w.person()), w.person(), w.person(accounts.Team)
	w.cast(ann, idea, true)
	w.decide(boss, idea, ideas.Parked)
	if _, err := w.votes.Retract(t.Context(), ann, idea); !errors.Is(err, votes.ErrClosed) {
		t.Errorf("retract on a closed idea: %v", err)
	}
	w.decide(boss, idea, ideas.Open)
	if got := w.cast(w.person(), idea, false); got.Voters != 2 {
		t.Errorf("%d voters after reopening, want 2", got.Voters)
	}
	mine, err := w.votes.Mine(t.Context(), ann, []ideas.ID{idea, 77})
	if err != nil || len(mine) != 1 || !mine[idea].WouldBuy {
		t.Errorf("mine: %+v (%v)", mine, err)
	}
	if mine, err := w.votes.Mine(t.Context(), accounts.Actor{}, []ideas.ID{idea}); len(mine) != 0 || err != nil {
		t.Errorf("a visitor's: %+v (%v)", mine, err)
	}
}

func TestADeletedIdeaTakesItsVotesAlong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	idea, other := w.idea(w.person()), w.idea(w.person())
	w.cast(w.person(), idea, true)
	w.cast(w.person(), other, true)
	w.db.MustExec(`DELETE FROM ideas WHERE id = $1`, idea)
	if n, err := w.votes.Orphans(t.Context()); n != 0 || err != nil {
		t.Errorf("%d orphans (%v)", n, err)
	}
	if n := w.count(`SELECT count(*) FROM tallies`) + w.count(`SELECT count(*) FROM ranks`) + w.count(`SELECT count(*) FROM votes`); n != 3 {
		t.Errorf("%d rows left, want those of the other idea alone", n)
	}
}
