package cocreation_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/cocreation"
	"prosumer/internal/comments"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/merges"
	"prosumer/internal/notices"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/products"
	"prosumer/internal/votes"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// room is a board of one test, with somebody of the product team.
type room struct {
	t        *testing.T
	db       *sqlx.DB
	accounts *accounts.Service
	ideas    *ideas.Service
	products *products.Service
	merges   *merges.Service
	work     *cocreation.Service
	boss     accounts.Actor
	people   int
}

func newRoom(t *testing.T) *room {
	t.Helper()
	r := &room{t: t, db: pgtest.New(t)}
	told := notices.NewService(r.db)
	r.accounts = accounts.NewService(r.db, accounts.Options{NoThrottle: true})
	r.ideas = ideas.NewService(r.db, media.New(r.db, t.TempDir(), media.Options{}), ideas.Options{ImageOf: media.IDOf})
	r.products = products.NewService(r.db, r.ideas, told)
	r.merges = merges.NewService(r.db, r.ideas, told, func([]votes.Tally) {})
	r.work = cocreation.NewService(r.db, r.ideas, comments.NewService(r.db, r.ideas, told), told)
	r.boss = r.person(accounts.Team)
	return r
}

func (r *room) person(roles ...accounts.Role) accounts.Actor {
	r.t.Helper()
	r.people++
	name := fmt.Sprintf("person-%d", r.people)
	a, err := r.accounts.Create(r.t.Context(), accounts.SignUp{Name: name, Handle: name}, "", roles)
	if err != nil {
		r.t.Fatal(err)
	}
	r.db.MustExec(`UPDATE accounts SET email = handle || '@example.com', email_key = handle || '@example.com' WHERE id = $1`, a.ID)
	return accounts.As(a)
}

const story = "It folds flat and fits in every drawer of the kitchen."

func (r *room) idea(by accounts.Actor) ideas.ID {
	r.t.Helper()
	idea, err := r.ideas.Propose(r.t.Context(), by, 0, ideas.Text{Title: "A lamp", Story: story, Accept: true})
	if err != nil {
		r.t.Fatal(err)
	}
	return idea.ID
}

func (r *room) comment(idea ideas.ID, by accounts.Actor, kind string) comments.ID {
	r.t.Helper()
	var id comments.ID
	const query = `INSERT INTO comments (idea_id, author_id, kind, source, html, text) VALUES ($1, $2, $3, 'x', '<p>x</p>', 'x') RETURNING id`
	if err := r.db.Get(&id, query, idea, by.ID, kind); err != nil {
		r.t.Fatal(err)
	}
	return id
}

func (r *room) takeUp(by accounts.Actor, c comments.ID, what string) cocreation.Taken {
	r.t.Helper()
	taken, err := r.work.TakeUp(r.t.Context(), by, c, what, false)
	if err != nil {
		r.t.Fatal(err)
	}
	return taken
}

// names writes the co-creators of an idea: who, as what, what for.
func (r *room) names(idea ideas.ID) string {
	r.t.Helper()
	var list []string
	const query = `SELECT a.handle || ' ' || c.role || ' ' || c.what_for FROM co_creators c JOIN accounts a ON a.id = c.account_id WHERE c.idea_id = $1 ORDER BY a.id`
	if err := r.db.Select(&list, query, idea); err != nil {
		r.t.Fatal(err)
	}
	return strings.Join(list, ", ")
}

func (r *room) is(what, got, want string) {
	r.t.Helper()
	if got != want {
		r.t.Errorf("%s: %q, want %q", what, got, want)
	}
}

// told counts the facts of a kind that were handed to the notices.
func (r *room) told(kind notices.Kind) (facts int) {
	r.t.Helper()
	if err := r.db.Get(&facts, `SELECT count(*) FROM outbox WHERE topic = $1 AND payload->'Fact'->>'Kind' = $2`, notices.TopicSpread, kind); err != nil {
		r.t.Fatal(err)
	}
	return facts
}

func (r *room) refused(err error, want *fault.Fault) {
	r.t.Helper()
	if !errors.Is(err, want) && fault.Of(err).Code != want.Code {
		r.t.Errorf("%v, want %s", err, want.Code)
	}
}

func (r *room) ok(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}
