package ideas

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/outbox"
	"prosumer/internal/pg"
)

// insertDraft stores a new idea as a draft, together with the first row of its
// history: neither can stand without the other. No time means now, by the
// database's clock.
func insertDraft(ctx context.Context, tx pg.Q, owner accounts.ID, at *time.Time) (ID, error) {
	var id ID
	const idea = `
		INSERT INTO ideas (contributor_id, title, slug, move_id, created_at, changed_at) VALUES ($1, '', 'idea', 0, coalesce($2, now()), coalesce($2, now())) RETURNING id`
	if err := sqlx.GetContext(ctx, tx, &id, idea, owner, at); err != nil {
		return 0, fmt.Errorf("insert draft: %w", err)
	}
	const move = `
		WITH first AS (INSERT INTO idea_history (idea_id, kind, to_status, actor_id, at) VALUES ($1, 'move', 'draft', $2, coalesce($3, now())) RETURNING id)
		UPDATE ideas SET move_id = (SELECT id FROM first) WHERE id = $1`
	if _, err := tx.ExecContext(ctx, move, id, owner, at); err != nil {
		return 0, fmt.Errorf("begin history of idea %d: %w", id, err)
	}
	return id, nil
}

// writeText stores a checked text, and what the idea said before where keep is set.
func writeText(ctx context.Context, tx pg.Q, id ID, t tidied, keep bool, editor accounts.ID) error {
	if keep {
		const old = `
			INSERT INTO idea_versions (idea_id, version, editor_id, title, story_source, story_html, policy_version)
			SELECT id, version, $2, title, story_source, story_html, policy_version FROM ideas WHERE id = $1`
		if _, err := tx.ExecContext(ctx, old, id, editor); err != nil {
			return fmt.Errorf("keep version of idea %d: %w", id, err)
		}
	}
	topic, err := topicID(ctx, tx, t.Topic)
	if err != nil {
		return err
	}
	grow := 0
	if keep {
		grow = 1
	}
	const update = `
		UPDATE ideas SET title = $2, slug = $3, story_source = $4, story_html = $5, story_text = $6, policy_version = $7,
		       topic_id = $8, cover_id = NULLIF($9, ''), version = version + $10, changed_at = now()
		WHERE id = $1`
	if _, err := tx.ExecContext(ctx, update, id, t.Title, t.Slug, dropNUL(t.Text.Story), t.HTML, t.Plain, clean.PolicyVersion, topic, t.Cover, grow); err != nil {
		return fmt.Errorf("write idea %d: %w", id, err)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM idea_tags WHERE idea_id = $1`, id); err != nil {
		return fmt.Errorf("tags of idea %d: %w", id, err)
	}
	const tags = `INSERT INTO idea_tags (idea_id, tag) SELECT $1, unnest($2::text[])`
	if _, err := tx.ExecContext(ctx, tags, id, pq.Array(t.Tags)); err != nil {
		return fmt.Errorf("tags of idea %d: %w", id, err)
	}
	return writePictures(ctx, tx, id, t.Pictures)
}

func writePictures(ctx context.Context, tx pg.Q, id ID, pictures []Picture) error {
	ids, alts := make([]string, len(pictures)), make([]string, len(pictures))
	for i, p := range pictures {
		ids[i], alts[i] = p.ID, p.Alt
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM idea_pictures WHERE idea_id = $1`, id); err != nil {
		return fmt.Errorf("pictures of idea %d: %w", id, err)
	}
	const query = `
		INSERT INTO idea_pictures (idea_id, image_id, alt, position)
		SELECT $1, p.id, p.alt, p.position FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS p (id, alt, position)
		ON CONFLICT DO NOTHING`
	if _, err := tx.ExecContext(ctx, query, id, pq.Array(ids), pq.Array(alts)); err != nil {
		return fmt.Errorf("pictures of idea %d: %w", id, err)
	}
	return nil
}

func topicID(ctx context.Context, tx pg.Q, slug string) (*int64, error) {
	if slug == "" {
		return nil, nil
	}
	var id int64
	err := sqlx.GetContext(ctx, tx, &id, `SELECT id FROM topics WHERE slug = $1`, slug)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errInvalid.With("topic", "ideas.topic_unknown")
	}
	if err != nil {
		return nil, fmt.Errorf("topic %q: %w", slug, err)
	}
	return &id, nil
}

// step is one move, ready to be written.
type step struct {
	idea     ID
	from, to Status
	actor    accounts.ID
	at       *time.Time // nil means now, by the database's clock
	source   string
	answer   clean.HTML
	reason   Reason
	undo     bool
}

// move writes the history row and the status together, and announces it. The
// idea must still be where the caller saw it; ErrMoved when it is not.
func move(ctx context.Context, tx pg.Q, s step) error {
	const query = `
		WITH entry AS (
			INSERT INTO idea_history (idea_id, kind, from_status, to_status, actor_id, at, answer_source, answer_html, policy_version, reason, undo)
			VALUES ($1, 'move', $2, $3, $4, coalesce($5, now()), $6, $7, $8, NULLIF($9, ''), $10) RETURNING id, at
		)
		UPDATE ideas SET status = $3, move_id = entry.id,
		       submitted_at = CASE WHEN $2 = 'draft' THEN entry.at ELSE submitted_at END,
		       answered_at = CASE WHEN answered_at IS NULL AND $7 <> '' THEN entry.at ELSE answered_at END
		FROM entry WHERE ideas.id = $1 AND status = $2
		RETURNING contributor_id, move_id`
	var moved struct {
		Contributor accounts.ID `db:"contributor_id"`
		History     int64       `db:"move_id"`
	}
	err := sqlx.GetContext(ctx, tx, &moved, query, s.idea, s.from, s.to, s.actor, s.at, dropNUL(s.source), s.answer, clean.PolicyVersion, s.reason, s.undo)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return ErrMoved
	case pg.Violates(err, "idea_history_reason_given"), pg.Violates(err, "idea_history_reason_known"):
		return errInvalid.With("reason", "ideas.reason_missing")
	case pg.Violates(err, "idea_history_move_allowed"), pg.Violates(err, "idea_history_move_moves"):
		return ErrMove
	case err != nil:
		return fmt.Errorf("move idea %d to %s: %w", s.idea, s.to, err)
	}
	return outbox.Put(ctx, tx, TopicMoved, Moved{
		Idea: s.idea, Contributor: moved.Contributor, From: s.from, To: s.to, History: moved.History, By: s.actor, Reason: s.reason, Undo: s.undo, Past: s.at != nil,
	})
}

// dropNUL removes what PostgreSQL cannot hold from a source kept for the record.
func dropNUL(source string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(source, ""), "\x00", "")
}

// asFault turns a refused picture into a remedy beside its field.
func asFault(err error, field string) error {
	f := fault.Of(err)
	if f.Kind == fault.Internal {
		return err
	}
	return errInvalid.With(field, f.Code)
}
