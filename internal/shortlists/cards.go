package shortlists

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Marks are what a reviewer gives by criterion, 1 to 5.
type Marks map[CriterionID]int

// Score is what a reviewer says of one idea.
type Score struct {
	Marks Marks
	Note  string // why, for the other reviewers
}

func (sc *Score) check() error {
	var c fault.Check
	sc.Note = clean.Line(sc.Note)
	c.Need(utf8.RuneCountInString(sc.Note) <= 500, "note", "shortlists.note_long")
	for _, mark := range sc.Marks {
		c.Need(mark >= 1 && mark <= 5, "marks", "shortlists.mark_range")
	}
	return c.Err()
}

// SaveCard keeps a reviewer's card as a draft, which only they see.
func (s *Service) SaveCard(ctx context.Context, actor accounts.Actor, id ID, idea ideas.ID, sc Score) error {
	return s.card(ctx, actor, id, idea, sc, false)
}

// HandIn hands a card in, with a mark for every criterion. From then on its
// reviewer sees the others' cards on that idea, and they see this one. It stays
// handed in; a change later is marked as one, and what it said before is kept.
func (s *Service) HandIn(ctx context.Context, actor accounts.Actor, id ID, idea ideas.ID, sc Score) error {
	return s.card(ctx, actor, id, idea, sc, true)
}

func (s *Service) card(ctx context.Context, actor accounts.Actor, id ID, idea ideas.ID, sc Score, handIn bool) error {
	if err := sc.check(); err != nil {
		return err
	}
	return s.holding(ctx, actor, id, "FOR SHARE", func(tx pg.Q, _ held) error {
		if err := onList(ctx, tx, id, idea); err != nil {
			return err
		}
		before, err := lockCard(ctx, tx, id, idea, actor.ID)
		if err != nil {
			return err
		}
		if handIn || before.HandedInAt != nil {
			if err := complete(ctx, tx, id, sc.Marks); err != nil {
				return err
			}
		}
		if before.HandedInAt != nil {
			if sc.Note == before.Note && maps.Equal(sc.Marks, before.marks()) {
				return nil
			}
			if err := keepVersion(ctx, tx, before.ID); err != nil {
				return err
			}
		}
		return writeCard(ctx, tx, id, before, sc, handIn)
	})
}

func onList(ctx context.Context, tx pg.Q, id ID, idea ideas.ID) error {
	var there bool
	const query = `SELECT EXISTS (SELECT 1 FROM shortlist_entries WHERE shortlist_id = $1 AND idea_id = $2)`
	if err := sqlx.GetContext(ctx, tx, &there, query, id, idea); err != nil {
		return fmt.Errorf("idea %d on shortlist %d: %w", idea, id, err)
	}
	if !there {
		return ErrNotOnList
	}
	return nil
}

// complete refuses marks that leave a criterion out.
func complete(ctx context.Context, tx pg.Q, id ID, marks Marks) error {
	list, err := criteriaOf(ctx, tx, id)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return ErrNoCriteria
	}
	for _, c := range list {
		if _, ok := marks[c.ID]; !ok {
			return errInvalid.With("marks", "shortlists.mark_missing")
		}
	}
	return nil
}

type cardRow struct {
	ID         int64         `db:"id"`
	Note       string        `db:"note"`
	HandedInAt *time.Time    `db:"handed_in_at"`
	Criteria   pq.Int64Array `db:"criteria"`
	Values     pq.Int64Array `db:"marks"`
}

func (r cardRow) marks() Marks {
	m := Marks{}
	for i, c := range r.Criteria {
		m[CriterionID(c)] = int(r.Values[i])
	}
	return m
}

const markColumns = `
	ARRAY(SELECT m.criterion_id FROM score_card_marks m WHERE m.card_id = s.id ORDER BY m.criterion_id) AS criteria,
	ARRAY(SELECT m.mark FROM score_card_marks m WHERE m.card_id = s.id ORDER BY m.criterion_id) AS marks`

// lockCard holds a reviewer's card, which is made where there is none.
func lockCard(ctx context.Context, tx pg.Q, id ID, idea ideas.ID, reviewer accounts.ID) (cardRow, error) {
	const add = `INSERT INTO score_cards (shortlist_id, idea_id, reviewer_id) VALUES ($1, $2, $3) ON CONFLICT ON CONSTRAINT score_cards_one_each DO NOTHING`
	if _, err := tx.ExecContext(ctx, add, id, idea, reviewer); err != nil {
		return cardRow{}, fmt.Errorf("card on idea %d: %w", idea, err)
	}
	const lock = `SELECT 1 FROM score_cards WHERE shortlist_id = $1 AND idea_id = $2 AND reviewer_id = $3 FOR UPDATE`
	if _, err := tx.ExecContext(ctx, lock, id, idea, reviewer); err != nil {
		return cardRow{}, fmt.Errorf("lock card on idea %d: %w", idea, err)
	}
	var row cardRow
	const query = `SELECT s.id, s.note, s.handed_in_at, ` + markColumns + ` FROM score_cards s WHERE s.shortlist_id = $1 AND s.idea_id = $2 AND s.reviewer_id = $3`
	if err := sqlx.GetContext(ctx, tx, &row, query, id, idea, reviewer); err != nil {
		return cardRow{}, fmt.Errorf("card on idea %d: %w", idea, err)
	}
	return row, nil
}

func keepVersion(ctx context.Context, tx pg.Q, card int64) error {
	const query = `
		INSERT INTO score_card_versions (card_id, version, marks, note)
		SELECT s.id, 1 + (SELECT count(*) FROM score_card_versions v WHERE v.card_id = s.id),
		       coalesce((SELECT jsonb_object_agg(m.criterion_id, m.mark) FROM score_card_marks m WHERE m.card_id = s.id), '{}'), s.note
		FROM score_cards s WHERE s.id = $1`
	if _, err := tx.ExecContext(ctx, query, card); err != nil {
		return fmt.Errorf("keep card %d: %w", card, err)
	}
	return nil
}

func writeCard(ctx context.Context, tx pg.Q, id ID, card cardRow, sc Score, handIn bool) error {
	const note = `
		UPDATE score_cards SET note = $2, saved_at = clock_timestamp(),
			changed_at = CASE WHEN handed_in_at IS NOT NULL THEN clock_timestamp() END,
			handed_in_at = CASE WHEN $3 THEN coalesce(handed_in_at, clock_timestamp()) ELSE handed_in_at END
		WHERE id = $1`
	if _, err := tx.ExecContext(ctx, note, card.ID, sc.Note, handIn); err != nil {
		return fmt.Errorf("write card %d: %w", card.ID, err)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM score_card_marks WHERE card_id = $1`, card.ID); err != nil {
		return fmt.Errorf("clear card %d: %w", card.ID, err)
	}
	var criteria, marks []int64
	for _, c := range slices.Sorted(maps.Keys(sc.Marks)) {
		criteria, marks = append(criteria, int64(c)), append(marks, int64(sc.Marks[c]))
	}
	const query = `
		INSERT INTO score_card_marks (card_id, shortlist_id, criterion_id, mark)
		SELECT $1, $2, m.criterion, m.mark FROM unnest($3::bigint[], $4::smallint[]) AS m (criterion, mark)`
	_, err := tx.ExecContext(ctx, query, card.ID, id, pq.Array(criteria), pq.Array(marks))
	if pg.Violates(err, "score_card_marks_criterion") {
		return ErrCriterion
	}
	if err != nil {
		return fmt.Errorf("marks of card %d: %w", card.ID, err)
	}
	return nil
}
