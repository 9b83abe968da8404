package triage

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// View is a look at the studio that somebody saved: a name for a set of filters.
type View struct {
	ID        int64
	Owner     accounts.ID
	OwnerName string
	Name      string
	Query     string // the filters, as they stand in an address
	Shared    bool   // with the whole team
	Default   bool   // the studio opens with it, for whoever asks
}

// MaxViews is how many views one member of the team can save.
const MaxViews = 30

const (
	maxViewName  = 60
	maxViewQuery = 500
)

// The refusals of views.
var (
	ErrView      = fault.New(fault.NotFound, "triage.view_not_found", "There is no such view.")
	ErrViewTheir = fault.New(fault.Forbidden, "triage.view_not_yours", "Only who saved a view may change or delete it.")
	ErrViewTaken = fault.New(fault.Invalid, "triage.view_taken", "You have a view of this name already.").With("name", "triage.view_taken")
	ErrViewsFull = fault.New(fault.Conflict, "triage.views_full", "You have 30 views. Delete one first.")
)

func (v *View) tidy() error {
	var c fault.Check
	v.Name = clean.Line(v.Name)
	c.Need(v.Name != "" && utf8.RuneCountInString(v.Name) <= maxViewName, "name", "triage.view_name")
	c.Need(utf8.RuneCountInString(v.Query) <= maxViewQuery && clean.ValidText(v.Query), "q", "board.search")
	return c.Err()
}

// SaveView keeps a look at the studio for the actor, and for the team where it is
// shared. It gives the view's number.
func (s *Service) SaveView(ctx context.Context, actor accounts.Actor, v View) (id int64, err error) {
	if err := ideas.MayDecide(actor); err != nil {
		return 0, err
	}
	if err := v.tidy(); err != nil {
		return 0, err
	}
	err = pg.InTx(ctx, s.db, func(tx pg.Q) error {
		// Two that are saved at once are counted one after the other.
		if _, err := tx.ExecContext(ctx, `SELECT FROM accounts WHERE id = $1 FOR NO KEY UPDATE`, actor.ID); err != nil {
			return fmt.Errorf("lock account %d: %w", actor.ID, err)
		}
		var n int
		if err := sqlx.GetContext(ctx, tx, &n, `SELECT count(*) FROM studio_views WHERE owner_id = $1`, actor.ID); err != nil {
			return fmt.Errorf("count views: %w", err)
		}
		if n >= MaxViews {
			return ErrViewsFull
		}
		const query = `INSERT INTO studio_views (owner_id, name, query, shared) VALUES ($1, $2, $3, $4) RETURNING id`
		return viewFault(sqlx.GetContext(ctx, tx, &id, query, actor.ID, v.Name, v.Query, v.Shared))
	})
	return id, err
}

// ChangeView renames a view of the actor's, shares it or keeps it private.
func (s *Service) ChangeView(ctx context.Context, actor accounts.Actor, id int64, name string, shared bool) error {
	v := View{Name: name}
	if err := s.mayChangeView(ctx, actor, id); err != nil {
		return err
	}
	if err := v.tidy(); err != nil {
		return err
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if _, err := tx.ExecContext(ctx, `UPDATE studio_views SET name = $2, shared = $3 WHERE id = $1`, id, v.Name, shared); err != nil {
			return viewFault(err)
		}
		if shared {
			return nil
		}
		// What is private again cannot be where the studio opens for others.
		const others = `DELETE FROM studio_defaults d USING studio_views v WHERE d.view_id = $1 AND v.id = $1 AND d.account_id <> v.owner_id`
		if _, err := tx.ExecContext(ctx, others, id); err != nil {
			return fmt.Errorf("defaults of view %d: %w", id, err)
		}
		return nil
	})
}

// DeleteView removes a view of the actor's.
func (s *Service) DeleteView(ctx context.Context, actor accounts.Actor, id int64) error {
	if err := s.mayChangeView(ctx, actor, id); err != nil {
		return err
	}
	if _, err := s.db.ExecContext(ctx, `DELETE FROM studio_views WHERE id = $1`, id); err != nil {
		return fmt.Errorf("delete view %d: %w", id, err)
	}
	return nil
}

// OpenWith has the studio open with a view for the actor, or with 0 as it is.
func (s *Service) OpenWith(ctx context.Context, actor accounts.Actor, id int64) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	if id == 0 {
		if _, err := s.db.ExecContext(ctx, `DELETE FROM studio_defaults WHERE account_id = $1`, actor.ID); err != nil {
			return fmt.Errorf("default view: %w", err)
		}
		return nil
	}
	const query = `
		INSERT INTO studio_defaults (account_id, view_id) SELECT $1, id FROM studio_views WHERE id = $2 AND (shared OR owner_id = $1)
		ON CONFLICT (account_id) DO UPDATE SET view_id = excluded.view_id RETURNING true`
	var done bool
	err := sqlx.GetContext(ctx, s.db, &done, query, actor.ID, id)
	if pg.Missing(err) {
		return ErrView
	}
	if err != nil {
		return fmt.Errorf("default view: %w", err)
	}
	return nil
}

// mayChangeView finds a view the actor sees, and says whether it is theirs.
func (s *Service) mayChangeView(ctx context.Context, actor accounts.Actor, id int64) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	var owner accounts.ID
	err := sqlx.GetContext(ctx, s.db, &owner, `SELECT owner_id FROM studio_views WHERE id = $1 AND (shared OR owner_id = $2)`, id, actor.ID)
	switch {
	case pg.Missing(err):
		return ErrView
	case err != nil:
		return fmt.Errorf("view %d: %w", id, err)
	case owner != actor.ID && !actor.Has(accounts.Admin):
		return ErrViewTheir
	}
	return nil
}

func viewFault(err error) error {
	if pg.Violates(err, "studio_views_name_key") {
		return ErrViewTaken
	}
	if err != nil {
		return fmt.Errorf("save view: %w", err)
	}
	return nil
}
