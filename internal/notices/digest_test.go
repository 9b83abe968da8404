package notices_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
)

func (b *board) gather(t *testing.T, day, week time.Time) int {
	t.Helper()
	n, err := b.Gather(t.Context(), day, week)
	if err != nil {
		t.Fatal(err)
	}
	b.deliver(t)
	return n
}

func (b *board) milestone(t *testing.T, idea ideas.ID, key string) {
	t.Helper()
	fact := notices.Fact{Kind: notices.MilestoneReached, Key: key, Idea: idea, Also: notices.Contributor | notices.Voters, Data: map[string]string{"voters": "100"}}
	if err := b.Tell(t.Context(), b.db, fact); err != nil {
		t.Fatal(err)
	}
	b.deliver(t)
}

func TestADigestHoldsWhatWaitsOnceAndIsNeverEmpty(t *testing.T) {
	t.Parallel()
	b := open(t)
	idea := b.idea(t)
	b.voters(t, idea, 3)
	b.milestone(t, idea, "m1")
	b.milestone(t, idea, "m2")
	reads, weekly := b.actor(t, "voter-1"), b.actor(t, "voter-2")
	if err := b.Read(t.Context(), reads, 1<<40); err != nil {
		t.Fatal(err)
	}
	b.exec(t, `UPDATE notices SET mail = 'weekly' WHERE account_id = $1`, weekly.ID)
	soon, long := time.Now().Add(time.Hour), time.Now().Add(-time.Hour)
	fails := 2
	b.post = func(notices.Letter) error {
		if fails--; fails >= 0 {
			return errDown
		}
		return nil
	}

	for range 3 {
		b.gather(t, soon, long)
	}

	got := map[string]int{}
	for _, d := range b.digests {
		got[d.Reading.Email] += len(d.Notices)
	}
	if len(b.digests) != 2 || got["ann@example.org"] != 2 || got["voter-3@example.org"] != 2 {
		t.Errorf("%d digests of %v", len(b.digests), got)
	}
	b.gather(t, soon.AddDate(0, 0, 1), soon)
	if last := b.digests[len(b.digests)-1]; len(b.digests) != 3 || last.Reading.Email != "voter-2@example.org" {
		t.Errorf("%d digests, the last to %s", len(b.digests), last.Reading.Email)
	}
	b.milestone(t, idea, "m3")
	b.exec(t, `UPDATE ideas SET hidden = true WHERE id = $1`, idea)
	b.gather(t, soon.AddDate(0, 0, 2), soon)
	if last := b.digests[len(b.digests)-1]; len(b.digests) != 4 || last.Reading.Email != "ann@example.org" {
		t.Errorf("%d digests, the last to %s: what is hidden is told", len(b.digests), last.Reading.Email)
	}
}

func TestCutoffsFollowTheSitesClock(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		moment, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	for now, want := range map[string][2]string{
		"2026-11-25 06:59": {"2026-11-24 07:00", "2026-11-23 07:00"}, // a Wednesday
		"2026-11-25 07:00": {"2026-11-25 07:00", "2026-11-23 07:00"},
		"2026-11-23 06:59": {"2026-11-22 07:00", "2026-11-16 07:00"}, // a Monday
		"2026-11-23 07:00": {"2026-11-23 07:00", "2026-11-23 07:00"},
		"2026-03-29 12:00": {"2026-03-29 07:00", "2026-03-23 07:00"}, // the clock went forward
	} {
		day, week := notices.Cutoffs(at(now).UTC(), 7, zone)
		if !day.Equal(at(want[0])) || !week.Equal(at(want[1])) {
			t.Errorf("at %s: %s and %s", now, day, week)
		}
	}
}

func TestEveryoneChoosesWhatComesWhen(t *testing.T) {
	t.Parallel()
	b := open(t)
	idea := b.idea(t)
	b.voters(t, idea, 3)
	choose := func(who string, c notices.Choice) {
		t.Helper()
		if err := b.Choose(t.Context(), b.actor(t, who), []notices.Choice{c}, true); err != nil {
			t.Fatal(err)
		}
	}
	choose("voter-1", notices.Choice{About: notices.Progress, Inbox: true, Mail: notices.Now})
	choose("voter-2", notices.Choice{About: notices.Progress, Inbox: false, Mail: notices.Never})
	choose("voter-3", notices.Choice{About: notices.Progress, Inbox: false, Mail: notices.Now})
	for _, c := range []notices.Choice{{About: "nothing", Mail: notices.Now}, {About: notices.Talk, Mail: "hourly"}} {
		if err := b.Choose(t.Context(), b.ann, []notices.Choice{c}, true); !errors.Is(err, notices.ErrChoice) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	b.milestone(t, idea, "m")
	b.once(t, "voter-1", "voter-3")
	for who, want := range map[string]int{"ann": 1, "voter-1": 1, "voter-2": 0, "voter-3": 0} {
		if n, err := b.Unread(t.Context(), b.actor(t, who)); err != nil || n != want {
			t.Errorf("%s has %d unread, want %d (%v)", who, n, want, err)
		}
	}
}

func TestALinkOfOneKindEndsThatKind(t *testing.T) {
	t.Parallel()
	b := open(t)
	key := []byte(strings.Repeat("k", 32))
	mail := func() map[notices.About]notices.When {
		t.Helper()
		all, err := b.Choices(t.Context(), b.ann)
		if err != nil || all.Off {
			t.Fatalf("%+v (%v)", all, err)
		}
		m := map[notices.About]notices.When{}
		for _, c := range all.List {
			m[c.About] = c.Mail
		}
		return m
	}
	token := notices.Token(key, b.ann.ID, notices.Ended(notices.Decisions))
	forged := strings.Replace(token, "-decisions", "-personal", 1)
	for _, bad := range []string{forged, strings.Replace(token, "-decisions", "", 1), strings.Replace(token, "-decisions", "-nothing", 1)} {
		if err := b.Unsubscribe(t.Context(), key, bad); !errors.Is(err, notices.ErrLink) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	for range 2 {
		if err := b.Unsubscribe(t.Context(), key, token); err != nil {
			t.Fatal(err)
		}
	}
	if m := mail(); m[notices.Decisions] != notices.Never || m[notices.Personal] != notices.Now || m[notices.Talk] != notices.Daily {
		t.Errorf("%v", m)
	}
	if err := b.Unsubscribe(t.Context(), key, notices.Token(key, b.ann.ID, notices.EndDigests)); err != nil {
		t.Fatal(err)
	}
	if m := mail(); m[notices.Personal] != notices.Now || m[notices.Talk] != notices.Never || m[notices.Progress] != notices.Never {
		t.Errorf("%v", m)
	}
	for _, gone := range []notices.Ended{notices.EndDigests, notices.Ended(notices.Talk)} {
		if err := b.Unsubscribe(t.Context(), key, notices.Token(key, 999_999, gone)); err != nil {
			t.Errorf("of somebody who is gone: %v", err)
		}
	}
}

func TestAnAddressThatIsRefusedGetsNoMoreUntilItsOwnerTriesAgain(t *testing.T) {
	t.Parallel()
	b := open(t)
	idea := b.idea(t)
	if err := b.Bounced(t.Context(), b.ann.ID, "550 no\r\nsuch user "+strings.Repeat("x", 900)); err != nil {
		t.Fatal(err)
	}
	b.decide(t, idea, ideas.UnderReview, "")
	b.deliver(t)
	b.once(t)
	all, err := b.Choices(t.Context(), b.ann)
	if err != nil || all.RefusedAt == nil || all.Refusal == "" {
		t.Errorf("%+v (%v)", all, err)
	}
	b.exec(t, `UPDATE accounts SET email = 'ann@elsewhere.example' WHERE id = $1`, b.ann.ID)
	if all, err = b.Choices(t.Context(), b.ann); err != nil || all.RefusedAt != nil {
		t.Errorf("another address: %+v (%v)", all, err)
	}
	if err := b.Bounced(t.Context(), b.ann.ID, "550"); err != nil {
		t.Fatal(err)
	}
	if err := b.TryAgain(t.Context(), b.ann); err != nil {
		t.Fatal(err)
	}
	b.decide(t, idea, ideas.Shortlisted, "")
	b.deliver(t)
	if len(b.sent) != 1 {
		t.Errorf("%d letters", len(b.sent))
	}
}

func TestAnAdministratorSeesWhatWasGivenUpWithoutAddresses(t *testing.T) {
	t.Parallel()
	b := open(t)
	idea := b.idea(t)
	boss := b.somebody(t, "boss", accounts.Admin)
	b.post = func(notices.Letter) error { return errors.New("554 <ann@example.org> is a spammer") }
	b.decide(t, idea, ideas.UnderReview, "")
	for range 40 {
		if err := b.relay.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.exec(t, `UPDATE outbox SET due_at = now()`)
	}
	post, err := b.Post(t.Context(), boss)
	if err != nil || len(post.Dead) != 1 {
		t.Fatalf("%+v (%v)", post, err)
	}
	if d := post.Dead[0]; d.What != "decided" || d.Handle != "ann" || strings.Contains(d.Failure, "@") || d.Attempts == 0 {
		t.Errorf("%+v", d)
	}
	for _, who := range []accounts.Actor{b.eva, b.ann} {
		if _, err := b.Post(t.Context(), who); !errors.Is(err, notices.ErrAdmin) {
			t.Errorf("%s: %v", who.Handle, err)
		}
		if err := b.PostAgain(t.Context(), who, post.Dead[0].ID); !errors.Is(err, notices.ErrAdmin) {
			t.Errorf("%s: %v", who.Handle, err)
		}
	}
	b.post = func(notices.Letter) error { return nil }
	if err := b.PostAgain(t.Context(), boss, post.Dead[0].ID); err != nil {
		t.Fatal(err)
	}
	b.deliver(t)
	b.once(t, "ann")
	if err := b.DropLetter(t.Context(), boss, post.Dead[0].ID); err == nil {
		t.Error("dropped what is gone")
	}
}
