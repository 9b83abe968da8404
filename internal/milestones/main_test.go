package milestones_test

import (
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/milestones"
	"prosumer/internal/notices"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/votes"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// board is a service with a ladder of few voters and a clock of its own.
type board struct {
	*milestones.Service
	db       *sqlx.DB
	ideas    *ideas.Service
	notices  *notices.Service
	now      time.Time
	ann, eva accounts.Actor
}

func open(t *testing.T) *board {
	t.Helper()
	b := &board{db: pgtest.New(t)}
	b.ideas, b.notices = ideas.NewService(b.db, nil, ideas.Options{}), notices.NewService(b.db)
	b.Service = b.another()
	people := accounts.NewService(b.db, accounts.Options{})
	for handle, who := range map[string]*accounts.Actor{"ann": &b.ann, "eva": &b.eva} {
		roles := map[string][]accounts.Role{"eva": {accounts.Team}}[handle]
		account, err := people.Create(t.Context(), accounts.SignUp{Name: handle, Handle: handle}, "", roles)
		if err != nil {
			t.Fatal(err)
		}
		*who = accounts.As(account)
	}
	b.exec(t, `UPDATE accounts SET email = handle || '@example.org', email_key = handle || '@example.org'`)
	if err := b.db.Get(&b.now, `SELECT now()`); err != nil {
		t.Fatal(err)
	}
	return b
}

// another is a second server on the same database.
func (b *board) another() *milestones.Service {
	return milestones.NewService(b.db, b.ideas, b.notices, milestones.Options{
		Days: 60, Ladder: milestones.Ladder{{Voters: 3, Days: 365}, {Voters: 5, Days: 182}, {Voters: 8, Review: true}}, Now: func() time.Time { return b.now },
	})
}

func (b *board) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	if _, err := b.db.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatal(err)
	}
}

func (b *board) idea(t *testing.T) ideas.ID {
	t.Helper()
	idea, err := b.ideas.Propose(t.Context(), b.ann, 0, ideas.Text{Title: "A kettle that whistles", Story: "<p>It whistles a tune of your own choosing.</p>", Accept: true})
	if err != nil {
		t.Fatal(err)
	}
	return idea.ID
}

// voters sets how many voted, as a batch of votes would.
func (b *board) voters(t *testing.T, id ideas.ID, n int) {
	t.Helper()
	b.exec(t, `INSERT INTO tallies (idea_id, voters) VALUES ($1, $2) ON CONFLICT (idea_id) DO UPDATE SET voters = $2`, id, n)
	b.exec(t, `INSERT INTO ranks (idea_id, voters) VALUES ($1, $2) ON CONFLICT (idea_id) DO UPDATE SET voters = $2`, id, n)
	b.Changed([]votes.Tally{{Idea: id, Voters: n}})
}

func (b *board) look(t *testing.T) {
	t.Helper()
	if err := b.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func (b *board) status(t *testing.T, id ideas.ID) ideas.Status {
	t.Helper()
	var s ideas.Status
	if err := b.db.Get(&s, `SELECT status FROM ideas WHERE id = $1`, id); err != nil {
		t.Fatal(err)
	}
	return s
}

// told lists the keys of what waits to be told.
func (b *board) told(t *testing.T) []string {
	t.Helper()
	var keys []string
	if err := b.db.Select(&keys, `SELECT payload->'Fact'->>'Key' FROM outbox WHERE topic = 'notices.spread' ORDER BY id`); err != nil {
		t.Fatal(err)
	}
	return keys
}

// days passes time.
func (b *board) days(n int) { b.now = b.now.Add(time.Duration(n) * 24 * time.Hour) }

func (b *board) expire(t *testing.T, want int) {
	t.Helper()
	n, err := b.Expire(t.Context())
	if err != nil || n != want {
		t.Fatalf("%d ideas were parked, want %d (%v)", n, want, err)
	}
}

// seal enters the idea into a challenge whose tallies nobody may see until it closes.
func (b *board) seal(t *testing.T, id ideas.ID) {
	t.Helper()
	b.exec(t, `
		WITH made AS (
			INSERT INTO challenges (slug, title, sealed, announced_at, entries_open_at, entries_close_at, voting_open_at, voting_close_at, results_at)
			SELECT 'sealed', 'Sealed', 'until_close', t - interval '1 day', t - interval '1 day', t + interval '1 day', t, t + interval '1 day', t + interval '1 day'
			FROM (SELECT now() AS t) AS clock RETURNING id
		) UPDATE ideas SET challenge_id = (SELECT id FROM made) WHERE id = $1`, id)
}
