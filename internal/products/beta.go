package products

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

// Call asks customers to test a product before it is launched.
type Call struct {
	Words    string
	ClosesAt *time.Time
	Places   int
}

func (c *Call) check() error {
	var check fault.Check
	c.Words = lines(c.Words)
	n := utf8.RuneCountInString(c.Words)
	check.Need(n >= 10 && n <= 2000, "words", "products.call_words")
	check.Need(c.ClosesAt != nil, "closes", "products.day_missing")
	check.Need(c.Places >= 1 && c.Places <= 10_000, "places", "products.call_places")
	return check.Err()
}

// CallTesters opens the call for testers of a product, or changes it. Who voted
// on its ideas, or is credited, is invited, once.
func (s *Service) CallTesters(ctx context.Context, actor accounts.Actor, slug string, c Call) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	if err := c.check(); err != nil {
		return err
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		p, err := lockBySlug(ctx, tx, slug)
		if err != nil {
			return err
		}
		if p.Stage == StageLaunched || p.Stage == Stopped {
			return ErrCallClosed
		}
		const query = `
			INSERT INTO beta_calls (product_id, words, closes_at, places)
			SELECT $1, $2, $3, $4 WHERE $3::timestamptz > clock_timestamp()
			ON CONFLICT (product_id) DO UPDATE SET words = excluded.words, closes_at = excluded.closes_at, places = excluded.places`
		done, err := tx.ExecContext(ctx, query, p.ID, c.Words, c.ClosesAt, c.Places)
		if pg.Violates(err, "beta_calls_places_hold") {
			return errInvalid.With("places", "products.places_taken")
		}
		if err != nil {
			return fmt.Errorf("call for testers of product %d: %w", p.ID, err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, errInvalid.With("closes", "products.call_past"))
		}
		list, err := ideasOf(ctx, tx, p.ID)
		if err != nil {
			return err
		}
		f := notices.Fact{Kind: notices.BetaCalled, Key: "beta:" + p.ID.String(), Also: notices.Voters | notices.Contributor | notices.CoCreators, But: actor.ID, Data: about(p)}
		return s.tellAll(ctx, tx, list, f)
	})
}

// CloseCall ends the call for testers now.
func (s *Service) CloseCall(ctx context.Context, actor accounts.Actor, slug string) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	p, err := bySlug(ctx, s.db, slug)
	if err != nil {
		return err
	}
	const query = `UPDATE beta_calls SET closes_at = LEAST(closes_at, clock_timestamp()) WHERE product_id = $1`
	if _, err := s.db.ExecContext(ctx, query, p.ID); err != nil {
		return fmt.Errorf("close the call of product %d: %w", p.ID, err)
	}
	return nil
}

// Apply offers to test a product; the words may change until the team decides.
// One statement decides whether this person may, and whether it is still time.
func (s *Service) Apply(ctx context.Context, actor accounts.Actor, slug, words string) error {
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	if words = lines(words); utf8.RuneCountInString(words) > 1000 {
		return errInvalid.With("words", "products.application_long")
	}
	p, err := bySlug(ctx, s.db, slug)
	if err != nil {
		return err
	}
	const query = `
		WITH call AS (
			SELECT b.closes_at > clock_timestamp() AND p.stage NOT IN ('launched', 'stopped') AS open, has_say($1, $2) AS say
			FROM beta_calls b JOIN products p ON p.id = b.product_id WHERE b.product_id = $1
		), written AS (
			INSERT INTO beta_applications (product_id, account_id, words)
			SELECT $1, $2, $3 FROM call WHERE open AND say
			ON CONFLICT (product_id, account_id) DO UPDATE SET words = excluded.words WHERE beta_applications.status = 'applied'
			RETURNING 1
		)
		SELECT open, say, EXISTS (SELECT 1 FROM written) AS written FROM call`
	var got struct{ Open, Say, Written bool }
	err = sqlx.GetContext(ctx, s.db, &got, query, p.ID, actor.ID, words)
	switch {
	case pg.Missing(err):
		return ErrNoCall
	case err != nil:
		return fmt.Errorf("apply to test product %d: %w", p.ID, err)
	case got.Written:
		return nil
	case !got.Say:
		return ErrNoSay
	case !got.Open:
		return ErrCallClosed
	default:
		return ErrApplied
	}
}

// DecideTester accepts or declines who applied. More than there are places are
// never accepted: the call's own row counts them.
func (s *Service) DecideTester(ctx context.Context, actor accounts.Actor, slug, handle string, accept bool) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		p, err := bySlug(ctx, tx, slug)
		if err != nil {
			return err
		}
		account, err := named(ctx, tx, handle)
		if err != nil {
			return err
		}
		var was string
		const lock = `
			WITH call AS (SELECT product_id FROM beta_calls WHERE product_id = $1 FOR UPDATE)
			SELECT a.status FROM call JOIN beta_applications a USING (product_id) WHERE a.account_id = $2`
		if err := sqlx.GetContext(ctx, tx, &was, lock, p.ID, account); pg.Missing(err) {
			return ErrNotApplied
		} else if err != nil {
			return fmt.Errorf("application for product %d: %w", p.ID, err)
		}
		return s.decideTester(ctx, tx, p, account, was, accept)
	})
}

func (s *Service) decideTester(ctx context.Context, tx pg.Q, p Product, account accounts.ID, was string, accept bool) error {
	now, change := "declined", 0
	switch {
	case accept:
		now, change = "accepted", 1
	case was == "accepted":
		change = -1
	}
	if now == was {
		return nil
	}
	if was == "accepted" {
		var reported bool
		const query = `SELECT EXISTS (SELECT 1 FROM beta_reports WHERE product_id = $1 AND account_id = $2)`
		if err := sqlx.GetContext(ctx, tx, &reported, query, p.ID, account); err != nil {
			return fmt.Errorf("report of account %d: %w", account, err)
		}
		if reported {
			return ErrReported
		}
	}
	_, err := tx.ExecContext(ctx, `UPDATE beta_calls SET taken = taken + $2 WHERE product_id = $1`, p.ID, change)
	if pg.Violates(err, "beta_calls_places_hold") {
		return ErrFull
	}
	if err != nil {
		return fmt.Errorf("places of product %d: %w", p.ID, err)
	}
	const query = `UPDATE beta_applications SET status = $3 WHERE product_id = $1 AND account_id = $2`
	if _, err := tx.ExecContext(ctx, query, p.ID, account, now); err != nil {
		return fmt.Errorf("tester %d of product %d: %w", account, p.ID, err)
	}
	if !accept {
		return nil
	}
	return s.tellOne(ctx, tx, p, notices.BetaAccepted, fmt.Sprintf("beta_accepted:%d:%d", p.ID, account), account, about(p))
}
