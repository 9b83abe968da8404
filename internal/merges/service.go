package merges

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
	"prosumer/internal/votes"
)

// Service merges ideas.
type Service struct {
	db      *sqlx.DB
	ideas   *ideas.Service
	notices *notices.Service
	changed func([]votes.Tally) // hears of tallies after the commit
}

// NewService makes the service over db; changed hears of every tally that a
// merge or unmerge moved, once it is committed.
func NewService(db *sqlx.DB, i *ideas.Service, n *notices.Service, changed func([]votes.Tally)) *Service {
	return &Service{db: db, ideas: i, notices: n, changed: changed}
}

// Merge puts an idea into another. Its votes are copied there, one for each
// voter, the later where somebody voted on both; its followers follow the other
// too; its contributor becomes a co-creator of it; and all of them are told. The
// idea keeps what it has and moves to merged, with the public note, which may be
// empty. Both ideas, and then both tallies, are held in order of id, as votes
// and decisions do.
func (s *Service) Merge(ctx context.Context, actor accounts.Actor, from, into ideas.ID, note string) (Merge, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return Merge{}, err
	}
	words, err := clean.Typed(note)
	if err != nil {
		return Merge{}, errInvalid.With("note", fault.Of(err).Code)
	}
	var m Merge
	var moved []votes.Tally
	err = pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if err := pg.Patient(ctx, tx); err != nil {
			return err
		}
		f, t, err := sides(ctx, tx, from, into, holding)
		if err != nil {
			return err
		}
		if err := refusal(f, t); err != nil {
			return err
		}
		id, err := insert(ctx, tx, actor, from, into, clean.Text(words))
		if err != nil {
			return err
		}
		if err := pg.Unhurried(ctx, tx); err != nil { // a popular idea has many votes
			return err
		}
		if err := votes.Carry(ctx, tx, id, from, into); err != nil {
			return err
		}
		if err := s.ideas.MergeTx(ctx, tx, actor, from, note); err != nil {
			return err
		}
		if err := nameCoCreators(ctx, tx, into); err != nil {
			return err
		}
		if err := s.notices.CarryFollowers(ctx, tx, id, from, into); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, notices.Merged, fmt.Sprintf("merge:%d", id), actor, f, t); err != nil {
			return err
		}
		if err := sqlx.GetContext(ctx, tx, &m, selectMerge+`m.id = $1`, id); err != nil {
			return fmt.Errorf("merge %d: %w", id, err)
		}
		moved, err = votes.TalliesIn(ctx, tx, []ideas.ID{from, into})
		return err
	})
	if err != nil {
		return Merge{}, err
	}
	s.changed(moved)
	return m, nil
}

// Unmerge takes an idea out of the one it was merged into, back to where it was
// in its life. Copied votes go, and what they replaced comes back; what a voter
// has cast or taken back there since stays so. At once that gives the counts of
// before to the vote.
func (s *Service) Unmerge(ctx context.Context, actor accounts.Actor, from ideas.ID) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	into, err := s.target(ctx, from)
	if err != nil {
		return err
	}
	var moved []votes.Tally
	err = pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if err := pg.Patient(ctx, tx); err != nil {
			return err
		}
		f, t, err := sides(ctx, tx, from, into, holding)
		if err != nil {
			return err
		}
		id, err := endMerge(ctx, tx, actor, from, into)
		if err != nil {
			return err
		}
		switch {
		case t.Status == ideas.Merged:
			return ErrMovedOn
		case t.Status == ideas.Adopted || t.Status == ideas.InProduction || t.Status == ideas.Launched:
			return ErrMade
		case t.ResultsOut:
			return ErrResults
		}
		if err := pg.Unhurried(ctx, tx); err != nil {
			return err
		}
		if err := votes.GiveBack(ctx, tx, id, from, into); err != nil {
			return err
		}
		if _, err := s.ideas.UnmergeTx(ctx, tx, actor, from); err != nil {
			return err
		}
		if err := nameCoCreators(ctx, tx, into); err != nil {
			return err
		}
		if err := s.notices.ReturnFollowers(ctx, tx, id); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, notices.Unmerged, fmt.Sprintf("unmerge:%d", id), actor, f, t); err != nil {
			return err
		}
		moved, err = votes.TalliesIn(ctx, tx, []ideas.ID{from, into})
		return err
	})
	if err != nil {
		return err
	}
	s.changed(moved)
	return nil
}

// Preview is what a merge would come to.
type Preview struct {
	FromTitle, FromSlug string
	IntoTitle, IntoSlug string
	votes.Weighing
}

// Preview says what a merge would do, or why it would be refused.
func (s *Service) Preview(ctx context.Context, actor accounts.Actor, from, into ideas.ID) (Preview, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return Preview{}, err
	}
	f, t, err := sides(ctx, s.db, from, into, "")
	if err != nil {
		return Preview{}, err
	}
	if err := refusal(f, t); err != nil {
		return Preview{}, err
	}
	p := Preview{FromTitle: f.Title, FromSlug: f.Slug, IntoTitle: t.Title, IntoSlug: t.Slug}
	p.Weighing, err = votes.Weigh(ctx, s.db, from, into)
	return p, err
}
