package load

import (
	"context"
	"database/sql/driver"
	"fmt"

	"github.com/jmoiron/sqlx"
)

// The columns of what batch writes, in its order.
var copies = []struct {
	statement string
	rows      func(*batch) []byte
}{
	{
		`COPY ideas (id, contributor_id, topic_id, title, slug, story_source, story_html, story_text, policy_version, status, move_id,
			source, external_id, import_id, created_at, submitted_at, changed_at, answered_at) FROM STDIN`,
		func(b *batch) []byte { return b.ideas },
	},
	{`COPY idea_history (id, idea_id, kind, from_status, to_status, actor_id, at, answer_html, reason) FROM STDIN`, func(b *batch) []byte { return b.history }},
	{`COPY votes (idea_id, voter_id, would_buy, cast_at) FROM STDIN`, func(b *batch) []byte { return b.votes }},
	{`COPY vote_events (at, idea_id, voter_id, revision, retract, would_buy, staff, counts) FROM STDIN`, func(b *batch) []byte { return b.events }},
	{`COPY tallies (idea_id, voters, would_buy, revision) FROM STDIN`, func(b *batch) []byte { return b.tally }},
	{`COPY ranks (idea_id, voters, trending, rising, revision, status, topic_id) FROM STDIN`, func(b *batch) []byte { return b.ranks }},
}

// store writes a batch as one transaction, so that ideas, votes, ledger and
// tallies agree after every commit. Triggers and foreign keys are left out where
// the database lets us, since the rows are made to hold to them.
func (b *batch) store(ctx context.Context, conn *sqlx.Conn, unchecked bool) error {
	tx, err := conn.BeginTxx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // harmless once committed
	for _, set := range limitless(unchecked) {
		if _, err := tx.ExecContext(ctx, set); err != nil {
			return fmt.Errorf("prepare the load: %w", err)
		}
	}
	for _, c := range copies {
		rows := c.rows(b)
		if len(rows) == 0 {
			continue
		}
		err := conn.Raw(func(raw any) error { return copyIn(ctx, raw, c.statement, rows) })
		if err != nil {
			return fmt.Errorf("%.20s: %w", c.statement, err)
		}
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

func limitless(unchecked bool) []string {
	sets := []string{`SET LOCAL statement_timeout = 0`, `SET LOCAL lock_timeout = 0`, `SET LOCAL synchronous_commit = off`}
	if unchecked {
		sets = append(sets, `SET LOCAL session_replication_role = replica`)
	}
	return sets
}

// copyIn sends rows as they are: through the ordinary way every value would be
// boxed, converted and escaped by itself.
func copyIn(ctx context.Context, raw any, statement string, rows []byte) error {
	conn, ok := raw.(driver.Conn)
	if !ok {
		return fmt.Errorf("the driver is %T", raw)
	}
	stmt, err := conn.Prepare(statement)
	if err != nil {
		return err
	}
	lines, ok := stmt.(interface {
		CopyData(ctx context.Context, line string) (driver.Result, error)
	})
	if !ok {
		_ = stmt.Close()
		return fmt.Errorf("the driver copies by %T", stmt)
	}
	if _, err := lines.CopyData(ctx, string(rows[:len(rows)-1])); err != nil { // it adds the last line end
		_ = stmt.Close()
		return err
	}
	return stmt.Close()
}
