package ideas

import (
	"context"
	"fmt"
	"math"
	"time"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/pg"
)

// Imported is an idea from another tool.
type Imported struct {
	Source, ExternalID string
	Import             int64 // the import it is undone with
	Contributor        accounts.ID
	Title, Story       string // the story as plain text
	Topic              string
	Tags               []string
	CarriedOver        int // counts from there: shown apart, never in the tally
	Created            time.Time
	Status             Status // Open, or another that the table allows from Open without a reason
}

// maxExternal bounds the names another tool gave, in bytes; they are keys of an
// index. maxCarriedOver is the largest count the database holds.
const (
	maxExternal    = 200
	maxCarriedOver = math.MaxInt32
)

func (in Imported) tidy() (tidied, error) {
	var c fault.Check
	for field, value := range map[string]string{"source": in.Source, "external_id": in.ExternalID} {
		c.Need(value != "" && len(value) <= maxExternal && clean.ValidText(value), field, "ideas.external_shape")
	}
	c.Need(in.CarriedOver >= 0 && in.CarriedOver <= maxCarriedOver, "carried_over", "ideas.carried_over_range")
	c.Need(in.Status == Open || moves[Open][in.Status]&(byTeam|byContributor) != 0 && !in.Status.NeedsReason(), "status", "ideas.status_unknown")
	c.Need(utf8.RuneCountInString(clean.Line(in.Title)) >= minTitle, "title", "ideas.title_short")
	if err := c.Err(); err != nil {
		return tidied{}, err
	}
	return Text{Title: in.Title, Story: clean.Plain(in.Story).String(), Topic: in.Topic, Tags: in.Tags}.tidy(false)
}

// Import adds an idea unless its source and external ID are here already; then
// it changes nothing and reports false. What is wrong with it is Invalid with
// fields, and has written nothing.
func Import(ctx context.Context, tx pg.Q, in Imported) (ID, bool, error) {
	if in.Status == "" {
		in.Status = Open
	}
	t, err := in.tidy()
	if err != nil {
		return 0, false, err
	}
	// Two imports of one source at once take turns, so that neither adds what the other does.
	const turn = `SELECT pg_advisory_xact_lock(hashtextextended('ideas.import ' || $1, 0))`
	if _, err := tx.ExecContext(ctx, turn, in.Source); err != nil {
		return 0, false, fmt.Errorf("lock import of %q: %w", in.Source, err)
	}
	var id ID
	err = sqlx.GetContext(ctx, tx, &id, `SELECT id FROM ideas WHERE source = $1 AND external_id = $2`, in.Source, in.ExternalID)
	if err == nil {
		return id, false, nil
	}
	if !pg.Missing(err) {
		return 0, false, fmt.Errorf("look for imported idea: %w", err)
	}
	if _, err := topicID(ctx, tx, in.Topic); err != nil {
		return 0, false, err
	}
	at := &in.Created
	if in.Created.IsZero() {
		at = nil
	}
	if id, err = insertDraft(ctx, tx, in.Contributor, at); err != nil {
		return 0, false, err
	}
	if err := writeText(ctx, tx, id, t, false, in.Contributor); err != nil {
		return 0, false, err
	}
	const mark = `UPDATE ideas SET source = $2, external_id = $3, import_id = $4, carried_over = $5 WHERE id = $1`
	if _, err := tx.ExecContext(ctx, mark, id, in.Source, in.ExternalID, in.Import, in.CarriedOver); err != nil {
		return 0, false, fmt.Errorf("mark imported idea: %w", err)
	}
	return id, true, place(ctx, tx, id, in.Contributor, in.Status, at)
}

// place opens a draft at a time of the past, and moves it on where asked.
func place(ctx context.Context, tx pg.Q, id ID, by accounts.ID, status Status, at *time.Time) error {
	if err := move(ctx, tx, step{idea: id, from: Draft, to: Open, actor: by, at: at}); err != nil {
		return err
	}
	if status == Open {
		return nil
	}
	return move(ctx, tx, step{idea: id, from: Open, to: status, actor: by, at: at})
}

// UndoImport removes every idea of an import, unless one of them was decided.
func UndoImport(ctx context.Context, tx pg.Q, importID int64) (int, error) {
	var decided bool
	const check = `SELECT EXISTS (SELECT 1 FROM ideas WHERE import_id = $1 AND status IN ('adopted', 'in_production', 'launched'))`
	if err := sqlx.GetContext(ctx, tx, &decided, check, importID); err != nil {
		return 0, fmt.Errorf("look at import %d: %w", importID, err)
	}
	if decided {
		return 0, ErrFrozen
	}
	done, err := tx.ExecContext(ctx, `DELETE FROM ideas WHERE import_id = $1`, importID)
	if pg.Violates(err, "merges_live") {
		return 0, ErrMergedStill
	}
	if err != nil {
		return 0, fmt.Errorf("undo import %d: %w", importID, err)
	}
	n, err := done.RowsAffected()
	return int(n), err
}

// Past is an idea whose course lies behind it. Demo data is made of these:
// history is append only, so nothing can be moved into the past afterwards.
type Past struct {
	Contributor accounts.Actor
	Text        Text
	Created     time.Time
	Course      []Turn // in order; none leaves a draft
}

// Turn is one step of that course: a move, or, without To, an official answer.
type Turn struct {
	To     Status
	By     accounts.ID
	At     time.Time
	Answer string
	Reason Reason
}

// Stage adds an idea together with its whole course, inside the caller's
// transaction. Its text and pictures meet the rules of Propose, its answers and
// reasons those of Decide, and its moves the table; who may make a move is the
// caller's word. A course that goes back in time is an error.
func (s *Service) Stage(ctx context.Context, tx pg.Q, p Past) (ID, error) {
	t, err := p.Text.tidy(len(p.Course) > 0)
	if err != nil {
		return 0, err
	}
	id, err := insertDraft(ctx, tx, p.Contributor.ID, &p.Created)
	if err != nil {
		return 0, err
	}
	if err := s.claimPictures(ctx, tx, p.Contributor, t); err != nil {
		return 0, err
	}
	if err := writeText(ctx, tx, id, t, false, p.Contributor.ID); err != nil {
		return 0, err
	}
	const date = `UPDATE ideas SET changed_at = created_at, accepted_rules = CASE WHEN $2 THEN $3 ELSE accepted_rules END WHERE id = $1`
	if _, err := tx.ExecContext(ctx, date, id, p.Text.Accept, RulesVersion); err != nil {
		return 0, fmt.Errorf("date idea %d: %w", id, err)
	}
	status, before := Draft, p.Created
	for _, turn := range p.Course {
		if turn.At.Before(before) {
			return 0, fmt.Errorf("course of %q: %s comes before what it follows", p.Text.Title, turn.To)
		}
		before = turn.At
		if status, err = stage(ctx, tx, id, status, turn); err != nil {
			return 0, err
		}
	}
	return id, nil
}

// stage writes one turn and returns the status after it.
func stage(ctx context.Context, tx pg.Q, id ID, from Status, turn Turn) (Status, error) {
	if turn.To != "" {
		html, err := Decision{To: turn.To, Answer: turn.Answer, Reason: turn.Reason}.tidy()
		if err != nil {
			return "", err
		}
		if moves[from][turn.To]&^byUndo == 0 {
			return "", ErrMove
		}
		return turn.To, move(ctx, tx, step{idea: id, from: from, to: turn.To, actor: turn.By, at: &turn.At, source: turn.Answer, answer: html, reason: turn.Reason})
	}
	html, err := clean.Typed(turn.Answer)
	if err != nil {
		return "", asFault(err, "answer")
	}
	if html.Empty() {
		return "", errInvalid.With("answer", "ideas.answer_missing")
	}
	const query = `
		WITH entry AS (
			INSERT INTO idea_history (idea_id, kind, to_status, actor_id, at, answer_source, answer_html, policy_version)
			VALUES ($1, 'answer', $2, $3, $4, $5, $6, $7)
		)
		UPDATE ideas SET answered_at = coalesce(answered_at, $4) WHERE id = $1`
	if _, err := tx.ExecContext(ctx, query, id, from, turn.By, turn.At, dropNUL(turn.Answer), html, clean.PolicyVersion); err != nil {
		return "", fmt.Errorf("answer idea %d: %w", id, err)
	}
	return from, nil
}
