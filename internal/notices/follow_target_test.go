package notices_test

import (
	"errors"
	"testing"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

// waiting gives what waits for a reader's digest, by kind.
func (b *board) waiting(t *testing.T, who accounts.Actor) []string {
	t.Helper()
	var kinds []string
	if err := b.db.Select(&kinds, `SELECT kind || ':' || why FROM notices WHERE account_id = $1 AND mail IN ('daily', 'weekly', 'waiting', 'sent') ORDER BY id`, who.ID); err != nil {
		t.Fatal(err)
	}
	return kinds
}

func (b *board) follow(t *testing.T, who accounts.Actor, what notices.Target, key string) {
	t.Helper()
	if err := b.FollowTarget(t.Context(), who, what, key); err != nil {
		t.Fatal(err)
	}
}

func TestWhoIsFollowedMaySeeToItThatNobodyHears(t *testing.T) {
	t.Parallel()
	b := open(t)
	fan := b.somebody(t, "fan")
	for range 2 {
		b.follow(t, fan, notices.Person, "ann")
	}
	b.exec(t, `INSERT INTO topics (slug, name_en, name_nl) VALUES ('kitchen', 'Kitchen', 'Keuken')`)
	b.follow(t, fan, notices.Topic, "kitchen")

	first := b.idea(t)
	b.exec(t, `UPDATE ideas SET topic_id = (SELECT id FROM topics WHERE slug = 'kitchen') WHERE id = $1`, first)
	b.deliver(t)
	if got := b.waiting(t, fan); len(got) != 1 || got[0] != "new_idea:person" {
		t.Fatalf("of one idea, by two ways: %v", got)
	}
	list, _, err := b.Inbox(t.Context(), fan, "", 0)
	if err != nil || len(list) != 1 || list[0].Who != "ann" || list[0].WhoHandle != "ann" {
		t.Fatalf("%+v (%v)", list, err)
	}
	b.exec(t, `UPDATE accounts SET visibility = 'hidden' WHERE id = $1`, b.ann.ID)
	if list, _, err = b.Inbox(t.Context(), fan, "", 0); err != nil || len(list) != 0 {
		t.Errorf("of somebody who is hidden: %+v (%v)", list, err)
	}
	if n, err := b.Unread(t.Context(), fan); err != nil || n != 0 {
		t.Errorf("the badge counts %d (%v)", n, err)
	}
	b.idea(t)
	b.deliver(t)
	if got := b.waiting(t, fan); len(got) != 1 {
		t.Errorf("what the hidden propose is told: %v", got)
	}
	if err := b.FollowTarget(t.Context(), b.somebody(t, "late"), notices.Person, "ann"); !errors.Is(err, notices.ErrTarget) {
		t.Errorf("following the hidden: %v", err)
	}
}

func TestWhatIsNotThereIsNotFollowed(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.exec(t, `
		INSERT INTO challenges (slug, title, announced_at, entries_open_at, entries_close_at, voting_open_at, voting_close_at, results_at)
		SELECT 'secret', 'Secret', t + interval '1 day', t + interval '1 day', t + interval '2 days', t + interval '1 day', t + interval '3 days', t + interval '3 days' FROM (SELECT now() AS t) AS c`)
	for _, c := range []struct {
		what notices.Target
		key  string
	}{
		{notices.Person, "ann"},
		{notices.Person, "nobody"},
		{notices.Person, "a\x00b"},
		{notices.Challenge, "secret"},
		{notices.Topic, ""},
		{"idea", "1"},
		{"", ""},
	} {
		if err := b.FollowTarget(t.Context(), b.ann, c.what, c.key); !errors.Is(err, notices.ErrTarget) {
			t.Errorf("%s %q: %v", c.what, c.key, err)
		}
	}
	if err := b.FollowTarget(t.Context(), b.eva, notices.Challenge, "secret"); err != nil {
		t.Errorf("the team: %v", err)
	}
	if err := b.FollowTarget(t.Context(), accounts.Actor{}, notices.Person, "ann"); !errors.Is(err, notices.ErrSignIn) {
		t.Errorf("a visitor: %v", err)
	}
	list, err := b.FollowedBy(t.Context(), b.eva, "nl")
	if err != nil || len(list) != 0 {
		t.Errorf("what is not announced is listed: %+v (%v)", list, err)
	}
}

func TestTheClockTellsOfAChallengeOnce(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.exec(t, `
		INSERT INTO challenges (slug, title, created_by, announced_at, entries_open_at, entries_close_at, voting_open_at, voting_close_at, results_at)
		SELECT 'kitchen', 'The small kitchen', $1, t - interval '1 hour', t - interval '1 hour', t + interval '5 days', t + interval '5 days', t + interval '10 days', t + interval '10 days'
		FROM (SELECT now() AS t) AS c`, b.eva.ID)
	fan := b.somebody(t, "fan")
	b.follow(t, fan, notices.Challenge, "kitchen")
	for _, days := range []int{0, 0, 2, 5, 5, 8, 9, 30} {
		if _, err := b.Strike(t.Context(), time.Now().AddDate(0, 0, days)); err != nil {
			t.Fatal(err)
		}
		b.deliver(t)
	}
	want := []string{"entries_open:challenge", "voting_open:challenge", "closes_soon:challenge"}
	got := b.waiting(t, fan)
	if len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("told %v", got)
	}
}

func TestWhatTheClockToldIsForgottenOnceItIsNoNews(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.exec(t, `
		INSERT INTO challenges (slug, title, created_by, announced_at, entries_open_at, entries_close_at, voting_open_at, voting_close_at, results_at)
		SELECT 'kitchen', 'The small kitchen', $1, t, t, t + interval '50 days', t + interval '50 days', t + interval '60 days', t + interval '60 days'
		FROM (SELECT now() AS t) AS c`, b.eva.ID)
	now := time.Now()
	if told, err := b.Strike(t.Context(), now); err != nil || told != 1 {
		t.Fatalf("told %d (%v)", told, err)
	}
	for _, tc := range []struct{ days, left, told int }{{29, 1, 0}, {31, 0, 0}} {
		at := now.AddDate(0, 0, tc.days)
		if err := b.Sweep(t.Context(), at); err != nil {
			t.Fatal(err)
		}
		told, err := b.Strike(t.Context(), at)
		if err != nil {
			t.Fatal(err)
		}
		var left int
		if err := b.db.Get(&left, `SELECT count(*) FROM clock_facts`); err != nil || left != tc.left || told != tc.told {
			t.Errorf("after %d days %d facts are kept and %d told again (%v), want %d and %d", tc.days, left, told, err, tc.left, tc.told)
		}
	}
}

func TestADecisionTakenBackInItsGraceIsMailedToNobody(t *testing.T) {
	t.Parallel()
	b := open(t)
	idea := b.idea(t)
	b.voters(t, idea, 2)
	b.WithGrace(time.Hour)
	b.decide(t, idea, ideas.Declined, "too_costly")
	if err := b.relay.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.once(t)
	err := pg.InTx(t.Context(), b.db, func(tx pg.Q) error {
		_, _, err := b.ideas.Undo(t.Context(), tx, b.eva, idea)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	b.deliver(t) // which does not wait
	b.once(t)

	b.decide(t, idea, ideas.Shortlisted, "")
	b.deliver(t)
	b.once(t, "ann", "voter-1", "voter-2")
}

func TestAMuteEndsWhatItNames(t *testing.T) {
	t.Parallel()
	b := open(t)
	idea, other := b.idea(t), b.idea(t)
	b.voters(t, idea, 1)
	b.exec(t, `INSERT INTO votes (idea_id, voter_id) SELECT $1, voter_id FROM votes WHERE idea_id = $2`, other, idea)
	voter := b.actor(t, "voter-1")
	if err := b.Mute(t.Context(), voter, notices.Mute{Scope: notices.MuteIdea, Name: idea.String()}); err != nil {
		t.Fatal(err)
	}
	for _, m := range []notices.Mute{{Scope: "all", Name: "x"}, {Scope: notices.MuteIdea, Name: "x"}, {Scope: notices.MuteKind, Name: "nothing"}, {Scope: notices.MuteThread, Name: "-1"}} {
		if err := b.Mute(t.Context(), voter, m); !errors.Is(err, notices.ErrMute) {
			t.Errorf("%+v: %v", m, err)
		}
	}
	b.decide(t, idea, ideas.UnderReview, "")
	b.decide(t, other, ideas.UnderReview, "")
	b.deliver(t)
	if got := b.got()["voter-1@example.org"]; got != 1 {
		t.Errorf("%d letters", got)
	}
	list, err := b.Mutes(t.Context(), voter)
	if err != nil || len(list) != 1 || list[0].Title == "" {
		t.Errorf("%+v (%v)", list, err)
	}
	if err := b.Unmute(t.Context(), voter, list[0]); err != nil {
		t.Fatal(err)
	}
	if list, _ = b.Mutes(t.Context(), voter); len(list) != 0 {
		t.Errorf("still %+v", list)
	}
}
