package ideas

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/pg"
)

const ideaColumns = `
	i.id, i.contributor_id, t.slug AS topic, i.title, i.slug, i.story_source, i.story_html, i.cover_id, i.status, i.hidden,
	i.version, i.carried_over, i.source, i.created_at, i.submitted_at, i.changed_at`

// byID fetches an idea the viewer may see. One that is hidden from them and one
// that is missing look the same, so that nobody can probe for what was removed.
func byID(ctx context.Context, q pg.Q, viewer accounts.Actor, id ID, lock string) (Idea, error) {
	query := `SELECT ` + ideaColumns + ` FROM ideas i LEFT JOIN topics t ON t.id = i.topic_id WHERE i.id = $1 ` + lock
	var idea Idea
	err := sqlx.GetContext(ctx, q, &idea, query, id)
	if errors.Is(err, sql.ErrNoRows) {
		return Idea{}, ErrNotFound
	}
	if err != nil {
		return Idea{}, fmt.Errorf("idea %d: %w", id, err)
	}
	if !Sees(viewer, idea) {
		return Idea{}, ErrNotFound
	}
	return idea, nil
}

const forUpdate = `FOR UPDATE OF i`

// byIDs fetches those of the ideas that the viewer may see, in one query.
func byIDs(ctx context.Context, q pg.Q, viewer accounts.Actor, list []ID) ([]Idea, error) {
	query := `SELECT ` + ideaColumns + ` FROM ideas i LEFT JOIN topics t ON t.id = i.topic_id WHERE i.id = ANY($1)`
	var found []Idea
	if err := sqlx.SelectContext(ctx, q, &found, query, pg.IDs(list)); err != nil {
		return nil, fmt.Errorf("%d ideas: %w", len(list), err)
	}
	return slices.DeleteFunc(found, func(i Idea) bool { return !Sees(viewer, i) }), nil
}

func picturesOf(ctx context.Context, q pg.Q, id ID) ([]Picture, error) {
	var list []Picture
	const query = `SELECT image_id, alt FROM idea_pictures WHERE idea_id = $1 ORDER BY position`
	if err := sqlx.SelectContext(ctx, q, &list, query, id); err != nil {
		return nil, fmt.Errorf("pictures of idea %d: %w", id, err)
	}
	return list, nil
}

func tagsOf(ctx context.Context, q pg.Q, id ID) ([]string, error) {
	var list []string
	if err := sqlx.SelectContext(ctx, q, &list, `SELECT tag FROM idea_tags WHERE idea_id = $1 ORDER BY tag`, id); err != nil {
		return nil, fmt.Errorf("tags of idea %d: %w", id, err)
	}
	return list, nil
}

func historyOf(ctx context.Context, q pg.Q, id ID) ([]Entry, error) {
	const query = `
		SELECT h.id, h.kind, h.from_status, h.to_status, h.actor_id, h.at, h.answer_html, h.reason, h.undo, a.name AS by_name, ` + accounts.ShownHandle + ` AS by_handle, ` + accounts.ShownFace + ` AS by_face
		FROM idea_history h JOIN accounts a ON a.id = h.actor_id
		WHERE h.idea_id = $1 ORDER BY h.id`
	var list []Entry
	if err := sqlx.SelectContext(ctx, q, &list, query, id); err != nil {
		return nil, fmt.Errorf("history of idea %d: %w", id, err)
	}
	return list, nil
}

func versionsOf(ctx context.Context, q pg.Q, id ID) ([]Version, error) {
	const query = `SELECT version, title, story_html, replaced_at FROM idea_versions WHERE idea_id = $1 ORDER BY version DESC`
	var list []Version
	if err := sqlx.SelectContext(ctx, q, &list, query, id); err != nil {
		return nil, fmt.Errorf("versions of idea %d: %w", id, err)
	}
	return list, nil
}
