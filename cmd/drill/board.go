package main

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/url"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/pg"
)

// member is somebody with an API token.
type member struct {
	ID    int64  `db:"id"`
	Token string `db:"-"`
}

// board is one fresh database with people and open ideas in it.
type board struct {
	DSN     string
	DB      *sqlx.DB // the lab's own way in, past every proxy
	Ideas   []int64
	Members []member
	Team    member // may decide
}

// board makes a database, migrated by the program itself, with so many open
// ideas and members.
func (l *lab) board(ctx context.Context, ideas, members int) (*board, error) {
	return l.boardOn(ctx, l.pg, ideas, members)
}

// boardOn is board on a PostgreSQL of the drill's own.
func (l *lab) boardOn(ctx context.Context, p *postgres, ideas, members int) (*board, error) {
	dsn, err := l.database(ctx, p)
	if err != nil {
		return nil, err
	}
	if out, err := l.run(ctx, dsn, "migrate"); err != nil {
		return nil, fmt.Errorf("migrate: %w\n%s", err, out)
	}
	b, err := l.enter(ctx, dsn)
	if err != nil {
		return nil, err
	}
	if err := b.fill(ctx, ideas, members); err != nil {
		return nil, err
	}
	return b, nil
}

// enter opens the lab's own way into a database, under a name that tells it
// from the servers'.
func (l *lab) enter(ctx context.Context, dsn string) (*board, error) {
	db, err := pg.Open(ctx, dsn+"&application_name="+ownName)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(4)
	l.after(func() { _ = db.Close() })
	return &board{DSN: dsn, DB: db}, nil
}

// ownName is what the lab's own connections are called.
const ownName = "drill"

// database makes an empty one, and drops it after the drill: what is left is
// what PostgreSQL must look through when it comes back from a kill.
func (l *lab) database(ctx context.Context, p *postgres) (string, error) {
	l.mu.Lock()
	l.made++
	name := fmt.Sprintf("%s_%d", l.drill, l.made)
	l.mu.Unlock()
	if err := p.running().EnsureDatabase(ctx, name); err != nil {
		return "", err
	}
	l.after(func() { p.drop(name) })
	return p.dsn(name), nil
}

// fill makes the people, and ideas the way the board opens them: a draft, and
// its first move.
func (b *board) fill(ctx context.Context, ideas, members int) error {
	team, err := b.people(ctx, "team", 1, "{member,team}", "{read,write,vote,team}")
	if err != nil {
		return err
	}
	b.Team = team[0]
	if b.Members, err = b.people(ctx, "member", members, "{member}", "{read,write,vote}"); err != nil {
		return err
	}
	b.Ideas, err = b.open(ctx, ideas)
	return err
}

// people makes members with tokens; the database holds the hashes.
func (b *board) people(ctx context.Context, kind string, n int, roles, scopes string) ([]member, error) {
	hashes, tokens := make([][]byte, n), make([]string, n)
	for i := range n {
		tokens[i] = fmt.Sprintf("pr_drill-%s-%08d", kind, i)
		sum := sha256.Sum256([]byte(tokens[i]))
		hashes[i] = sum[:]
	}
	const query = `
		WITH person AS (
			INSERT INTO accounts (handle, name, email, email_key, confirmed_at, roles)
			SELECT $1 || '-' || n, $1 || ' ' || n, $1 || '-' || n || '@example.com', $1 || '-' || n || '@example.com', now(), $3::text[]
			FROM generate_series(1, $2::int) AS n RETURNING id, handle
		), token AS (
			INSERT INTO api_tokens (account_id, name, token_hash, scopes, expires_at)
			SELECT p.id, 'drill', h.hash, $5::text[], now() + interval '1 day'
			FROM unnest($4::bytea[]) WITH ORDINALITY AS h (hash, n) JOIN person p ON p.handle = ($1 || '-' || h.n)::citext
		)
		SELECT id FROM person ORDER BY substring(handle::text FROM '[0-9]+$')::int`
	var list []member
	if err := b.DB.SelectContext(ctx, &list, query, kind, n, roles, pq.ByteaArray(hashes), scopes); err != nil {
		return nil, fmt.Errorf("members: %w", err)
	}
	for i := range list {
		list[i].Token = tokens[i]
	}
	return list, nil
}

// open makes ideas of the team's that take votes.
func (b *board) open(ctx context.Context, n int) (list []int64, err error) {
	const drafts = `
		INSERT INTO ideas (contributor_id, title, slug, story_text, story_html, move_id)
		SELECT $1, 'Idea number ' || n, 'idea-' || n, 'A story long enough to stand on the board.', '<p>A story long enough to stand on the board.</p>', 0
		FROM generate_series(1, $2::int) AS n RETURNING id`
	const moved = `
		WITH entry AS (
			INSERT INTO idea_history (idea_id, kind, from_status, to_status, actor_id)
			SELECT unnest($1::bigint[]), 'move', %s, %s, $2 RETURNING id, idea_id
		)
		UPDATE ideas SET move_id = entry.id%s FROM entry WHERE ideas.id = entry.idea_id`
	err = pg.InTx(ctx, b.DB, func(tx pg.Q) error {
		if err := sqlx.SelectContext(ctx, tx, &list, drafts, b.Team.ID, n); err != nil {
			return fmt.Errorf("ideas: %w", err)
		}
		for _, step := range []string{
			fmt.Sprintf(moved, "NULL", "'draft'", ""),
			fmt.Sprintf(moved, "'draft'", "'open'", ", status = 'open', submitted_at = now()"),
		} {
			if _, err := tx.ExecContext(ctx, step, pq.Array(list), b.Team.ID); err != nil {
				return fmt.Errorf("move ideas: %w", err)
			}
		}
		return nil
	})
	return list, err
}

// proxied is the board's address through a proxy.
func (b *board) proxied(p *proxy) string {
	u, err := url.Parse(b.DSN)
	if err != nil {
		panic(err) // it is the cluster's own
	}
	u.Host, u.RawQuery = p.Address, "sslmode=disable"
	return u.String()
}

// count asks for a number.
func (b *board) count(ctx context.Context, query string, args ...any) (n int, err error) {
	err = b.DB.GetContext(ctx, &n, query, args...)
	return n, err
}

// has reports whether the schema has the column.
func (b *board) has(ctx context.Context, table, column string) bool {
	n, err := b.count(ctx, `SELECT count(*) FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND column_name = $2`, table, column)
	return err == nil && n > 0
}
