package shortlists

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
	"prosumer/internal/products"
)

// Problem says why a prepared decision cannot be carried out.
type Problem struct {
	Idea  ideas.ID
	Title string
	Why   *fault.Fault
	Now   ideas.Status // where the idea is
}

// unmet says why the decision cannot be carried out on an idea in this state,
// or nil. What the product or the database may still refuse shows only when it
// is tried.
func (p Prepared) unmet(now ideas.Status) *fault.Fault {
	html, err := clean.Typed(p.Answer)
	switch {
	case now == ideas.Withdrawn:
		return ErrWithdrawn
	case now == ideas.Merged:
		return ErrMerged
	case !slices.Contains(Outcomes(now), p.To):
		return ErrMoved
	case err == nil && html.Empty() && (p.To == now || p.To == ideas.Adopted || p.To.NeedsReason()):
		return ErrNoAnswer
	}
	if err := (ideas.Decision{To: p.To, Answer: p.Answer, Reason: p.Reason}).Check(); err != nil {
		return fault.Of(err)
	}
	return nil
}

// Problems lists what stands in the way of publishing the sheet's decisions.
func (sh Sheet) Problems() []Problem {
	var list []Problem
	for _, e := range sh.Entries {
		if e.Decision == nil || e.Decision.PublishedAt != nil {
			continue
		}
		if why := e.Decision.unmet(e.Status); why != nil {
			list = append(list, Problem{e.Idea, e.Title, why, e.Status})
		}
	}
	return list
}

// waiting is a decision with the idea it is on, both locked.
type waiting struct {
	Prepared
	Title string       `db:"title"`
	Now   ideas.Status `db:"now_status"`
}

// Publish carries out every prepared decision of a list at one moment: all, or
// none and what stands in the way of which, with ErrUnready. seen is the
// revision of the list that its reader looked at: when somebody published or
// changed a decision since, nothing happens but ErrPublished or ErrChanged.
func (s *Service) Publish(ctx context.Context, actor accounts.Actor, id ID, seen int64) (published []ideas.ID, problems []Problem, err error) {
	err = s.changing(ctx, actor, id, func(tx pg.Q, l held) error {
		list, err := lockWaiting(ctx, tx, id)
		if err != nil {
			return err
		}
		if l.Revision != seen {
			if len(list) == 0 {
				return ErrPublished
			}
			return ErrChanged
		}
		if len(list) == 0 {
			return ErrNothing
		}
		for _, w := range list {
			if why := w.unmet(w.Now); why != nil {
				problems = append(problems, Problem{w.Idea, w.Title, why, w.Now})
			}
		}
		if len(problems) > 0 {
			return ErrUnready
		}
		for _, w := range list {
			err := s.carryOut(ctx, tx, actor, w)
			if f := fault.Of(err); err != nil && f.Kind != fault.Internal {
				problems = append(problems, Problem{w.Idea, w.Title, f, w.Now})
				return ErrUnready
			}
			if err != nil {
				return err
			}
			published = append(published, w.Idea)
		}
		return markPublished(ctx, tx, actor, id, published)
	})
	if err != nil {
		return nil, problems, err
	}
	slices.Sort(published)
	return published, nil, nil
}

// lockWaiting locks the ideas of the waiting decisions in order of id, as
// everybody who locks several does, and puts those that lock a product too into
// the order of the products.
func lockWaiting(ctx context.Context, tx pg.Q, id ID) ([]waiting, error) {
	var list []waiting
	const query = `
		SELECT ` + decisionColumns + `, i.title, i.status AS now_status
		FROM prepared_decisions d JOIN shortlist_entries e USING (shortlist_id, idea_id) JOIN ideas i ON i.id = d.idea_id JOIN accounts a ON a.id = d.prepared_by
		WHERE d.shortlist_id = $1 AND d.published_at IS NULL ORDER BY d.idea_id FOR UPDATE OF i`
	if err := sqlx.SelectContext(ctx, tx, &list, query, id); err != nil {
		return nil, fmt.Errorf("lock the decisions of shortlist %d: %w", id, err)
	}
	slices.SortStableFunc(list, func(a, b waiting) int { return cmp.Compare(a.Joins, b.Joins) })
	return list, nil
}

func (s *Service) carryOut(ctx context.Context, tx pg.Q, actor accounts.Actor, w waiting) error {
	switch w.To {
	case w.Now:
		return s.ideas.AnswerTx(ctx, tx, actor, w.Idea, w.Answer)
	case ideas.Adopted:
		_, err := s.products.AdoptTx(ctx, tx, actor, w.Idea, products.Adoption{Answer: w.Answer, Name: w.ProductName, Joins: w.Joins, PipelineSince: w.PipelineSince})
		return err
	default:
		_, err := s.ideas.DecideTx(ctx, tx, actor, w.Idea, ideas.Decision{To: w.To, Answer: w.Answer, Reason: w.Reason})
		return err
	}
}

func markPublished(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID, list []ideas.ID) error {
	const query = `
		WITH done AS (UPDATE prepared_decisions SET published_at = now() WHERE shortlist_id = $1 AND idea_id = ANY($2))
		UPDATE shortlists SET revision = revision + 1, published_at = now(), published_by = $3 WHERE id = $1`
	if _, err := tx.ExecContext(ctx, query, id, pg.IDs(list), actor.ID); err != nil {
		return fmt.Errorf("mark %d decisions of shortlist %d: %w", len(list), id, err)
	}
	return nil
}
