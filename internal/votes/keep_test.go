package votes_test

import (
	"errors"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
)

func (w *world) unconfirmed() (accounts.Account, accounts.Actor) {
	account := w.account()
	actor := accounts.As(account)
	actor.Confirmed = false
	return account, actor
}

func TestAVoteThatWaitsIsCastOnceItsOwnerConfirms(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	account, actor := w.unconfirmed()
	closing, dropped, kept, refused := w.idea(w.person()), w.idea(w.person()), w.idea(w.person()), w.idea(w.person())
	for _, id := range []ideas.ID{closing, dropped, kept} {
		from := votes.Origin{Address: -7 << 50, Network: 8 << 50, Browser: "firefox", Referrer: "news.example"}
		if cast, err := w.votes.Keep(t.Context(), actor, id, votes.Choice{WouldBuy: true, From: from}); cast || err != nil {
			t.Fatalf("keep: %v, %v", cast, err)
		}
	}
	if _, err := w.votes.Cast(t.Context(), actor, refused, votes.Choice{}); !errors.Is(err, votes.ErrUnconfirmed) {
		t.Fatalf("cast: %v", err)
	}
	if got := w.retract(actor, dropped); got.Voters != 0 {
		t.Errorf("retracted: %+v", got)
	}
	if n := w.count(`SELECT count(*) FROM votes`); n != 0 {
		t.Fatalf("%d votes counted before the address was confirmed", n)
	}
	w.decide(w.person(accounts.Team), closing, ideas.Parked)
	for range 2 { // the fact may be delivered twice
		if err := w.votes.CastKept(t.Context(), account); err != nil {
			t.Fatal(err)
		}
	}
	mine, err := w.votes.Mine(t.Context(), accounts.As(account), []ideas.ID{closing, dropped, kept, refused})
	_, castLater := mine[refused]
	if err != nil || len(mine) != 2 || !mine[kept].WouldBuy || !castLater {
		t.Errorf("votes cast: %+v (%v), want those on %d and %d", mine, err, kept, refused)
	}
	if n := w.count(`SELECT count(*) FROM votes WHERE idea_id = $1 AND address = -7::bigint << 50 AND network = 8::bigint << 50 AND browser = 'firefox' AND referrer = 'news.example'`, kept); n != 1 {
		t.Error("where the vote came from was forgotten while it waited")
	}
	if n := w.count(`SELECT count(*) FROM waiting_votes`); n != 0 {
		t.Errorf("%d votes still wait", n)
	}
	w.exact()
}

func TestOnlyAVoteThatCouldCountIsKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	account, actor := w.unconfirmed()
	closed, own := w.idea(w.person()), w.idea(accounts.As(account))
	w.decide(w.person(accounts.Team), closed, ideas.Parked)
	for on, want := range map[ideas.ID]error{closed: votes.ErrClosed, own: votes.ErrOwnIdea, 999: ideas.ErrNotFound} {
		if _, err := w.votes.Keep(t.Context(), actor, on, votes.Choice{}); !errors.Is(err, want) {
			t.Errorf("idea %d: %v, want %v", on, err, want)
		}
	}
	if _, err := w.votes.Keep(t.Context(), accounts.Actor{}, closed, votes.Choice{}); !errors.Is(err, votes.ErrSignIn) {
		t.Errorf("visitor: %v", err)
	}
	if n := w.count(`SELECT count(*) FROM waiting_votes`); n != 0 {
		t.Errorf("%d votes kept", n)
	}
}

func TestKeepCastsAtOnceForWhoIsConfirmed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	idea, ann := w.idea(w.person()), w.person()
	if cast, err := w.votes.Keep(t.Context(), ann, idea, votes.Choice{WouldBuy: true}); !cast || err != nil {
		t.Fatalf("keep: %v, %v", cast, err)
	}
	if got, err := w.votes.Tally(t.Context(), idea); got.WouldBuy != 1 || err != nil {
		t.Errorf("%+v (%v)", got, err)
	}
}

func TestAKeptVoteSurvivesABusyServer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	account, actor := w.unconfirmed()
	idea := w.idea(w.person())
	if _, err := w.votes.Keep(t.Context(), actor, idea, votes.Choice{}); err != nil {
		t.Fatal(err)
	}
	if err := w.writer.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := w.votes.CastKept(t.Context(), account); fault.Of(err).Kind != fault.Busy {
		t.Errorf("cast by a stopping server: %v", err)
	}
	again := votes.NewService(w.db, w.newWriter(w.db))
	if err := again.CastKept(t.Context(), account); err != nil {
		t.Fatal(err)
	}
	if got, err := again.Tally(t.Context(), idea); got.Voters != 1 || err != nil {
		t.Errorf("%+v (%v)", got, err)
	}
}
