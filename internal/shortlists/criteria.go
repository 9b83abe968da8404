package shortlists

import (
	"context"
	"fmt"
	"math"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/pg"
)

// CriterionID names a criterion.
type CriterionID int64

// Criterion is something that reviewers give a mark of 1 to 5 for.
type Criterion struct {
	ID     CriterionID `db:"id"`
	Name   string      `db:"name"`
	Weight float64     `db:"weight"`
	Marks  int         `db:"marks"` // how many were given, drafts and ideas off the list included
}

// maxCriteria keeps a card short enough to be filled in with care.
const maxCriteria = 12

// PutCriterion adds a criterion when its ID is 0, else renames and weighs that
// one anew. Marks that were given stand.
func (s *Service) PutCriterion(ctx context.Context, actor accounts.Actor, id ID, c Criterion) error {
	c.Name = clean.Line(c.Name)
	var check fault.Check
	n := utf8.RuneCountInString(c.Name)
	check.Need(n >= 1 && n <= 60, "name", "shortlists.criterion_name")
	// Less than half a hundredth would be stored as nothing; NaN is none of both.
	check.Need(c.Weight >= 0.01 && c.Weight <= 100 && !math.IsNaN(c.Weight), "weight", "shortlists.weight_range")
	if err := check.Err(); err != nil {
		return err
	}
	return s.changing(ctx, actor, id, func(tx pg.Q, _ held) error {
		query, args := `
			INSERT INTO shortlist_criteria (shortlist_id, name, weight)
			SELECT $1, $2, $3 FROM shortlist_criteria WHERE shortlist_id = $1 HAVING count(*) < $4`, []any{id, c.Name, c.Weight, maxCriteria}
		if c.ID != 0 {
			query, args = `UPDATE shortlist_criteria SET name = $2, weight = $3 WHERE shortlist_id = $1 AND id = $4`, []any{id, c.Name, c.Weight, c.ID}
		}
		done, err := tx.ExecContext(ctx, query, args...)
		if pg.Violates(err, "shortlist_criteria_name_key") {
			return errInvalid.With("name", "shortlists.criterion_taken")
		}
		if err != nil {
			return fmt.Errorf("criterion %q of shortlist %d: %w", c.Name, id, err)
		}
		switch changed, err := done.RowsAffected(); {
		case err != nil || changed > 0:
			return err
		case c.ID == 0:
			return errInvalid.With("name", "shortlists.criteria_many")
		default:
			return ErrCriterion
		}
	})
}

// RemoveCriterion removes a criterion that no card has a mark for.
func (s *Service) RemoveCriterion(ctx context.Context, actor accounts.Actor, id ID, criterion CriterionID) error {
	return s.changing(ctx, actor, id, func(tx pg.Q, _ held) error {
		done, err := tx.ExecContext(ctx, `DELETE FROM shortlist_criteria WHERE shortlist_id = $1 AND id = $2`, id, criterion)
		if pg.Violates(err, "score_card_marks_criterion") {
			return ErrCriterionInUse
		}
		if err != nil {
			return fmt.Errorf("remove criterion %d: %w", criterion, err)
		}
		if n, err := done.RowsAffected(); err == nil && n == 0 {
			return ErrCriterion
		}
		return nil
	})
}

func criteriaOf(ctx context.Context, q pg.Q, id ID) ([]Criterion, error) {
	var list []Criterion
	const query = `
		SELECT c.id, c.name, c.weight, (SELECT count(*) FROM score_card_marks m WHERE m.criterion_id = c.id) AS marks
		FROM shortlist_criteria c WHERE c.shortlist_id = $1 ORDER BY c.id`
	if err := sqlx.SelectContext(ctx, q, &list, query, id); err != nil {
		return nil, fmt.Errorf("criteria of shortlist %d: %w", id, err)
	}
	return list, nil
}
