package ideas

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/clean"
	"prosumer/internal/pg"
)

// recleanBatch is how many rows are rendered in one transaction.
const recleanBatch = 200

// Reclean renders every story, former story and answer again from its source,
// in batches, because the policy changed. It calls progress after each batch,
// changes nothing that already comes out the same, and can be stopped and run
// again. It counts what came out differently.
func (s *Service) Reclean(ctx context.Context, progress func(done, total int)) (changed int, err error) {
	for _, table := range []Recleanable{
		{Name: "ideas", Source: "story_source", HTML: "story_html", Text: "story_text"},
		{Name: "idea_versions", Source: "story_source", HTML: "story_html"},
		{Name: "idea_history", Source: "answer_source", HTML: "answer_html"},
	} {
		n, err := table.Run(ctx, s.db, progress)
		changed += n
		if err != nil {
			return changed, err
		}
	}
	return changed, nil
}

// Recleanable names a table's source and rendering columns. Its parts are
// constants of the program, never input. It also has an id and a policy_version,
// and, where Text names it, a column with the words of the rendering.
type Recleanable struct{ Name, Source, HTML, Text string }

// Run renders the table again; see Reclean.
func (t Recleanable) Run(ctx context.Context, db *sqlx.DB, progress func(done, total int)) (changed int, err error) {
	var total int
	if err := db.GetContext(ctx, &total, `SELECT count(*) FROM `+t.Name); err != nil {
		return 0, fmt.Errorf("count %s: %w", t.Name, err)
	}
	type row struct {
		ID     int64  `db:"id"`
		Source string `db:"source"`
		HTML   string `db:"html"`
		Policy int    `db:"policy_version"`
	}
	query := `SELECT id, ` + t.Source + ` AS source, ` + t.HTML + ` AS html, policy_version FROM ` + t.Name + ` WHERE id > $1 ORDER BY id LIMIT $2 FOR UPDATE`
	words := ""
	if t.Text != "" {
		words = `, ` + t.Text + ` = $4`
	}
	update := `UPDATE ` + t.Name + ` SET ` + t.HTML + ` = $2, policy_version = $3` + words + ` WHERE id = $1`
	for last, done := int64(0), 0; ; {
		var rows []row
		err := pg.InTx(ctx, db, func(tx pg.Q) error {
			rows = rows[:0]
			if err := sqlx.SelectContext(ctx, tx, &rows, query, last, recleanBatch); err != nil {
				return err
			}
			for _, r := range rows {
				html, err := clean.Typed(r.Source)
				same := html.String() == r.HTML
				if err != nil || same && r.Policy == clean.PolicyVersion {
					continue // what no longer passes keeps its last good rendering
				}
				args := []any{r.ID, html, clean.PolicyVersion}
				if t.Text != "" {
					args = append(args, clean.Text(html))
				}
				if _, err := tx.ExecContext(ctx, update, args...); err != nil {
					return err
				}
				if !same {
					changed++
				}
			}
			return nil
		})
		if err != nil {
			return changed, fmt.Errorf("reclean %s after %d: %w", t.Name, last, err)
		}
		if len(rows) == 0 {
			return changed, nil
		}
		last, done = rows[len(rows)-1].ID, done+len(rows)
		if progress != nil {
			progress(done, total)
		}
	}
}
