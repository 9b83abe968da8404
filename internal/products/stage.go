package products

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Stage is how far the making of a product is.
type Stage string

// The stages, in order; stopped may follow any of them.
const (
	StageAdopted  Stage = "adopted"
	Designing     Stage = "designing"
	Prototype     Stage = "prototype"
	Beta          Stage = "beta"
	StageMaking   Stage = "in_production"
	StageLaunched Stage = "launched"
	Stopped       Stage = "stopped"
)

// Stages lists every stage in order.
var Stages = []Stage{StageAdopted, Designing, Prototype, Beta, StageMaking, StageLaunched, Stopped}

// status is what the ideas of a product in this stage show; empty for stopped,
// which leaves them where they are.
func (s Stage) status() ideas.Status {
	switch s {
	case StageMaking:
		return ideas.InProduction
	case StageLaunched:
		return ideas.Launched
	case Stopped:
		return ""
	default:
		return ideas.Adopted
	}
}

// Next lists the stages a product may go to: any later one, and after a stop
// the one it stopped at, or a later one. The database holds the same pairs in
// product_moves; a test compares them. The way back is an undo.
func (s Stage) Next(stoppedAt Stage) []Stage {
	switch at := slices.Index(Stages, s); {
	case s == Stopped:
		return slices.DeleteFunc(slices.Clone(Stages[max(slices.Index(Stages, stoppedAt), 0):]), func(to Stage) bool { return to == Stopped })
	case at < 0:
		return nil
	default:
		return slices.Clone(Stages[at+1:])
	}
}

// undoWithin is how long a stage can be taken back; the ideas behind the product
// hold their own decisions to the same.
const undoWithin = time.Hour

// reached is a stage as the history of a product has it.
type reached struct {
	ID   int64         `db:"id"`
	From *Stage        `db:"from_stage"`
	To   Stage         `db:"stage"`
	At   time.Time     `db:"at"`
	Age  time.Duration `db:"age"`
}

// road lists the stages that a product reached and did not take back, the first
// one first.
func road(ctx context.Context, q pg.Q, id ID) ([]reached, error) {
	const query = `
		SELECT id, from_stage, stage, at, (extract(epoch FROM clock_timestamp() - at) * 1e9)::bigint AS age
		FROM product_stages WHERE product_id = $1 AND undone_at IS NULL ORDER BY id`
	var list []reached
	if err := sqlx.SelectContext(ctx, q, &list, query, id); err != nil {
		return nil, fmt.Errorf("stages of product %d: %w", id, err)
	}
	return list, nil
}

// standing is the last stage of a road that is no stop: what its ideas show.
func standing(list []reached) Stage {
	for _, r := range slices.Backward(list) {
		if r.To != Stopped {
			return r.To
		}
	}
	return StageAdopted
}

// toStage takes a locked product and its ideas to a stage, keeps the move with
// the public words, and tells everybody concerned.
func (s *Service) toStage(ctx context.Context, tx pg.Q, actor accounts.Actor, p Product, to Stage, words string) error {
	way, err := road(ctx, tx, p.ID)
	if err != nil {
		return err
	}
	if !slices.Contains(p.Stage.Next(standing(way)), to) {
		return ErrStage
	}
	list, err := ideasOf(ctx, tx, p.ID)
	if err != nil {
		return err
	}
	if status := to.status(); status != "" {
		for _, idea := range list {
			err := s.ideas.Follow(ctx, tx, actor, idea, status)
			if fault.Of(err).Code == ideas.ErrMove.Code {
				return ErrStage
			}
			if err != nil {
				return err
			}
		}
	}
	n, err := keepStage(ctx, tx, p.ID, &p.Stage, to, actor, words)
	if err != nil {
		return err
	}
	p.Stage = to
	return s.tellStage(ctx, tx, actor, p, list, strconv.FormatInt(n, 10))
}

func keepStage(ctx context.Context, tx pg.Q, id ID, from *Stage, to Stage, actor accounts.Actor, words string) (int64, error) {
	var n int64
	const query = `INSERT INTO product_stages (product_id, from_stage, stage, actor_id, words) VALUES ($1, $2, $3, $4, $5) RETURNING id`
	err := sqlx.GetContext(ctx, tx, &n, query, id, from, to, actor.ID, words)
	if pg.Violates(err, "product_stages_move_allowed") {
		return 0, ErrStage
	}
	if err != nil {
		return 0, fmt.Errorf("stage of product %d: %w", id, err)
	}
	return n, nil
}

// UndoStage takes the last stage of a product back within the hour, with its ideas.
func (s *Service) UndoStage(ctx context.Context, actor accounts.Actor, slug string) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		p, err := lockBySlug(ctx, tx, slug)
		if err != nil {
			return err
		}
		list, err := ideasOf(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		_, err = s.unstage(ctx, tx, actor, p.ID, list)
		return err
	})
}

// unstage takes a product back a stage, with those of its ideas in list, and
// says what they show again. What one of them cannot undo any more, nobody can.
func (s *Service) unstage(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID, list []ideas.ID) (ideas.Status, error) {
	way, err := road(ctx, tx, id)
	if err != nil {
		return "", err
	}
	if len(way) < 2 {
		return "", ErrNoUndo
	}
	last, before := way[len(way)-1], way[:len(way)-1]
	if last.Age > undoWithin {
		return "", ideas.ErrUndoOver
	}
	if is, was := standing(way).status(), standing(before).status(); is != was {
		for _, idea := range list {
			theirs, back, err := s.ideas.Undo(ctx, tx, actor, idea)
			if err != nil {
				return "", err
			}
			if theirs != is || back != was {
				return "", ErrStage
			}
		}
	}
	if _, err := tx.ExecContext(ctx, `UPDATE product_stages SET undone_at = now() WHERE id = $1`, last.ID); err != nil {
		return "", fmt.Errorf("undo stage of product %d: %w", id, err)
	}
	to := before[len(before)-1]
	if _, err := tx.ExecContext(ctx, `UPDATE products SET stage = $2, stage_at = $3 WHERE id = $1`, id, to.To, to.At); err != nil {
		return "", fmt.Errorf("undo stage of product %d: %w", id, err)
	}
	return standing(before).status(), nil
}
