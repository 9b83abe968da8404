package owndata

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/pg"
)

// window is how many ids a search through a table covers at once.
const window = 20_000

// named are the texts of others that may say "@handle".
var named = []struct {
	table   string
	columns []string
}{
	{"comments", []string{"source", "html", "text"}},
	{"comment_versions", []string{"source", "html"}},
	{"idea_notes", []string{"body"}},
}

// unname takes the person's handles out of what others wrote: the one they have
// and those they had when they were named.
func (s *Service) unname(ctx context.Context, e erasing) error {
	var handles []string
	const all = `SELECT handle::text FROM accounts WHERE id = $1 AND erased_at IS NULL UNION SELECT lower(typed::text) FROM comment_mentions WHERE account_id = $1`
	if err := s.db.SelectContext(ctx, &handles, all, e.Account); err != nil {
		return fmt.Errorf("handles: %w", err)
	}
	for _, handle := range handles {
		for _, text := range named {
			if err := s.unnameIn(ctx, text.table, text.columns, handle, "@former-"+e.Account.String()); err != nil {
				return err
			}
		}
	}
	return nil
}

// unnameIn goes through a table by windows of ids, so that no statement is long.
func (s *Service) unnameIn(ctx context.Context, table string, columns []string, handle, instead string) error {
	var last int64
	if err := s.db.GetContext(ctx, &last, `SELECT coalesce(max(id), 0) FROM `+table); err != nil {
		return fmt.Errorf("size of %s: %w", table, err)
	}
	set := ""
	for i, column := range columns {
		if i > 0 {
			set += ", "
		}
		set += column + " = regexp_replace(" + column + ", $1, $2, 'gi')"
	}
	update := `UPDATE ` + table + ` SET ` + set + ` WHERE id > $3 AND id <= $4 AND ` + columns[0] + ` ~* $1`
	for from := int64(0); from < last; from += window {
		if _, err := s.db.ExecContext(ctx, update, `@`+handle+`(?![a-z0-9-])`, instead, from, from+window); err != nil {
			return fmt.Errorf("names in %s: %w", table, err)
		}
	}
	return nil
}

// texts takes ideas and comments, or leaves them as a former member's. Drafts go
// either way, since nobody else ever saw them.
func (s *Service) texts(ctx context.Context, e erasing) error {
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error { return s.parts.Comments.Forget(ctx, tx, e.Account, !e.TakeTexts) })
	if err != nil {
		return err
	}
	for n := batch; n == batch; {
		if n, err = s.parts.Ideas.ForgetDrafts(ctx, e.Account, batch); err != nil {
			return err
		}
	}
	if !e.TakeTexts {
		return nil
	}
	for _, query := range []string{
		// A merge tells people the title of what was merged, and credits for it.
		`UPDATE notices n SET data = jsonb_set(n.data, '{title}', '"[…]"')
		 FROM ideas i JOIN merges m ON m.from_idea = i.id
		 WHERE i.contributor_id = $1 AND n.idea_id IN (m.from_idea, m.into_idea) AND n.data->>'title' = i.title`,
		`UPDATE co_creators SET what_for = '' WHERE account_id = $1 AND merge_id IS NOT NULL`,
		`UPDATE credits SET what_for = '' WHERE account_id = $1 AND what_for IN (SELECT title FROM ideas WHERE contributor_id = $1)`,
		`UPDATE verdicts SET words = '' WHERE account_id = $1`,
		`UPDATE beta_reports SET body = '[…] […] […]', public = false WHERE account_id = $1`,
	} {
		if _, err := s.db.ExecContext(ctx, query, e.Account); err != nil {
			return fmt.Errorf("%s: %w", query, err)
		}
	}
	for n := batch; n == batch; {
		if n, err = s.parts.Ideas.Forget(ctx, e.Account, batch); err != nil {
			return err
		}
	}
	return nil
}

// letGoOfPictures hands the pictures that nothing shows any more to the sweep of
// pictures, which removes their files too. What refers to a picture by a key is
// asked of the database, so that no table is forgotten; what shows it in the
// middle of a text is read.
func (s *Service) letGoOfPictures(ctx context.Context, e erasing) error {
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if err := pg.Unhurried(ctx, tx); err != nil {
			return err
		}
		var kept []string
		const shown = `
			SELECT DISTINCT (regexp_matches(t.html, '[0-9a-f]{32}', 'g'))[1] FROM (
				SELECT story_html AS html FROM ideas WHERE contributor_id = $1
				UNION ALL SELECT v.story_html FROM idea_versions v JOIN ideas i ON i.id = v.idea_id WHERE i.contributor_id = $1
				UNION ALL SELECT html FROM comments WHERE author_id = $1
				UNION ALL SELECT v.html FROM comment_versions v JOIN comments c ON c.id = v.comment_id WHERE c.author_id = $1
				UNION ALL SELECT story_html FROM products
				UNION ALL SELECT html FROM challenge_texts
				UNION ALL SELECT answer_html FROM idea_history WHERE actor_id = $1 AND answer_html LIKE '%<img%'
			) AS t WHERE t.html LIKE '%<img%'`
		if err := sqlx.SelectContext(ctx, tx, &kept, shown, e.Account); err != nil {
			return fmt.Errorf("pictures in texts: %w", err)
		}
		var keys []struct {
			Table  string `db:"named"`
			Column string `db:"attname"`
		}
		const referring = `
			SELECT c.conrelid::regclass::text AS named, quote_ident(a.attname) AS attname FROM pg_constraint c
			JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
			WHERE c.contype = 'f' AND c.confrelid = 'images'::regclass`
		if err := sqlx.SelectContext(ctx, tx, &keys, referring); err != nil {
			return fmt.Errorf("what refers to pictures: %w", err)
		}
		free := `UPDATE images m SET used_at = NULL, created_at = now() - interval '30 days', alt = '' WHERE m.owner_id = $1 AND m.id <> ALL (coalesce($2::text[], '{}'))`
		for _, k := range keys {
			free += fmt.Sprintf(` AND NOT EXISTS (SELECT 1 FROM %[1]s AS r WHERE r.%[2]s = m.id)`, k.Table, k.Column)
		}
		if _, err := tx.ExecContext(ctx, free, e.Account, pq.Array(kept)); err != nil {
			return fmt.Errorf("let go of pictures: %w", err)
		}
		return nil
	})
}
