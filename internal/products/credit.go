package products

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Credit is a person's public due on a product.
type Credit struct {
	Account accounts.ID `db:"account_id"`
	Name    string      `db:"name"`
	Handle  string      `db:"handle"`
	Role    string      `db:"role"` // contributor, co_creator or suggestion
	WhatFor string      `db:"what_for"`
	Hidden  bool        `db:"hidden"` // has no profile page to link to
	Face    *string     `db:"face"`   // profile picture; nil for none
}

// The roles of a credit. The contributor's comes with an idea alone; the team
// gives the others by hand, too.
const (
	Contributor = "contributor"
	CoCreator   = "co_creator"
	Suggestion  = "suggestion" // of somebody whose suggestion was taken up
)

// Due is a credit as the team gives it.
type Due struct{ Handle, Role, WhatFor string }

func (d Due) check() error {
	var c fault.Check
	c.Need(d.Role == CoCreator || d.Role == Suggestion, "role", "products.role_unknown")
	c.Need(clean.ValidText(d.Handle) && d.Handle != "", "handle", "products.handle_unknown")
	c.Need(utf8.RuneCountInString(clean.Line(d.WhatFor)) <= 200, "what_for", "products.what_for_long")
	return c.Err()
}

// creditIdea credits the contributor and the co-creators of an adopted idea. Who
// is credited already keeps the greater role, and the words where none are new.
func creditIdea(ctx context.Context, tx pg.Q, product ID, idea ideas.Idea, whatFor string) error {
	whatFor = clean.Line(whatFor)
	if utf8.RuneCountInString(whatFor) > 200 {
		return errInvalid.With("what_for", "products.what_for_long")
	}
	const query = `
		INSERT INTO credits (product_id, account_id, role, what_for, idea_id)
		SELECT DISTINCT ON (account_id) $1::bigint, account_id, role, what_for, $2::bigint FROM (
			SELECT $3::bigint AS account_id, 'contributor' AS role, $4::text AS what_for
			UNION ALL
			SELECT account_id, role, left(what_for, 200) FROM co_creators WHERE idea_id = $2
		) AS part ORDER BY account_id, credit_weight(role) DESC
		ON CONFLICT (product_id, account_id) DO UPDATE SET
			what_for = CASE WHEN excluded.what_for <> '' THEN excluded.what_for ELSE credits.what_for END,
			role = CASE WHEN credit_weight(excluded.role) > credit_weight(credits.role) THEN excluded.role ELSE credits.role END,
			idea_id = coalesce(credits.idea_id, excluded.idea_id)`
	if _, err := tx.ExecContext(ctx, query, product, idea.ID, idea.Contributor, whatFor); err != nil {
		return fmt.Errorf("credits of idea %d: %w", idea.ID, err)
	}
	return nil
}

// Credit adds a co-creator to a product, or changes what somebody is credited for.
func (s *Service) Credit(ctx context.Context, actor accounts.Actor, slug string, account accounts.ID, whatFor string) error {
	return s.credit(ctx, actor, slug, Due{Handle: "-", Role: CoCreator, WhatFor: whatFor}, func(context.Context, pg.Q) (accounts.ID, error) { return account, nil })
}

// CreditAs credits whoever has the handle, or changes their credit. Of the
// contributor of an idea only the words change.
func (s *Service) CreditAs(ctx context.Context, actor accounts.Actor, slug string, d Due) error {
	return s.credit(ctx, actor, slug, d, func(ctx context.Context, tx pg.Q) (accounts.ID, error) { return named(ctx, tx, d.Handle) })
}

func (s *Service) credit(ctx context.Context, actor accounts.Actor, slug string, d Due, who func(context.Context, pg.Q) (accounts.ID, error)) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	if err := d.check(); err != nil {
		return err
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		p, err := lockBySlug(ctx, tx, slug) // an undo that takes credits back waits
		if err != nil {
			return err
		}
		account, err := who(ctx, tx)
		if err != nil {
			return err
		}
		const query = `
			INSERT INTO credits (product_id, account_id, role, what_for, given_role) VALUES ($1, $2, $3, $4, $3)
			ON CONFLICT (product_id, account_id) DO UPDATE SET what_for = excluded.what_for,
				role = CASE WHEN credits.role = 'contributor' THEN credits.role ELSE excluded.role END,
				given_role = CASE WHEN credits.given_role IS NULL AND credits.idea_id IS NOT NULL THEN NULL ELSE excluded.given_role END`
		_, err = tx.ExecContext(ctx, query, p.ID, account, d.Role, clean.Line(d.WhatFor))
		if pg.Violates(err, "credits_account_id_fkey") {
			return accounts.ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("credit account %d: %w", account, err)
		}
		return nil
	})
}

// Uncredit takes a credit away. A contributor's stays as long as their idea is
// in the product, and so does one that was rewarded.
func (s *Service) Uncredit(ctx context.Context, actor accounts.Actor, slug, handle string) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		p, err := lockBySlug(ctx, tx, slug)
		if err != nil {
			return err
		}
		account, err := named(ctx, tx, handle)
		if err != nil {
			return err
		}
		var role string
		err = sqlx.GetContext(ctx, tx, &role, `SELECT role FROM credits WHERE product_id = $1 AND account_id = $2`, p.ID, account)
		if pg.Missing(err) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("credit of account %d: %w", account, err)
		}
		if role == Contributor {
			return ErrContributor
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM credits WHERE product_id = $1 AND account_id = $2`, p.ID, account)
		if pg.Violates(err, "rewards_to_credited") {
			return ErrRewarded
		}
		if err != nil {
			return fmt.Errorf("take credit of account %d: %w", account, err)
		}
		return nil
	})
}

// Credits lists who is credited on a product, the contributors first.
func (s *Service) Credits(ctx context.Context, id ID) ([]Credit, error) {
	return creditsOf(ctx, s.db, id)
}

// named finds who has a handle, typed with or without its @; or, from a form that
// lists people, who has the number after a #: not everybody has a handle to show.
func named(ctx context.Context, q pg.Q, handle string) (accounts.ID, error) {
	var id accounts.ID
	unknown := errInvalid.With("handle", "products.handle_unknown")
	if !clean.ValidText(handle) {
		return 0, unknown
	}
	number, err := strconv.ParseInt(strings.TrimPrefix(handle, "#"), 10, 64)
	if err != nil || !strings.HasPrefix(handle, "#") {
		number = 0
	}
	err = sqlx.GetContext(ctx, q, &id, `SELECT id FROM accounts WHERE id = $2 OR handle = lower(ltrim(btrim($1), '@'))`, handle, number)
	if pg.Missing(err) {
		return 0, unknown
	}
	if err != nil {
		return 0, fmt.Errorf("who is %q: %w", handle, err)
	}
	return id, nil
}
