package challenges

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/clean"
	"prosumer/internal/pg"
)

// Picture is one picture of a challenge, in order.
type Picture struct {
	ID  string `db:"image_id"`
	Alt string `db:"alt"`
}

// Rich is a text with markup: as typed, and as it may be shown.
type Rich struct {
	Source string
	HTML   clean.HTML
}

// Terms are what an entrant accepts, in one version.
type Terms struct {
	Version int        `db:"version"` // 0: there are none
	Source  string     `db:"source"`
	HTML    clean.HTML `db:"html"`
	At      time.Time  `db:"at"`
}

// Text is all that a challenge says beside its dates.
type Text struct {
	Brief, Prize, Jury Rich // the jury's words are for the page of results
	Demands            string
	Topic              *string // slug; nil for none
	Cover              string  // id of one of the pictures; empty for none
	Pictures           []Picture
	Template           *File // without its bytes; nil for none
	Terms              Terms
}

// The parts of a text that stand in rows of their own.
const (
	partBrief = "brief"
	partPrize = "prize"
	partJury  = "jury"
)

// TextOf gives what a challenge says.
func (s *Service) TextOf(ctx context.Context, id ID) (Text, error) { return textOf(ctx, s.db, id) }

func textOf(ctx context.Context, q pg.Q, id ID) (Text, error) {
	var plain struct {
		Demands string  `db:"demands"`
		Topic   *string `db:"topic"`
		Cover   string  `db:"cover"`
		Name    *string `db:"name"`
		Kind    *string `db:"kind"`
		Size    *int    `db:"size"`
		Terms
	}
	const main = `
		SELECT c.demands, t.slug AS topic, coalesce(c.cover_id, '') AS cover, f.name, f.kind, octet_length(f.bytes) AS size,
		       coalesce(m.version, 0) AS version, coalesce(m.source, '') AS source, coalesce(m.html, '') AS html, coalesce(m.at, c.created_at) AS at
		FROM challenges c LEFT JOIN topics t ON t.id = c.topic_id LEFT JOIN challenge_templates f ON f.challenge_id = c.id
		LEFT JOIN challenge_terms m ON m.challenge_id = c.id AND m.version = c.terms_version
		WHERE c.id = $1`
	if err := sqlx.GetContext(ctx, q, &plain, main, id); err != nil {
		return Text{}, fmt.Errorf("text of challenge %d: %w", id, err)
	}
	text := Text{Demands: plain.Demands, Topic: plain.Topic, Cover: plain.Cover, Terms: plain.Terms}
	if plain.Name != nil {
		text.Template = &File{Name: *plain.Name, Kind: *plain.Kind, Size: *plain.Size}
	}
	var parts []struct {
		Part   string     `db:"part"`
		Source string     `db:"source"`
		HTML   clean.HTML `db:"html"`
	}
	if err := sqlx.SelectContext(ctx, q, &parts, `SELECT part, source, html FROM challenge_texts WHERE challenge_id = $1`, id); err != nil {
		return Text{}, fmt.Errorf("rich texts of challenge %d: %w", id, err)
	}
	for _, p := range parts {
		*map[string]*Rich{partBrief: &text.Brief, partPrize: &text.Prize, partJury: &text.Jury}[p.Part] = Rich{p.Source, p.HTML}
	}
	const pictures = `SELECT image_id, alt FROM challenge_pictures WHERE challenge_id = $1 ORDER BY position`
	if err := sqlx.SelectContext(ctx, q, &text.Pictures, pictures, id); err != nil {
		return Text{}, fmt.Errorf("pictures of challenge %d: %w", id, err)
	}
	return text, nil
}

func writePart(ctx context.Context, q pg.Q, id ID, part string, text Rich) error {
	const query = `
		INSERT INTO challenge_texts (challenge_id, part, source, html, policy_version) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT ON CONSTRAINT challenge_texts_one_a_part
		DO UPDATE SET source = excluded.source, html = excluded.html, policy_version = excluded.policy_version`
	if _, err := q.ExecContext(ctx, query, id, part, text.Source, text.HTML, clean.PolicyVersion); err != nil {
		return fmt.Errorf("%s of challenge %d: %w", part, id, err)
	}
	return nil
}

// TermsOf gives the terms in force, or an earlier version that somebody
// accepted; ErrNoTerms for one that never was. Version 0 asks for those in force.
func (s *Service) TermsOf(ctx context.Context, id ID, version int) (Terms, error) {
	const query = `
		SELECT m.version, m.source, m.html, m.at FROM challenges c
		JOIN challenge_terms m ON m.challenge_id = c.id AND m.version = coalesce(nullif($2, 0), c.terms_version)
		WHERE c.id = $1`
	var terms Terms
	err := s.db.GetContext(ctx, &terms, query, id, version)
	if pg.Missing(err) {
		return Terms{}, ErrNoTerms
	}
	if err != nil {
		return Terms{}, fmt.Errorf("terms of challenge %d: %w", id, err)
	}
	return terms, nil
}

// writeTerms makes a new version of what reads differently from the terms in
// force, and gives the version that is in force from now on.
func writeTerms(ctx context.Context, q pg.Q, c Challenge, text Rich, by int64) (int, error) {
	if text.HTML.Empty() {
		return 0, nil
	}
	const query = `
		WITH same AS (
			SELECT version FROM challenge_terms WHERE challenge_id = $1 AND version = $2 AND html = $4
		), added AS (
			INSERT INTO challenge_terms (challenge_id, version, source, html, policy_version, account_id)
			SELECT $1, coalesce((SELECT max(version) FROM challenge_terms WHERE challenge_id = $1), 0) + 1, $3, $4, $5, $6
			WHERE NOT EXISTS (SELECT 1 FROM same) RETURNING version
		)
		SELECT version FROM same UNION ALL SELECT version FROM added`
	var version int
	if err := sqlx.GetContext(ctx, q, &version, query, c.ID, c.Terms, text.Source, text.HTML, clean.PolicyVersion, by); err != nil {
		return 0, fmt.Errorf("terms of challenge %d: %w", c.ID, err)
	}
	return version, nil
}

// writePictures keeps the pictures that a challenge shows. They are the
// editor's own, or were shown by it before: a colleague's stay. Which exist and
// whose they are is asked of the pictures' table in the statement that marks
// them as used.
func writePictures(ctx context.Context, q pg.Q, id ID, by int64, list []Picture, inTexts []string) error {
	ids, alts := make([]string, len(list)), make([]string, len(list))
	for i, p := range list {
		ids[i], alts[i] = p.ID, p.Alt
	}
	if err := markUsed(ctx, q, id, by, ids, "pictures"); err != nil {
		return err
	}
	if err := markUsed(ctx, q, id, by, inTexts, "brief"); err != nil {
		return err
	}
	if _, err := q.ExecContext(ctx, `DELETE FROM challenge_pictures WHERE challenge_id = $1`, id); err != nil {
		return fmt.Errorf("pictures of challenge %d: %w", id, err)
	}
	const query = `
		INSERT INTO challenge_pictures (challenge_id, image_id, alt, position)
		SELECT $1, p.id, p.alt, p.position FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS p (id, alt, position) ON CONFLICT DO NOTHING`
	if _, err := q.ExecContext(ctx, query, id, textArray(ids), textArray(alts)); err != nil {
		return fmt.Errorf("pictures of challenge %d: %w", id, err)
	}
	return nil
}

func markUsed(ctx context.Context, q pg.Q, id ID, by int64, ids []string, field string) error {
	if len(ids) == 0 {
		return nil
	}
	const query = `
		WITH named AS (
			SELECT m.id, m.used_at FROM images m WHERE m.id = ANY ($3) AND (m.owner_id = $2 OR m.used_at IS NOT NULL
				AND (EXISTS (SELECT 1 FROM challenge_pictures p WHERE p.challenge_id = $1 AND p.image_id = m.id)
				  OR EXISTS (SELECT 1 FROM challenge_texts t WHERE t.challenge_id = $1 AND strpos(t.html, m.id) > 0)
				  OR EXISTS (SELECT 1 FROM challenge_terms t WHERE t.challenge_id = $1 AND strpos(t.html, m.id) > 0)))
			ORDER BY m.id FOR UPDATE
		), marked AS (
			UPDATE images SET used_at = now() FROM named WHERE images.id = named.id AND named.used_at IS NULL
		)
		SELECT count(*) = (SELECT count(DISTINCT asked) FROM unnest($3::text[]) AS asked) FROM named`
	var all bool
	if err := sqlx.GetContext(ctx, q, &all, query, id, by, textArray(ids)); err != nil {
		return fmt.Errorf("pictures of challenge %d: %w", id, err)
	}
	if !all {
		return errInvalid.With(field, "media.not_yours")
	}
	return nil
}
