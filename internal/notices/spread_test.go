package notices_test

import (
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

func TestADecisionIsToldToEverybodyItConcernsOnce(t *testing.T) {
	t.Parallel()
	b := open(t)
	idea := b.idea(t)
	voters := b.voters(t, idea, 25)
	fan := b.somebody(t, "fan")
	for _, who := range []accounts.Actor{fan, b.ann} { // ann follows her own, and one of the voters does too
		if err := b.Follow(t.Context(), who, idea); err != nil {
			t.Fatal(err)
		}
	}
	b.exec(t, `INSERT INTO follows (idea_id, account_id) VALUES ($1, $2)`, idea, voters[3])
	b.PagesOf(10)

	b.decide(t, idea, ideas.Declined, "too_costly")
	b.deliver(t)

	b.once(t, append(names(25), "fan", "ann")...)
	for _, l := range b.sent {
		why := map[string]string{"fan@example.org": "follower", "ann@example.org": "contributor", "voter-4@example.org": "follower"}[l.Email]
		if why == "" {
			why = "voter"
		}
		if l.Why != why || l.Kind != notices.Decided || l.Data["reason"] != "too_costly" || l.Title != "A kettle that whistles" {
			t.Errorf("%s was told %+v", l.Email, l.Notice)
		}
	}
}

func TestAPageThatIsSpreadTwiceTellsNobodyTwice(t *testing.T) {
	t.Parallel()
	b := open(t)
	idea := b.idea(t)
	b.voters(t, idea, 12)
	b.PagesOf(5)
	fact := notices.Fact{Kind: notices.Merged, Key: "merge:1", Idea: idea, Also: notices.Voters}
	for range 3 {
		if err := b.Tell(t.Context(), b.db, fact); err != nil {
			t.Fatal(err)
		}
		if err := b.Spread(t.Context(), notices.Page{Fact: fact, Circle: 4}); err != nil {
			t.Fatal(err)
		}
	}

	b.deliver(t)

	b.once(t, names(12)...)
}

func TestNothingIsToldOfAChangeThatRolledBack(t *testing.T) {
	t.Parallel()
	b := open(t)
	idea := b.idea(t)
	_ = pg.InTx(t.Context(), b.db, func(tx pg.Q) error {
		if err := b.Tell(t.Context(), tx, notices.Fact{Kind: notices.Merged, Key: "x", Idea: idea, Also: notices.Contributor}); err != nil {
			t.Error(err)
		}
		return errDown
	})
	b.deliver(t)
	b.once(t)
}

func TestWhoDidItAndWhoHasNoAddressAreNotTold(t *testing.T) {
	t.Parallel()
	b := open(t)
	idea := b.idea(t)
	b.voters(t, idea, 2)
	b.exec(t, `UPDATE accounts SET email = NULL, email_key = NULL WHERE handle = 'voter-2'`) // erased
	b.exec(t, `INSERT INTO votes (idea_id, voter_id) VALUES ($1, $2)`, idea, b.eva.ID)

	b.decide(t, idea, ideas.UnderReview, "")
	b.deliver(t)

	b.once(t, "ann", "voter-1")
}

func TestOnlyMovesThatMatterAreTold(t *testing.T) {
	t.Parallel()
	const board = accounts.ID(9)
	move := func(from, to ideas.Status) ideas.Moved {
		return ideas.Moved{Idea: 1, Contributor: 2, From: from, To: to, History: 3, By: 4}
	}
	past := move(ideas.Open, ideas.Declined)
	past.Past = true
	byBoard := move(ideas.Open, ideas.UnderReview)
	byBoard.By = board
	for _, m := range []ideas.Moved{
		move(ideas.Draft, ideas.Open), move(ideas.Open, ideas.Adopted), move(ideas.Adopted, ideas.InProduction), move(ideas.Open, ideas.Withdrawn),
		move(ideas.Open, ideas.Merged), move(ideas.Merged, ideas.Open), past, byBoard,
		{Idea: 1, To: ideas.Declined},
	} {
		if f, told := notices.OfMove(m, board); told {
			t.Errorf("%+v is told as %+v", m, f)
		}
	}
	if f, told := notices.OfMove(move(ideas.Held, ideas.Open), board); !told || f.Also != notices.Contributor {
		t.Errorf("what a moderator lets through is told as %+v", f)
	}
	over := move(ideas.Open, ideas.Parked)
	over.By, over.Reason = board, "expired"
	if f, told := notices.OfMove(over, board); !told || f.Kind != notices.Expired {
		t.Errorf("an idea whose time is over is told as %+v", f)
	}
	undone := move(ideas.Adopted, ideas.Open)
	undone.Undo = true
	if f, told := notices.OfMove(undone, board); !told || f.Data["undone"] == "" {
		t.Errorf("an adoption that is undone is told as %+v", f)
	}
}
