package notices_test

import (
	"testing"

	"prosumer/internal/ideas"
	"prosumer/internal/notices"
)

func TestAMailServerThatFailsHalfOfTheTimeLosesAndDoublesNothing(t *testing.T) {
	t.Parallel()
	b := open(t)
	idea := b.idea(t)
	b.voters(t, idea, 40)
	tries := 0
	b.post = func(notices.Letter) error {
		if tries++; tries%2 == 1 {
			return errDown
		}
		return nil
	}

	b.decide(t, idea, ideas.Shortlisted, "")
	b.deliver(t)

	b.once(t, append(names(40), "ann")...)
	var waiting int
	if err := b.db.Get(&waiting, `SELECT count(*) FROM notices WHERE mail <> 'sent'`); err != nil || waiting > 0 {
		t.Errorf("%d are not marked as sent (%v)", waiting, err)
	}
}

func TestPermissionIsAskedWhenAMailGoesOut(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]struct {
		do   func(t *testing.T, b *board, id ideas.ID)
		gets []string
	}{
		"nothing happened": {func(*testing.T, *board, ideas.ID) {}, []string{"ann", "voter-1", "voter-2"}},
		"withdrawn meanwhile": {func(t *testing.T, b *board, id ideas.ID) {
			t.Helper()
			if err := b.ideas.Withdraw(t.Context(), b.ann, id); err != nil {
				t.Fatal(err)
			}
		}, nil},
		"hidden meanwhile": {func(t *testing.T, b *board, id ideas.ID) {
			t.Helper()
			b.exec(t, `UPDATE ideas SET hidden = true WHERE id = $1`, id)
		}, []string{"ann"}},
		"one turned mails off": {func(t *testing.T, b *board, _ ideas.ID) {
			t.Helper()
			b.exec(t, `UPDATE accounts SET mail_off = true WHERE handle = 'voter-1'`)
		}, []string{"ann", "voter-2"}},
		"one was erased": {func(t *testing.T, b *board, _ ideas.ID) {
			t.Helper()
			b.exec(t, `UPDATE accounts SET email = NULL, email_key = NULL WHERE handle = 'voter-1'`)
		}, []string{"ann", "voter-2"}},
		"an address must be confirmed": {func(t *testing.T, b *board, _ ideas.ID) {
			t.Helper()
			b.confirm = true
			b.exec(t, `UPDATE accounts SET confirmed_at = NULL WHERE handle = 'voter-2'`)
			b.exec(t, `UPDATE accounts SET confirmed_at = now() WHERE handle <> 'voter-2'`)
		}, []string{"ann", "voter-1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := open(t)
			idea := b.idea(t)
			b.voters(t, idea, 2)
			b.decide(t, idea, ideas.UnderReview, "")
			b.post = func(notices.Letter) error { return errDown } // the mail server is away while it happens
			if err := b.relay.Drain(t.Context()); err != nil {
				t.Fatal(err)
			}
			change.do(t, b, idea)
			b.post = func(notices.Letter) error { return nil }
			b.deliver(t)
			b.once(t, change.gets...)
		})
	}
}

func TestNoFigureIsToldUnderASeal(t *testing.T) {
	t.Parallel()
	b := open(t)
	idea := b.idea(t)
	b.voters(t, idea, 1)
	b.exec(t, `
		WITH made AS (
			INSERT INTO challenges (slug, title, sealed, announced_at, entries_open_at, entries_close_at, voting_open_at, voting_close_at, results_at)
			SELECT 'sealed', 'Sealed', 'until_close', t - interval '1 day', t - interval '1 day', t + interval '1 day', t, t + interval '1 day', t + interval '1 day'
			FROM (SELECT now() AS t) AS clock RETURNING id
		) UPDATE ideas SET challenge_id = (SELECT id FROM made) WHERE id = $1`, idea)
	err := b.Tell(t.Context(), b.db, notices.Fact{Kind: notices.MilestoneReached, Key: "m", Idea: idea, Also: notices.Voters, Data: map[string]string{"voters": "100"}})
	if err != nil {
		t.Fatal(err)
	}
	b.deliver(t)
	b.once(t)
	voter := b.actor(t, "voter-1")
	if list, _, err := b.Inbox(t.Context(), voter, "", 0); err != nil || len(list) > 0 {
		t.Errorf("the inbox shows %+v (%v)", list, err)
	}
}
