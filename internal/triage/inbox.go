package triage

import (
	"context"
	"fmt"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Wait is what an idea in the inbox waits for.
type Wait string

// What ideas wait for, in the order of the inbox.
const (
	ForAdmission Wait = "admission" // held: to be let in
	ForAnswer    Wait = "answer"    // its first
	ForDecision  Wait = "decision"  // overdue
)

// Item is an idea in the inbox.
type Item struct {
	ID          ideas.ID     `db:"id"`
	Slug        string       `db:"slug"`
	Title       string       `db:"title"`
	Status      ideas.Status `db:"status"`
	Wait        Wait         `db:"wait"`
	Contributor string       `db:"contributor"`
	OwnerID     *accounts.ID `db:"owner_id"`
	Owner       *string      `db:"owner"`
	Since       time.Time    `db:"since"` // it waits
	SubmittedAt *time.Time   `db:"submitted_at"`
	ImportedAt  *time.Time   `db:"imported_at"`
	AnsweredAt  *time.Time   `db:"answered_at"`
	DecideBy    *time.Time   `db:"decide_by"`
	Due         time.Time    `db:"-"` // zero where the duty says nothing
}

// Late reports whether what is due was due before now.
func (i Item) Late(now time.Time) bool { return !i.Due.IsZero() && i.Due.Before(now) }

// Inbox is what waits for the team.
type Inbox struct {
	Items   []Item
	Held    int // all of them, shown here or not
	Answers int
	Overdue int // decisions
	Snoozed int
}

// inboxItems is how many ideas the inbox lists: the rest comes up as these go.
const inboxItems = 60

// waits are the conditions of the three, on an idea i that came at c.since.
// $1 is the moment before which an idea came whose decision is due by now, $2 is
// today at the site, and $3 the owner asked for, 0 for all.
const (
	votable  = `i.status IN ('open', 'under_review', 'shortlisted') AND NOT i.hidden`
	awake    = `NOT EXISTS (SELECT 1 FROM inbox_snoozes z WHERE z.idea_id = i.id AND z.until > $2::date)`
	mine     = `($3 = 0 OR i.owner_id = $3)`
	came     = `coalesce((SELECT m.at FROM imports m WHERE m.id = i.import_id), i.submitted_at)`
	held     = `i.status = 'held' AND NOT i.hidden`
	unsaid   = `i.answered_at IS NULL AND ` + votable
	undecide = votable + ` AND (i.decide_by < $2::date OR i.decide_by IS NULL AND i.answered_at IS NOT NULL AND ` + came + ` < $1)`
)

// Inbox lists what waits: held ideas first, then those without an answer, the
// longest waiting first, then those overdue for a decision. Of many it lists the
// first, and the one that was asked for, if it waits. Moderators see what is held
// and no more.
func (s *Service) Inbox(ctx context.Context, actor accounts.Actor, owner accounts.ID, asked ideas.ID) (Inbox, error) {
	if err := mayAdmit(actor); err != nil {
		return Inbox{}, err
	}
	limit := fmt.Sprint(inboxItems)
	part := func(rank, wait, where, since string) string {
		waits := `(SELECT i.id, ` + rank + ` AS rank, '` + wait + `' AS wait, ` + since + ` AS since FROM ideas i WHERE ` + where + ` AND ` + mine + ` AND ` + awake
		return waits + ` ORDER BY since, i.id LIMIT ` + limit + `) UNION ` + waits + ` AND i.id = $4)`
	}
	from := part("0", "admission", held, "i.submitted_at")
	if actor.Decides() {
		from += ` UNION ` + part("1", "answer", unsaid, came) +
			` UNION ` + part("2", "decision", undecide+` AND i.answered_at IS NOT NULL`, came)
	}
	query := `
		SELECT w.wait, w.since, i.id, i.slug, i.title, i.status, a.name AS contributor, i.owner_id, o.name AS owner,
		       i.submitted_at, m.at AS imported_at, i.answered_at, i.decide_by
		FROM (SELECT q.*, row_number() OVER (ORDER BY q.rank, q.since, q.id) AS place FROM (` + from + `) AS q) AS w JOIN ideas i ON i.id = w.id JOIN accounts a ON a.id = i.contributor_id
		LEFT JOIN accounts o ON o.id = i.owner_id LEFT JOIN imports m ON m.id = i.import_id
		WHERE $1::timestamptz IS NOT NULL -- no part but the last needs it
		  AND (w.place <= ` + limit + ` OR w.id = $4) ORDER BY w.place`
	var box Inbox
	terms, now := s.Terms(), s.now()
	args := []any{terms.decisionBefore(now), s.today().Format(time.DateOnly), owner}
	if err := s.db.SelectContext(ctx, &box.Items, query, append(args, asked)...); err != nil {
		return Inbox{}, fmt.Errorf("inbox: %w", err)
	}
	for i := range box.Items {
		item := &box.Items[i]
		if item.Due = terms.Answer(item.waiting()); item.Due.IsZero() {
			item.Due = terms.Decision(item.waiting())
		}
	}
	return box, s.countInbox(ctx, actor, &box, args)
}

func (i Item) waiting() Waiting {
	return Waiting{Status: i.Status, SubmittedAt: i.SubmittedAt, ImportedAt: i.ImportedAt, AnsweredAt: i.AnsweredAt, DecideBy: i.DecideBy}
}

func (s *Service) countInbox(ctx context.Context, actor accounts.Actor, box *Inbox, args []any) error {
	query := `
		SELECT count(*) FILTER (WHERE ` + held + ` AND ` + awake + `), count(*) FILTER (WHERE ` + unsaid + ` AND ` + awake + `),
		       count(*) FILTER (WHERE ` + undecide + ` AND i.answered_at IS NOT NULL AND ` + awake + `), count(*) FILTER (WHERE NOT ` + awake + `)
		FROM ideas i WHERE i.status IN ('held', 'open', 'under_review', 'shortlisted') AND NOT i.hidden AND ` + mine
	if err := s.db.QueryRowxContext(ctx, query, args...).Scan(&box.Held, &box.Answers, &box.Overdue, &box.Snoozed); err != nil {
		return fmt.Errorf("count the inbox: %w", err)
	}
	if !actor.Decides() {
		box.Answers, box.Overdue, box.Snoozed = 0, 0, 0
	}
	return nil
}

// mayAdmit says why the actor has no inbox, or nil.
func mayAdmit(actor accounts.Actor) error { return actor.Only(actor.Moderates(), ideas.ErrTeamOnly) }

// Snooze leaves an idea out of the inbox until a day after today; nil brings it
// back. Nothing else changes, and nobody but the team sees it.
func (s *Service) Snooze(ctx context.Context, actor accounts.Actor, idea ideas.ID, until *time.Time) error {
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if err := s.ours(ctx, tx, actor, idea); err != nil {
			return err
		}
		query, kind, args := `DELETE FROM inbox_snoozes WHERE idea_id = $1`, Woken, []any{idea}
		if until != nil {
			if err := s.ahead(*until, "until", s.today().AddDate(0, 0, 1)); err != nil {
				return err
			}
			kind, args = Snoozed, append(args, *sqlDay(until), actor.ID)
			query = `INSERT INTO inbox_snoozes (idea_id, until, actor_id) VALUES ($1, $2::date, $3)
				ON CONFLICT (idea_id) DO UPDATE SET until = EXCLUDED.until, actor_id = EXCLUDED.actor_id`
		}
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return fmt.Errorf("snooze idea %d: %w", idea, err)
		}
		_, err := note(ctx, tx, idea, kind, actor.ID, nil, until)
		return err
	})
}
