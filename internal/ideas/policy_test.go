package ideas_test

import (
	"slices"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
)

func TestWhoMaySeeReviseWithdrawAndDecide(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	// What each state lets its contributor do; o is open, f is frozen.
	revise := map[ideas.Status]*fault.Fault{}
	withdraw := map[ideas.Status]*fault.Fault{}
	for _, s := range ideas.Statuses {
		revise[s], withdraw[s] = ideas.ErrFrozen, ideas.ErrFrozen
	}
	for _, s := range []ideas.Status{ideas.Draft, ideas.Held, ideas.Open, ideas.UnderReview, ideas.Shortlisted, ideas.NeedsWork, ideas.Parked} {
		revise[s], withdraw[s] = nil, nil
	}
	hiddenFrom := []ideas.Status{ideas.Draft, ideas.Held, ideas.Merged, ideas.Withdrawn}
	for _, status := range ideas.Statuses {
		idea := b.at(t, status)
		if idea.Status != status {
			t.Fatalf("made %s instead of %s", idea.Status, status)
		}
		for _, hidden := range []bool{false, true} {
			idea.Hidden = hidden
			b.exec(t, `UPDATE ideas SET hidden = $2 WHERE id = $1`, idea.ID, hidden)
			public := !hidden && !slices.Contains(hiddenFrom, status)
			for who, may := range map[*accounts.Actor]struct {
				sees    bool
				revises *fault.Fault
				decides *fault.Fault
			}{
				&b.visitor: {public, ideas.ErrSignIn, accounts.ErrSignIn},
				&b.ann:     {true, revise[status], ideas.ErrTeamOnly},
				&b.bob:     {public, ideas.ErrNotYours, ideas.ErrTeamOnly},
				&b.mod:     {status != ideas.Draft, ideas.ErrNotYours, ideas.ErrTeamOnly},
				&b.eva:     {status != ideas.Draft, ideas.ErrNotYours, nil},
			} {
				name := who.Handle + " and an idea in " + string(status)
				if got := ideas.Sees(*who, idea); got != may.sees {
					t.Errorf("%s (hidden %v): sees is %v", name, hidden, got)
				}
				_, err := b.ByID(t.Context(), *who, idea.ID)
				_, errHistory := b.History(t.Context(), *who, idea.ID)
				_, errVersions := b.Versions(t.Context(), *who, idea.ID)
				_, _, errText := b.TextOf(t.Context(), *who, idea.ID)
				for _, err := range []error{err, errHistory, errVersions, errText} {
					if (err == nil) != may.sees || err != nil && fault.Of(err) != ideas.ErrNotFound {
						t.Errorf("%s (hidden %v): %v", name, hidden, err)
					}
				}
				wantSame(t, name+", revise", ideas.MayRevise(*who, idea), may.revises)
				want := may.revises
				if who == &b.ann {
					want = withdraw[status]
				}
				wantSame(t, name+", withdraw", ideas.MayWithdraw(*who, idea), want)
				wantSame(t, name+", decide", ideas.MayDecide(*who), may.decides)
			}
		}
	}
}

func wantSame(t *testing.T, what string, got error, want *fault.Fault) {
	t.Helper()
	if want == nil && got != nil || want != nil && got != error(want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestTheTeamDecidesAlongTheTableAlone(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	// What a decision may lead to, written out here apart from the table.
	later := []ideas.Status{ideas.Adopted, ideas.Declined, ideas.NeedsWork, ideas.Parked}
	want := map[ideas.Status][]ideas.Status{
		ideas.Held:        {ideas.Open, ideas.Declined},
		ideas.Open:        append([]ideas.Status{ideas.UnderReview, ideas.Shortlisted}, later...),
		ideas.UnderReview: append([]ideas.Status{ideas.Shortlisted}, later...),
		ideas.Shortlisted: later,
		ideas.NeedsWork:   {ideas.Open}, ideas.Parked: {ideas.Open}, ideas.Declined: {ideas.Open},
	}
	for _, from := range ideas.Statuses {
		offered := ideas.Next(from)
		for _, to := range ideas.Statuses {
			ok := slices.Contains(want[from], to)
			if slices.Contains(offered, to) != ok {
				t.Errorf("%s: offers %v, want %v", from, offered, want[from])
			}
			idea := b.at(t, from)
			d := ideas.Decision{To: to, Answer: "Because.", Reason: "other"}
			for _, who := range []accounts.Actor{b.visitor, b.ann, b.bob, b.mod} {
				if _, err := b.Decide(t.Context(), who, idea.ID, d); err == nil {
					t.Fatalf("%s decides", who.Handle)
				}
			}
			got, err := b.Decide(t.Context(), b.eva, idea.ID, d)
			switch {
			case ok && (err != nil || got.Status != to):
				t.Errorf("%s to %s: %v", from, to, err)
			case !ok && from == ideas.Draft:
				wantCode(t, err, ideas.ErrNotFound)
			case !ok:
				wantCode(t, err, ideas.ErrMove)
			}
		}
	}
	_, err := b.Decide(t.Context(), b.eva, b.propose(t).ID, ideas.Decision{To: "x\x00"})
	wantField(t, err, "status", "ideas.status_unknown")
}
