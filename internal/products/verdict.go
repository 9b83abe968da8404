package products

import (
	"context"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
)

// Report is what a tester found.
type Report struct {
	Rating int // 1 to 5
	Body   string
	Public bool // shown to everybody, else to the team alone
}

// TellReport stores what an accepted tester found; telling again replaces it.
func (s *Service) TellReport(ctx context.Context, actor accounts.Actor, slug string, r Report) error {
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	var c fault.Check
	r.Body = lines(r.Body)
	n := utf8.RuneCountInString(r.Body)
	c.Need(r.Rating >= 1 && r.Rating <= 5, "rating", "products.rating")
	c.Need(n >= 10 && n <= 4000, "body", "products.report_body")
	if err := c.Err(); err != nil {
		return err
	}
	p, err := bySlug(ctx, s.db, slug)
	if err != nil {
		return err
	}
	const query = `
		INSERT INTO beta_reports (product_id, account_id, rating, body, public)
		SELECT product_id, account_id, $3, $4, $5 FROM beta_applications WHERE product_id = $1 AND account_id = $2 AND status = 'accepted' FOR SHARE
		ON CONFLICT (product_id, account_id) DO UPDATE SET rating = excluded.rating, body = excluded.body, public = excluded.public, at = now()`
	done, err := s.db.ExecContext(ctx, query, p.ID, actor.ID, r.Rating, r.Body, r.Public)
	if err != nil {
		return fmt.Errorf("report on product %d: %w", p.ID, err)
	}
	if n, err := done.RowsAffected(); err != nil || n > 0 {
		return err
	}
	return ErrNotTester
}

// Verdict is what a customer says of a launched product: whether it is what the
// idea promised.
type Verdict string

// The verdicts.
const (
	KeptPromise Verdict = "kept_promise"
	Partly      Verdict = "partly"
	NotKept     Verdict = "not"
)

// Verdicts lists them, the best first.
var Verdicts = []Verdict{KeptPromise, Partly, NotKept}

// Judge stores a customer's verdict; judging again replaces it. One statement
// decides whether the product is out, and whether this person has a say in it.
func (s *Service) Judge(ctx context.Context, actor accounts.Actor, slug string, v Verdict, words string) error {
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	var c fault.Check
	words = lines(words)
	c.Need(slices.Contains(Verdicts, v), "verdict", "products.verdict")
	c.Need(utf8.RuneCountInString(words) <= 500, "words", "products.words_long")
	if err := c.Err(); err != nil {
		return err
	}
	p, err := bySlug(ctx, s.db, slug)
	if err != nil {
		return err
	}
	const query = `
		WITH asked AS (
			SELECT EXISTS (SELECT 1 FROM product_stages WHERE product_id = $1 AND stage = 'launched' AND undone_at IS NULL) AS out, has_say($1, $2) AS say
		), written AS (
			INSERT INTO verdicts (product_id, account_id, verdict, words) SELECT $1, $2, $3, $4 FROM asked WHERE out AND say
			ON CONFLICT (product_id, account_id) DO UPDATE SET verdict = excluded.verdict, words = excluded.words, at = now()
			RETURNING 1
		)
		SELECT out, say, EXISTS (SELECT 1 FROM written) AS written FROM asked`
	var got struct{ Out, Say, Written bool }
	err = sqlx.GetContext(ctx, s.db, &got, query, p.ID, actor.ID, v, words)
	switch {
	case err != nil:
		return fmt.Errorf("verdict on product %d: %w", p.ID, err)
	case got.Written:
		return nil
	case !got.Out:
		return ErrNotLaunched
	default:
		return ErrNoSay
	}
}
