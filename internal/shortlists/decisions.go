package shortlists

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// outcomes are the states that a prepared decision may lead to.
var outcomes = []ideas.Status{ideas.Open, ideas.UnderReview, ideas.Shortlisted, ideas.Adopted, ideas.Declined, ideas.NeedsWork, ideas.Parked}

// Outcomes lists where a decision may lead from a state: to stay there with an
// answer, or a move of the team's.
func Outcomes(from ideas.Status) []ideas.Status {
	return slices.DeleteFunc(slices.Clone(outcomes), func(to ideas.Status) bool {
		if to == from {
			return !from.Votable()
		}
		return to == ideas.Open || !slices.Contains(ideas.Next(from), to)
	})
}

// Prepared is a decision that waits to be published with the others of its
// list. It may be half written: what is missing is said before publishing.
type Prepared struct {
	Idea          ideas.ID     `db:"idea_id"`
	To            ideas.Status `db:"to_status"`
	From          ideas.Status `db:"from_status"` // where the idea was when it was prepared
	Answer        string       `db:"answer"`
	Reason        ideas.Reason `db:"reason"`
	ProductName   string       `db:"product_name"` // for an adoption; the idea's title when empty
	Joins         string       `db:"joins"`        // slug of a product to join instead
	PipelineSince *time.Time   `db:"pipeline_since"`
	By            string       `db:"by_name"`
	At            time.Time    `db:"prepared_at"`
	PublishedAt   *time.Time   `db:"published_at"`
}

func (p *Prepared) check() error {
	var c fault.Check
	p.ProductName, p.Joins = clean.Line(p.ProductName), clean.Line(p.Joins)
	p.Answer = strings.ReplaceAll(strings.ToValidUTF8(p.Answer, ""), "\x00", "")
	c.Need(slices.Contains(outcomes, p.To), "status", "shortlists.outcome")
	c.Need(p.Reason == "" || p.Reason.Known(), "reason", "ideas.reason_unknown")
	c.Need(utf8.RuneCountInString(p.ProductName) <= 120, "product_name", "products.name_length")
	if _, err := clean.Typed(p.Answer); err != nil {
		c.Need(false, "answer", fault.Of(err).Code)
	}
	if !p.To.NeedsReason() {
		p.Reason = ""
	}
	if p.To != ideas.Adopted {
		p.ProductName, p.Joins, p.PipelineSince = "", "", nil
	}
	return c.Err()
}

// Prepare keeps a decision on an idea of the list, in place of the one before.
// Nobody outside the team sees it until it is published.
func (s *Service) Prepare(ctx context.Context, actor accounts.Actor, id ID, p Prepared) error {
	if err := p.check(); err != nil {
		return err
	}
	return s.changing(ctx, actor, id, func(tx pg.Q, _ held) error {
		if err := onList(ctx, tx, id, p.Idea); err != nil {
			return err
		}
		if err := sqlx.GetContext(ctx, tx, &p.From, `SELECT status FROM ideas WHERE id = $1`, p.Idea); err != nil {
			return fmt.Errorf("status of idea %d: %w", p.Idea, err)
		}
		if !slices.Contains(Outcomes(p.From), p.To) {
			return errInvalid.With("status", ErrMoved.Code)
		}
		const query = `
			INSERT INTO prepared_decisions AS d (shortlist_id, idea_id, to_status, from_status, answer, reason, product_name, joins, pipeline_since, prepared_by)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
			ON CONFLICT (shortlist_id, idea_id) DO UPDATE SET to_status = excluded.to_status, from_status = excluded.from_status, answer = excluded.answer,
				reason = excluded.reason, product_name = excluded.product_name, joins = excluded.joins, pipeline_since = excluded.pipeline_since,
				prepared_by = excluded.prepared_by, prepared_at = now(), published_at = NULL`
		if _, err := tx.ExecContext(ctx, query, id, p.Idea, p.To, p.From, p.Answer, p.Reason, p.ProductName, p.Joins, p.PipelineSince, actor.ID); err != nil {
			return fmt.Errorf("prepare idea %d: %w", p.Idea, err)
		}
		return revise(ctx, tx, id)
	})
}

// Drop forgets the prepared decision on an idea; one that was published stays.
func (s *Service) Drop(ctx context.Context, actor accounts.Actor, id ID, idea ideas.ID) error {
	return s.changing(ctx, actor, id, func(tx pg.Q, _ held) error {
		var gone ideas.ID
		const query = `DELETE FROM prepared_decisions WHERE shortlist_id = $1 AND idea_id = $2 AND published_at IS NULL RETURNING idea_id`
		err := sqlx.GetContext(ctx, tx, &gone, query, id, idea)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrNotPrepared
		}
		if err != nil {
			return fmt.Errorf("drop the decision on idea %d: %w", idea, err)
		}
		return revise(ctx, tx, id)
	})
}

func revise(ctx context.Context, tx pg.Q, id ID) error {
	if _, err := tx.ExecContext(ctx, `UPDATE shortlists SET revision = revision + 1 WHERE id = $1`, id); err != nil {
		return fmt.Errorf("revise shortlist %d: %w", id, err)
	}
	return nil
}

const decisionColumns = `
	d.idea_id, d.to_status, d.from_status, d.answer, d.reason, d.product_name, d.joins, d.pipeline_since, a.name AS by_name, d.prepared_at, d.published_at`

func decisionsOf(ctx context.Context, q pg.Q, id ID) (map[ideas.ID]Prepared, error) {
	var list []Prepared
	const query = `SELECT ` + decisionColumns + ` FROM prepared_decisions d JOIN accounts a ON a.id = d.prepared_by WHERE d.shortlist_id = $1`
	if err := sqlx.SelectContext(ctx, q, &list, query, id); err != nil {
		return nil, fmt.Errorf("decisions of shortlist %d: %w", id, err)
	}
	byIdea := map[ideas.ID]Prepared{}
	for _, p := range list {
		byIdea[p.Idea] = p
	}
	return byIdea, nil
}
