package products

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

// Reward is what somebody credited was given. No payment is made here: it is a
// record.
type Reward struct {
	Handle, Text     string
	Amount, Currency string // both empty, or 250.00 and EUR
	On               *time.Time
}

var (
	amountShape   = regexp.MustCompile(`^[0-9]{1,10}(\.[0-9]{1,2})?$`)
	currencyShape = regexp.MustCompile(`^[A-Z]{3}$`)
)

func (r *Reward) check() error {
	var c fault.Check
	r.Text, r.Currency = clean.Line(r.Text), strings.ToUpper(clean.Line(r.Currency))
	r.Amount = strings.ReplaceAll(clean.Line(r.Amount), ",", ".")
	if r.Amount == "" {
		r.Currency = ""
	}
	n := utf8.RuneCountInString(r.Text)
	c.Need(n >= 2 && n <= 200, "text", "products.reward_text")
	c.Need(r.Amount == "" || amountShape.MatchString(r.Amount) && strings.Trim(r.Amount, "0.") != "", "amount", "products.reward_amount")
	c.Need(r.Amount == "" || currencyShape.MatchString(r.Currency), "currency", "products.reward_currency")
	c.Need(r.On != nil, "on", "products.day_missing")
	return c.Err()
}

// Give records a reward and tells whom it was given to, who must be credited.
func (s *Service) Give(ctx context.Context, actor accounts.Actor, slug string, r Reward) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	if err := r.check(); err != nil {
		return err
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		p, err := bySlug(ctx, tx, slug)
		if err != nil {
			return err
		}
		to, err := named(ctx, tx, r.Handle)
		if err != nil {
			return err
		}
		var id int64
		const query = `
			INSERT INTO rewards (product_id, account_id, text, amount, currency, given_on, actor_id)
			VALUES ($1, $2, $3, NULLIF($4, '')::numeric, NULLIF($5, ''), $6, $7) RETURNING id`
		err = sqlx.GetContext(ctx, tx, &id, query, p.ID, to, r.Text, r.Amount, r.Currency, r.On, actor.ID)
		if pg.Violates(err, "rewards_to_credited") {
			return ErrNotCredited
		}
		if err != nil {
			return fmt.Errorf("reward on product %d: %w", p.ID, err)
		}
		data := about(p)
		data["reward"] = r.Text
		return s.tellOne(ctx, tx, p, notices.Rewarded, fmt.Sprintf("reward:%d", id), to, data)
	})
}

// RemoveReward takes a record away that was made by mistake.
func (s *Service) RemoveReward(ctx context.Context, actor accounts.Actor, slug string, id int64) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	p, err := bySlug(ctx, s.db, slug)
	if err != nil {
		return err
	}
	return affect(ctx, s.db, `DELETE FROM rewards WHERE product_id = $1 AND id = $2`, p.ID, id)
}

// SetTerms says what the credited get, in rich text; empty takes it away.
func (s *Service) SetTerms(ctx context.Context, actor accounts.Actor, slug, source string) error {
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	source = strings.ReplaceAll(strings.ToValidUTF8(source, ""), "\x00", "")
	html, err := clean.Typed(source)
	if err != nil {
		return errInvalid.With("terms", fault.Of(err).Code)
	}
	p, err := bySlug(ctx, s.db, slug)
	if err != nil {
		return err
	}
	query, args := `DELETE FROM reward_terms WHERE id = $1`, []any{p.ID}
	if !html.Empty() {
		query = `
			INSERT INTO reward_terms (id, source, html, policy_version) VALUES ($1, $2, $3, $4)
			ON CONFLICT (id) DO UPDATE SET source = excluded.source, html = excluded.html, policy_version = excluded.policy_version`
		args = append(args, source, html, clean.PolicyVersion)
	}
	if _, err := s.db.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("reward terms of product %d: %w", p.ID, err)
	}
	return nil
}
