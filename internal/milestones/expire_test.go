package milestones_test

import (
	"testing"
	"time"

	"prosumer/internal/ideas"
	"prosumer/internal/milestones"
	"prosumer/internal/pg"
)

func TestAnIdeaWhoseTimeIsOverIsParkedOnce(t *testing.T) {
	t.Parallel()
	b := open(t)
	id, voted := b.idea(t), b.idea(t)
	b.voters(t, voted, 3)
	b.look(t)
	b.days(59)
	b.expire(t, 0)
	b.days(2)
	b.expire(t, 1)
	b.expire(t, 0)
	if b.status(t, id) != ideas.Parked || b.status(t, voted) != ideas.Open {
		t.Error("the wrong one was parked")
	}
	history, err := b.ideas.History(t.Context(), b.ann, id)
	if err != nil {
		t.Fatal(err)
	}
	last := history[len(history)-1]
	if last.Reason == nil || *last.Reason != "expired" || !last.Answer.Empty() {
		t.Errorf("the history ends with %+v", last)
	}
	var answered bool
	if err := b.db.Get(&answered, `SELECT answered_at IS NOT NULL FROM ideas WHERE id = $1`, id); err != nil || answered {
		t.Errorf("nobody answered it, and yet it counts as answered (%v)", err)
	}

	b.days(365)
	b.expire(t, 1) // sixty days and the year that three voters gave
	if b.status(t, voted) != ideas.Parked {
		t.Error("more time became for ever")
	}
}

func TestWhatIsNotOpenOrIsEnteredSomewhereDoesNotRunOutOfTime(t *testing.T) {
	t.Parallel()
	b := open(t)
	entered, reviewed, hidden := b.idea(t), b.idea(t), b.idea(t)
	b.seal(t, entered)
	if _, err := b.ideas.Decide(t.Context(), b.eva, reviewed, ideas.Decision{To: ideas.UnderReview}); err != nil {
		t.Fatal(err)
	}
	b.exec(t, `UPDATE ideas SET hidden = true WHERE id = $1`, hidden)
	b.days(5000)
	b.expire(t, 0)
	for _, id := range []ideas.ID{entered, reviewed} {
		var p milestones.Progress
		if err := pg.Together(t.Context(), b.db, b.Part(id, &p)); err != nil || p.Until != nil {
			t.Errorf("its time is over at %v (%v)", p.Until, err)
		}
	}
}

func TestAnIdeaThatComesBackHasItsTimeAnew(t *testing.T) {
	t.Parallel()
	b := open(t)
	id := b.idea(t)
	b.exec(t, `UPDATE ideas SET opened_at = now() - interval '59 days' WHERE id = $1`, id)
	for _, d := range []ideas.Decision{{To: ideas.Parked, Answer: "Later.", Reason: "timing"}, {To: ideas.Open}} {
		if _, err := b.ideas.Decide(t.Context(), b.eva, id, d); err != nil {
			t.Fatal(err)
		}
	}
	b.days(59)
	b.expire(t, 0)
	b.days(2)
	b.expire(t, 1)
}

func TestAnImportedIdeaCountsFromItsImport(t *testing.T) {
	t.Parallel()
	b := open(t)
	var id ideas.ID
	err := pg.InTx(t.Context(), b.db, func(tx pg.Q) error {
		b.exec(t, `INSERT INTO imports (source) VALUES ('elsewhere')`)
		var err error
		id, _, err = ideas.Import(t.Context(), tx, ideas.Imported{
			Source: "elsewhere", ExternalID: "1", Import: 1, Contributor: b.ann.ID, Title: "A kettle that whistles", Story: "It whistles a tune.",
			Created: time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC),
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	b.days(59)
	b.expire(t, 0)
	b.days(2)
	b.expire(t, 1)
	if b.status(t, id) != ideas.Parked {
		t.Error("something else was parked")
	}
}

func TestAContributorIsWarnedOnceBeforeEachEnd(t *testing.T) {
	t.Parallel()
	b := open(t)
	id := b.idea(t)
	warn := func(want int) {
		t.Helper()
		if err := b.Warn(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.exec(t, `
			INSERT INTO notices (account_id, kind, key, why, idea_id)
			SELECT $1, 'expires_soon', payload->'Fact'->>'Key', 'contributor', $2 FROM outbox WHERE payload->'Fact'->>'Kind' = 'expires_soon'
			ON CONFLICT DO NOTHING`, b.ann.ID, id) // as the relay does
		var n int
		if err := b.db.Get(&n, `SELECT count(*) FROM outbox WHERE payload->'Fact'->>'Kind' = 'expires_soon'`); err != nil || n != want {
			t.Errorf("%d warnings, want %d (%v)", n, want, err)
		}
	}
	b.days(52)
	warn(0)
	b.days(2)
	warn(1)
	warn(1)
	b.voters(t, id, 3)
	b.look(t) // a year more, and so another end
	warn(1)
	b.days(365)
	warn(2)
	b.days(7)
	warn(2) // it is over: nothing to warn of
}
