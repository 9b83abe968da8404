package ideas_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

func TestTheTableOfMovesIsTheDatabasesTable(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	var rows []struct {
		From ideas.Status `db:"from_status"`
		To   ideas.Status `db:"to_status"`
		Undo bool         `db:"undo"`
	}
	if err := b.db.Select(&rows, `SELECT from_status, to_status, undo FROM idea_moves`); err != nil {
		t.Fatal(err)
	}
	stored := map[[2]ideas.Status]bool{}
	for _, r := range rows {
		stored[[2]ideas.Status{r.From, r.To}] = r.Undo
	}
	if diff := cmp.Diff(ideas.Moves(), stored); diff != "" {
		t.Error(diff)
	}
}

func TestTheDatabaseRefusesEveryOtherMove(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	idea := b.propose(t)
	allowed := ideas.Moves()
	insert := func(from any, to ideas.Status) error {
		_, err := b.db.ExecContext(t.Context(), `INSERT INTO idea_history (idea_id, kind, from_status, to_status, actor_id, reason) VALUES ($1, 'move', $2, $3, $4, 'other')`, idea.ID, from, to, b.eva.ID)
		return err
	}
	for _, from := range ideas.Statuses {
		for _, to := range append(ideas.Statuses, "unheard_of") {
			_, ok := allowed[[2]ideas.Status{from, to}]
			err := insert(from, to)
			refused := pg.Violates(err, "idea_history_move_allowed") || pg.Violates(err, "idea_history_move_moves")
			if ok != (err == nil) || !ok && !refused {
				t.Errorf("%s to %s: allowed is %v, the database says %v", from, to, ok, err)
			}
		}
	}
	for _, to := range ideas.Statuses {
		if err := insert(nil, to); (to == ideas.Draft) != (err == nil) {
			t.Errorf("out of nothing to %s: %v", to, err)
		}
	}
}

func TestAStatusChangesOnlyWithAMoveFromWhereTheIdeaIs(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	idea, adopted := b.propose(t), b.at(t, ideas.Adopted)
	other := b.at(t, ideas.UnderReview)
	tx := func(statements ...string) error {
		return pg.InTx(t.Context(), b.db, func(tx pg.Q) error {
			for _, s := range statements {
				if _, err := tx.ExecContext(t.Context(), s, idea.ID, b.eva.ID, adopted.ID, other.ID); err != nil {
					return err
				}
			}
			return nil
		})
	}
	// Every statement names all four parameters, so that one call fits all.
	const all = ` /* */ WHERE ideas.id = $1 AND $2::bigint + $3::bigint + $4::bigint > 0`
	const history = `INSERT INTO idea_history (idea_id, kind, from_status, to_status, actor_id, reason, answer_html)
		SELECT $1, 'move', 'open', 'under_review', $2, NULL, '' WHERE $3::bigint + $4::bigint > 0`
	for name, statements := range map[string][]string{
		"alone":                    {`UPDATE ideas SET status = 'adopted'` + all},
		"alone, refused":           {`UPDATE ideas SET status = 'declined'` + all},
		"move_id alone":            {`UPDATE ideas SET move_id = 1 << 30` + all},
		"with another idea's move": {`UPDATE ideas SET status = 'under_review', move_id = (SELECT max(id) FROM idea_history WHERE idea_id = $4)` + all},
		"with an old row":          {`UPDATE ideas SET status = 'draft', move_id = (SELECT min(id) FROM idea_history WHERE idea_id = $1)` + all},
		"with a move from elsewhere": {
			`INSERT INTO idea_history (idea_id, kind, from_status, to_status, actor_id) SELECT $1, 'move', 'adopted', 'in_production', $2 WHERE $3::bigint + $4::bigint > 0`,
			`UPDATE ideas SET status = 'in_production', move_id = (SELECT max(id) FROM idea_history WHERE idea_id = $1)` + all,
		},
		"with an answer": {
			`INSERT INTO idea_history (idea_id, kind, to_status, actor_id, answer_html) SELECT $1, 'answer', 'declined', $2, '<p>no</p>' WHERE $3::bigint + $4::bigint > 0`,
			`UPDATE ideas SET status = 'declined', move_id = (SELECT max(id) FROM idea_history WHERE idea_id = $1)` + all,
		},
		"back without an undo": {
			`INSERT INTO idea_history (idea_id, kind, from_status, to_status, actor_id) SELECT $3, 'move', 'adopted', 'open', $2 WHERE $1::bigint + $4::bigint > 0`,
			`UPDATE ideas SET status = 'open', move_id = (SELECT max(id) FROM idea_history WHERE idea_id = $3) WHERE id = $3 AND $1::bigint + $2::bigint + $4::bigint > 0`,
		},
	} {
		if err := tx(statements...); !pg.Violates(err, "ideas_move_in_history") && !pg.Violates(err, "ideas_move_from_here") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := tx(history, `UPDATE ideas SET status = 'under_review', move_id = (SELECT max(id) FROM idea_history WHERE idea_id = $1)`+all); err != nil {
		t.Errorf("with its own move: %v", err)
	}
}

func TestARefusalWithoutAReasonCannotBeStored(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	idea := b.propose(t)
	for _, to := range []ideas.Status{ideas.Declined, ideas.NeedsWork, ideas.Parked} {
		for reason, constraint := range map[string]string{"": "idea_history_reason_known", "because": "idea_history_reason_known", "NULL": "idea_history_reason_given"} {
			var value any = reason
			if reason == "NULL" {
				value = nil
			}
			_, err := b.db.ExecContext(t.Context(), `INSERT INTO idea_history (idea_id, kind, from_status, to_status, actor_id, reason) VALUES ($1, 'move', 'open', $2, $3, $4)`, idea.ID, to, b.eva.ID, value)
			if !pg.Violates(err, constraint) {
				t.Errorf("%s because %q: %v", to, reason, err)
			}
		}
		_, err := b.Decide(t.Context(), b.eva, idea.ID, ideas.Decision{To: to})
		wantField(t, err, "reason", "ideas.reason_missing")
		wantField(t, err, "answer", "ideas.answer_missing")
		_, err = b.Decide(t.Context(), b.eva, idea.ID, ideas.Decision{To: to, Answer: "<p> </p>", Reason: "because"})
		wantField(t, err, "reason", "ideas.reason_unknown")
		wantField(t, err, "answer", "ideas.answer_missing")
	}
}

func TestTheHistoryIsAppendOnly(t *testing.T) {
	t.Parallel()
	b := open(t, ideas.Options{})
	idea := b.at(t, ideas.Declined)
	for _, change := range []string{
		`UPDATE idea_history SET reason = 'other'`, `UPDATE idea_history SET at = now() - interval '1 day'`, `UPDATE idea_history SET actor_id = 1`,
		`UPDATE idea_history SET answer_source = 'yes'`, `UPDATE idea_history SET undo = true`, `UPDATE idea_history SET id = DEFAULT`, `DELETE FROM idea_history`,
		`DELETE FROM idea_history WHERE from_status IS NULL`,
	} {
		if _, err := b.db.ExecContext(t.Context(), change); !pg.Violates(err, "idea_history_append_only") {
			t.Errorf("%s: %v", change, err)
		}
	}
	b.exec(t, `UPDATE idea_history SET answer_html = '<p>rendered anew</p>', policy_version = 99 WHERE answer_html <> ''`)
	b.exec(t, `DELETE FROM ideas WHERE id = $1`, idea.ID)
	if n := b.count(t, `SELECT count(*) FROM idea_history`); n != 0 {
		t.Errorf("%d rows outlived their idea", n)
	}
}
