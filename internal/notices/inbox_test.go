package notices_test

import (
	"errors"
	"strings"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

func (b *board) actor(t *testing.T, handle string) accounts.Actor {
	t.Helper()
	account, err := b.people.ByHandle(t.Context(), handle)
	if err != nil {
		t.Fatal(err)
	}
	return accounts.As(account)
}

func TestTheInboxKeepsWhatMailsDoNotSay(t *testing.T) {
	t.Parallel()
	b := open(t)
	idea := b.idea(t)
	b.voters(t, idea, 1)
	voter := b.actor(t, "voter-1")
	if err := b.Choose(t.Context(), voter, nil, false); err != nil {
		t.Fatal(err)
	}
	b.decide(t, idea, ideas.UnderReview, "")
	b.deliver(t)
	b.once(t, "ann")

	list, next, err := b.Inbox(t.Context(), voter, "", 0)
	if err != nil || len(list) != 1 || next != 0 || list[0].ReadAt != nil {
		t.Fatalf("the inbox shows %+v, more from %d (%v)", list, next, err)
	}
	if err := b.Read(t.Context(), voter, list[0].ID); err != nil {
		t.Fatal(err)
	}
	if list, _, _ = b.Inbox(t.Context(), voter, "", 0); list[0].ReadAt == nil {
		t.Error("what was read is still new")
	}
	if list, _, err = b.Inbox(t.Context(), voter, "", 1<<40); err != nil || len(list) != 1 {
		t.Errorf("from a page that is far away: %+v (%v)", list, err)
	}
	if _, _, err := b.Inbox(t.Context(), accounts.Actor{}, "", 0); !errors.Is(err, notices.ErrSignIn) {
		t.Errorf("a visitor's inbox: %v", err)
	}
}

func TestALinkEndsTheMailsOfOneAccountAndNothingElse(t *testing.T) {
	t.Parallel()
	b := open(t)
	key := []byte(strings.Repeat("k", 32))
	token := notices.Token(key, b.ann.ID, notices.EndAll)
	wants := func(who accounts.Actor) bool {
		t.Helper()
		all, err := b.Choices(t.Context(), who)
		if err != nil {
			t.Fatal(err)
		}
		return !all.Off
	}

	other := notices.Token(key, b.eva.ID, notices.EndAll)
	for _, forged := range []string{
		"", ".", token + "A", token[:len(token)-1], "1" + token, "0" + token, "+" + token, "-" + token, " " + token, notices.Token([]byte("another key"), b.ann.ID, notices.EndAll),
		b.ann.ID.String() + other[strings.Index(other, "."):], b.ann.ID.String() + ".", b.ann.ID.String(), token + "\x00", strings.ReplaceAll(token, ".", ".\n"),
	} {
		if err := b.Unsubscribe(t.Context(), key, forged); !errors.Is(err, notices.ErrLink) {
			t.Errorf("%q: %v", forged, err)
		}
	}
	if !wants(b.ann) || !wants(b.eva) {
		t.Error("a forged link ended mails")
	}
	for range 2 { // used again it says the same
		if err := b.Unsubscribe(t.Context(), key, token); err != nil {
			t.Fatal(err)
		}
	}
	if wants(b.ann) || !wants(b.eva) {
		t.Error("the link did not end her mails, or somebody else's too")
	}
	if err := b.Unsubscribe(t.Context(), key, notices.Token(key, 999_999, notices.EndAll)); err != nil {
		t.Errorf("of somebody who is gone: %v", err)
	}
}

func TestAMergeCarriesFollowersAndGivesBackThoseAloneWhoCameWithIt(t *testing.T) {
	t.Parallel()
	b := open(t)
	from, into := b.idea(t), b.idea(t)
	both, one, later := b.somebody(t, "both"), b.somebody(t, "one"), b.somebody(t, "later")
	follow := func(who accounts.Actor, id ideas.ID) {
		t.Helper()
		if err := b.Follow(t.Context(), who, id); err != nil {
			t.Fatal(err)
		}
	}
	for _, who := range []accounts.Actor{both, one, later} {
		follow(who, from)
	}
	follow(both, into)
	if err := b.CarryFollowers(t.Context(), b.db, 7, from, into); err != nil {
		t.Fatal(err)
	}
	follow(later, into) // makes it their own
	follows := func(who accounts.Actor) bool {
		t.Helper()
		var yes bool
		if err := pg.Together(t.Context(), b.db, notices.FollowingPart(who, into, &yes)); err != nil {
			t.Fatal(err)
		}
		return yes
	}
	if !follows(both) || !follows(one) || !follows(later) {
		t.Error("somebody was left behind")
	}
	if err := pg.InTx(t.Context(), b.db, func(tx pg.Q) error { return b.ReturnFollowers(t.Context(), tx, 7) }); err != nil {
		t.Fatal(err)
	}
	if !follows(both) || follows(one) || !follows(later) {
		t.Error("unmerging took too many back, or too few")
	}
}

func TestWhatOneMayNotSeeOneCannotFollow(t *testing.T) {
	t.Parallel()
	b := open(t)
	idea := b.idea(t)
	b.exec(t, `UPDATE ideas SET hidden = true WHERE id = $1`, idea)
	fan := b.somebody(t, "fan")
	for _, id := range []ideas.ID{idea, idea + 1000} {
		if err := b.Follow(t.Context(), fan, id); !errors.Is(err, ideas.ErrNotFound) {
			t.Errorf("idea %d: %v", id, err)
		}
	}
	if err := b.Follow(t.Context(), accounts.Actor{}, idea); !errors.Is(err, notices.ErrSignIn) {
		t.Errorf("a visitor: %v", err)
	}
	if err := b.Follow(t.Context(), b.ann, idea); err != nil {
		t.Errorf("her own: %v", err)
	}
}
