package triage

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Sources lists how an idea may reach the team past the site, as the database
// knows them.
var Sources = []string{"letter", "mail", "phone", "shop", "event", "other"}

// Entry is an idea that somebody of the team writes down for a customer.
type Entry struct {
	Text      ideas.Text
	Source    string // one of Sources
	Who       string // who it was, for the team alone
	ShownAs   string // the name everybody sees
	Consented bool   // the customer agreed to be on the board
	Consent   string // how they said so
	ConsentOn *time.Time
}

// source of the accounts that such customers have.
const behalfSource = "behalf"

func (s *Service) checkEntry(in *Entry) error {
	var c fault.Check
	in.Who, in.Consent, in.ShownAs = strings.TrimSpace(clean.Line(in.Who)), clean.Line(in.Consent), clean.Line(in.ShownAs)
	c.Need(slices.Contains(Sources, in.Source), "source", "triage.source_unknown")
	c.Need(utf8.RuneCountInString(in.Who) <= 500, "who", "triage.who_long")
	c.Need(in.Consented, "consented", "triage.consent_missing")
	n := utf8.RuneCountInString(in.Consent)
	c.Need(n >= 3, "consent", "triage.consent_how")
	c.Need(n <= 500, "consent", "triage.who_long")
	c.Need(in.ConsentOn != nil, "consent_on", "triage.consent_when")
	if in.ConsentOn != nil {
		c.Need(!dateOf(*in.ConsentOn).After(s.today()), "consent_on", "triage.consent_when")
	}
	n = utf8.RuneCountInString(in.ShownAs)
	c.Need(n >= 1 && n <= 80, "shown_as", "triage.shown_length")
	return c.Err()
}

// Enter puts an idea on the board that a customer gave in another way. It opens
// at once, with the customer for its contributor: an account with the name that
// is shown, without address and sign-in. The history says who entered it.
func (s *Service) Enter(ctx context.Context, actor accounts.Actor, in Entry) (ideas.Idea, error) {
	if err := ideas.MayDecide(actor); err != nil {
		return ideas.Idea{}, err
	}
	wrong := s.checkEntry(&in)
	if err := ideas.CheckText(in.Text); err != nil {
		wrong = merged(wrong, err)
	}
	if wrong != nil {
		return ideas.Idea{}, wrong
	}
	var idea ideas.Idea
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		customer, err := accounts.Imported(ctx, tx, behalfSource, strings.ToLower(rand.Text()), in.ShownAs)
		if err != nil {
			return err
		}
		if idea, err = s.ideas.EnterTx(ctx, tx, actor, customer, in.Text); err != nil {
			return err
		}
		const query = `INSERT INTO idea_behalves (idea_id, actor_id, source, who, consent, consent_on) VALUES ($1, $2, $3, $4, $5, $6::date)`
		if _, err := tx.ExecContext(ctx, query, idea.ID, actor.ID, in.Source, in.Who, in.Consent, *sqlDay(in.ConsentOn)); err != nil {
			return fmt.Errorf("entry of idea %d: %w", idea.ID, err)
		}
		_, err = note(ctx, tx, idea.ID, Entered, actor.ID, nil, nil)
		return err
	})
	return idea, err
}

// merged joins the remedies of two refusals of one form.
func merged(first, second error) error {
	f, g := fault.Of(first), fault.Of(second)
	if first == nil || g.Kind != fault.Invalid {
		return second
	}
	for field, code := range g.Fields {
		f = f.With(field, code)
	}
	return f
}

// Behalf is what is known of an idea that was entered for a customer.
type Behalf struct {
	By        string    `db:"by_name"` // of the team
	Source    string    `db:"source"`
	Who       string    `db:"who"`     // empty but for the team
	Consent   string    `db:"consent"` // empty but for the team
	ConsentOn time.Time `db:"consent_on"`
}

// Behalf says who entered an idea for a customer, to everybody who sees the
// idea, and to the team who the customer was; false for any other idea.
func (s *Service) Behalf(ctx context.Context, actor accounts.Actor, idea ideas.ID) (Behalf, bool, error) {
	var b Behalf
	const query = `SELECT a.name AS by_name, b.source, b.who, b.consent, b.consent_on FROM idea_behalves b JOIN accounts a ON a.id = b.actor_id WHERE b.idea_id = $1`
	err := s.db.GetContext(ctx, &b, query, idea)
	if errors.Is(err, sql.ErrNoRows) {
		return Behalf{}, false, nil
	}
	if err != nil {
		return Behalf{}, false, fmt.Errorf("on behalf of whom idea %d: %w", idea, err)
	}
	if !actor.Decides() {
		b.Who, b.Consent, b.ConsentOn = "", "", time.Time{}
	}
	return b, true, nil
}
