package ideas

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/pg"
)

// Template is an answer the team can start from.
type Template struct {
	ID     int64  `db:"id"`
	Name   string `db:"name"`
	Lang   string `db:"lang"`
	Status Status `db:"status"` // the move it is meant for; empty for any
	Reason Reason `db:"reason"`
	Body   string `db:"body"`
}

func (t *Template) check() error {
	var c fault.Check
	t.Name = clean.Line(t.Name)
	c.Need(t.Name != "" && utf8.RuneCountInString(t.Name) <= 80, "name", "ideas.template_name")
	c.Need(t.Status == "" || t.Status.Known(), "status", "ideas.status_unknown")
	c.Need(t.Reason == "" || t.Reason.Known(), "reason", "ideas.reason_unknown")
	html, err := clean.Typed(t.Body)
	c.Need(err == nil, "body", fault.Of(err).Code)
	c.Need(!html.Empty(), "body", "ideas.answer_missing")
	t.Body = html.String()
	c.Need(len(t.Body) <= clean.MaxSource, "body", clean.ErrTooLong.Code)
	if t.Lang != "nl" {
		t.Lang = "en"
	}
	return c.Err()
}

// Templates lists the answer templates by name; for the team alone.
func (s *Service) Templates(ctx context.Context, actor accounts.Actor) ([]Template, error) {
	if err := MayDecide(actor); err != nil {
		return nil, err
	}
	var list []Template
	if err := s.db.SelectContext(ctx, &list, `SELECT id, name, lang, status, reason, body FROM answer_templates ORDER BY lang, name`); err != nil {
		return nil, fmt.Errorf("templates: %w", err)
	}
	return list, nil
}

// PutTemplate makes a template when its ID is 0, else changes that one.
func (s *Service) PutTemplate(ctx context.Context, actor accounts.Actor, t Template) (Template, error) {
	if err := MayDecide(actor); err != nil {
		return Template{}, err
	}
	if err := t.check(); err != nil {
		return Template{}, err
	}
	query := `INSERT INTO answer_templates (name, lang, status, reason, body) VALUES (:name, :lang, :status, :reason, :body) RETURNING id, name, lang, status, reason, body`
	if t.ID != 0 {
		query = `UPDATE answer_templates SET name = :name, lang = :lang, status = :status, reason = :reason, body = :body WHERE id = :id RETURNING id, name, lang, status, reason, body`
	}
	var stored Template
	err := pg.GetNamed(ctx, s.db, &stored, query, t)
	switch {
	case pg.Violates(err, "answer_templates_name_key"):
		return Template{}, ErrTemplateTaken.With("name", "ideas.template_taken")
	case pg.Missing(err):
		return Template{}, ErrTemplate
	case err != nil:
		return Template{}, fmt.Errorf("template %q: %w", t.Name, err)
	}
	return stored, nil
}

// DeleteTemplate removes a template.
func (s *Service) DeleteTemplate(ctx context.Context, actor accounts.Actor, id int64) error {
	if err := MayDecide(actor); err != nil {
		return err
	}
	var gone int64
	err := sqlx.GetContext(ctx, s.db, &gone, `DELETE FROM answer_templates WHERE id = $1 RETURNING id`, id)
	if pg.Missing(err) {
		return ErrTemplate
	}
	if err != nil {
		return fmt.Errorf("delete template %d: %w", id, err)
	}
	return nil
}
