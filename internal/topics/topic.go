package topics

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"
)

// Topic is a lasting shelf.
type Topic struct {
	ID     int64  `db:"id"`
	Slug   string `db:"slug"`
	NameEN string `db:"name_en"`
	NameNL string `db:"name_nl"`
	Held   bool   `db:"held"` // what is proposed here waits for a moderator
}

// Name is the topic's name in a language ("en" or "nl").
func (t Topic) Name(lang string) string {
	if lang == "nl" {
		return t.NameNL
	}
	return t.NameEN
}

// Service lists and makes topics.
type Service struct{ db *sqlx.DB }

// NewService makes the service over db.
func NewService(db *sqlx.DB) *Service { return &Service{db: db} }

// List gives every topic in order.
func (s *Service) List(ctx context.Context) ([]Topic, error) {
	var list []Topic
	if err := s.db.SelectContext(ctx, &list, `SELECT id, slug, name_en, name_nl, held FROM topics ORDER BY position, id`); err != nil {
		return nil, fmt.Errorf("topics: %w", err)
	}
	return list, nil
}

// Put makes a topic, or renames the one with its slug.
func (s *Service) Put(ctx context.Context, t Topic, position int) (Topic, error) {
	const query = `
		INSERT INTO topics (slug, name_en, name_nl, position, held) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (slug) DO UPDATE SET name_en = excluded.name_en, name_nl = excluded.name_nl, position = excluded.position, held = excluded.held
		RETURNING id`
	if err := s.db.GetContext(ctx, &t.ID, query, t.Slug, t.NameEN, t.NameNL, position, t.Held); err != nil {
		return Topic{}, fmt.Errorf("topic %q: %w", t.Slug, err)
	}
	return t, nil
}
