package notices

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/pg"
)

// Choice is where the notices of a group go.
type Choice struct {
	About About `db:"about"`
	Inbox bool  `db:"inbox"`
	Mail  When  `db:"mail"`
}

// Choices are all that somebody chose, and whether mail reaches them.
type Choices struct {
	List      []Choice // every group once, in the order of Abouts
	Off       bool     // no mail at all
	RefusedAt *time.Time
	Refusal   string
}

// Choices gives what the actor chose; what they never touched as it usually is.
func (s *Service) Choices(ctx context.Context, actor accounts.Actor) (Choices, error) {
	if actor.Visitor() {
		return Choices{}, ErrSignIn
	}
	var row struct {
		Off       bool       `db:"mail_off"`
		RefusedAt *time.Time `db:"mail_refused_at"`
		Refusal   string     `db:"mail_refusal"`
	}
	if err := s.db.GetContext(ctx, &row, `SELECT mail_off, mail_refused_at, mail_refusal FROM accounts WHERE id = $1`, actor.ID); err != nil {
		return Choices{}, fmt.Errorf("mail of account %d: %w", actor.ID, err)
	}
	var made []Choice
	if err := s.db.SelectContext(ctx, &made, `SELECT about, inbox, mail FROM notice_choices WHERE account_id = $1`, actor.ID); err != nil {
		return Choices{}, fmt.Errorf("choices of account %d: %w", actor.ID, err)
	}
	all := Choices{Off: row.Off, RefusedAt: row.RefusedAt, Refusal: row.Refusal}
	for _, a := range Abouts {
		c := Choice{About: a, Inbox: true, Mail: usual[a]}
		if i := slices.IndexFunc(made, func(m Choice) bool { return m.About == a }); i >= 0 {
			c = made[i]
		}
		all.List = append(all.List, c)
	}
	return all, nil
}

// Choose sets where the groups go, and whether there is any mail at all. Groups
// that are not named stay as they are.
func (s *Service) Choose(ctx context.Context, actor accounts.Actor, list []Choice, mail bool) error {
	if actor.Visitor() {
		return ErrSignIn
	}
	for _, c := range list {
		if !slices.Contains(Abouts, c.About) || !slices.Contains(Whens, c.Mail) {
			return ErrChoice
		}
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if err := setMail(ctx, tx, actor.ID, mail); err != nil {
			return err
		}
		for _, c := range list {
			if err := choose(ctx, tx, actor.ID, c); err != nil {
				return err
			}
		}
		return nil
	})
}

func choose(ctx context.Context, tx pg.Q, account accounts.ID, c Choice) error {
	const query = `
		INSERT INTO notice_choices (account_id, about, inbox, mail) SELECT id, $2, $3, $4 FROM accounts WHERE id = $1
		ON CONFLICT (account_id, about) DO UPDATE SET inbox = excluded.inbox, mail = excluded.mail`
	if _, err := tx.ExecContext(ctx, query, account, c.About, c.Inbox, c.Mail); err != nil {
		return fmt.Errorf("choice of account %d: %w", account, err)
	}
	return nil
}

func setMail(ctx context.Context, q pg.Q, account accounts.ID, on bool) error {
	if _, err := q.ExecContext(ctx, `UPDATE accounts SET mail_off = $2 WHERE id = $1`, account, !on); err != nil {
		return fmt.Errorf("mail of account %d: %w", account, err)
	}
	return nil
}

// endMail has the groups come by mail no more; where they stand in the inbox
// stays.
func endMail(ctx context.Context, tx pg.Q, account accounts.ID, groups []About) error {
	for _, g := range groups {
		var inbox bool
		err := sqlx.GetContext(ctx, tx, &inbox, `SELECT inbox FROM notice_choices WHERE account_id = $1 AND about = $2`, account, g)
		if pg.Missing(err) {
			inbox, err = true, nil
		}
		if err != nil {
			return fmt.Errorf("choice of account %d: %w", account, err)
		}
		if err := choose(ctx, tx, account, Choice{About: g, Inbox: inbox, Mail: Never}); err != nil {
			return err
		}
	}
	return nil
}

// Bounced notes that a mail server takes no mail for the address, which ends the
// mails until its owner tries again or changes it.
func (s *Service) Bounced(ctx context.Context, account accounts.ID, reason string) error {
	const query = `UPDATE accounts SET mail_refused_at = now(), mail_refusal = left($2, 500) WHERE id = $1`
	if _, err := s.db.ExecContext(ctx, query, account, oneLine(reason)); err != nil {
		return fmt.Errorf("refused mail of account %d: %w", account, err)
	}
	return nil
}

// TryAgain has mail go to the actor's address once more.
func (s *Service) TryAgain(ctx context.Context, actor accounts.Actor) error {
	if actor.Visitor() {
		return ErrSignIn
	}
	if _, err := s.db.ExecContext(ctx, `UPDATE accounts SET mail_refused_at = NULL, mail_refusal = '' WHERE id = $1`, actor.ID); err != nil {
		return fmt.Errorf("mail of account %d: %w", actor.ID, err)
	}
	return nil
}
