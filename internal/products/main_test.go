package products_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/notices"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/products"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// world is a board of one test, with somebody of the product team.
type world struct {
	*products.Service
	t        *testing.T
	db       *sqlx.DB
	accounts *accounts.Service
	ideas    *ideas.Service
	boss     accounts.Actor
	people   int
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, db: pgtest.New(t)}
	w.accounts = accounts.NewService(w.db, accounts.Options{NoThrottle: true})
	w.undoWithin(time.Hour)
	w.boss = w.person(accounts.Team)
	return w
}

// undoWithin makes the services anew, with another limit of the undo.
func (w *world) undoWithin(d time.Duration) {
	pictures := media.New(w.db, w.t.TempDir(), media.Options{})
	w.ideas = ideas.NewService(w.db, pictures, ideas.Options{ImageOf: media.IDOf, UndoWithin: d})
	w.Service = products.NewService(w.db, w.ideas, notices.NewService(w.db))
}

func (w *world) person(roles ...accounts.Role) accounts.Actor {
	w.t.Helper()
	w.people++
	name := fmt.Sprintf("person-%d", w.people)
	a, err := w.accounts.Create(w.t.Context(), accounts.SignUp{Name: name, Handle: name}, "", roles)
	if err != nil {
		w.t.Fatal(err)
	}
	w.db.MustExec(`UPDATE accounts SET email = $2, email_key = $2 WHERE id = $1`, a.ID, name+"@example.org") // who signs in has a profile to find
	return accounts.As(a)
}

func (w *world) idea(by accounts.Actor, title string) ideas.ID {
	w.t.Helper()
	idea, err := w.ideas.Propose(w.t.Context(), by, 0, ideas.Text{
		Title: title, Story: "<p>It folds <strong>flat</strong> & fits in every drawer.</p>", Accept: true,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return idea.ID
}

func (w *world) adopt(id ideas.ID, a products.Adoption) products.Product {
	w.t.Helper()
	p, err := w.Adopt(w.t.Context(), w.boss, id, a)
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

func (w *world) stage(slug string, to products.Stage) error {
	_, err := w.Change(w.t.Context(), w.boss, slug, products.Change{Stage: &to})
	return err
}

func (w *world) status(id ideas.ID) ideas.Status {
	w.t.Helper()
	idea, err := w.ideas.ByID(w.t.Context(), w.boss, id)
	if err != nil {
		w.t.Fatal(err)
	}
	return idea.Status
}

func (w *world) credits(p products.Product) []products.Credit {
	w.t.Helper()
	list, err := w.Credits(w.t.Context(), p.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

func (w *world) count(query string, args ...any) int {
	w.t.Helper()
	var n int
	if err := w.db.Get(&n, query, args...); err != nil {
		w.t.Fatal(err)
	}
	return n
}

// vote puts somebody's vote on an idea, as it stands after a batch.
func (w *world) vote(by accounts.Actor, on ideas.ID) {
	w.t.Helper()
	w.exec(`INSERT INTO votes (idea_id, voter_id) VALUES ($1, $2)`, on, by.ID)
}

func (w *world) exec(query string, args ...any) {
	w.t.Helper()
	if _, err := w.db.Exec(query, args...); err != nil {
		w.t.Fatal(err)
	}
}

// launched is a product on the market, from one idea of a contributor.
func (w *world) launched() (products.Product, ideas.ID, accounts.Actor) {
	w.t.Helper()
	ann := w.person()
	id := w.idea(ann, "A lamp")
	p := w.adopt(id, products.Adoption{})
	if err := w.stage(p.Slug, products.StageLaunched); err != nil {
		w.t.Fatal(err)
	}
	return p, id, ann
}
