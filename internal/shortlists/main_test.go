package shortlists_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/notices"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/products"
	"prosumer/internal/shortlists"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// world is a board of one test, with two of the product team.
type world struct {
	*shortlists.Service
	t        *testing.T
	db       *sqlx.DB
	accounts *accounts.Service
	ideas    *ideas.Service
	ann, bob accounts.Actor
	noor     accounts.Actor // proposes
	people   int
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return worldOn(t, pgtest.New(t))
}

func worldOn(t *testing.T, db *sqlx.DB) *world {
	t.Helper()
	w := &world{t: t, db: db}
	w.accounts = accounts.NewService(w.db, accounts.Options{NoThrottle: true})
	w.ideas = ideas.NewService(w.db, media.New(w.db, t.TempDir(), media.Options{}), ideas.Options{ImageOf: media.IDOf})
	w.Service = shortlists.NewService(w.db, w.ideas, products.NewService(w.db, w.ideas, notices.NewService(w.db)))
	w.ann, w.bob, w.noor = w.person(accounts.Team), w.person(accounts.Team), w.person()
	return w
}

func (w *world) person(roles ...accounts.Role) accounts.Actor {
	w.t.Helper()
	w.people++
	name := fmt.Sprintf("person-%d", w.people)
	a, err := w.accounts.Create(w.t.Context(), accounts.SignUp{Name: name, Handle: name}, "", roles)
	if err != nil {
		w.t.Fatal(err)
	}
	return accounts.As(a)
}

func (w *world) idea(title string) ideas.ID {
	w.t.Helper()
	idea, err := w.ideas.Propose(w.t.Context(), w.noor, 0, ideas.Text{Title: title, Story: "It folds flat and fits in every drawer.", Accept: true})
	if err != nil {
		w.t.Fatal(err)
	}
	return idea.ID
}

func (w *world) list(name string, on ...ideas.ID) shortlists.ID {
	w.t.Helper()
	id, err := w.Create(w.t.Context(), w.ann, name, "")
	if err != nil {
		w.t.Fatal(err)
	}
	for _, idea := range on {
		w.must(w.Put(w.t.Context(), w.ann, id, idea))
	}
	return id
}

// criteria makes two: fit weighs three times as much as cost.
func (w *world) criteria(id shortlists.ID) (fit, cost shortlists.CriterionID) {
	w.t.Helper()
	w.must(w.PutCriterion(w.t.Context(), w.ann, id, shortlists.Criterion{Name: "Fit", Weight: 3}))
	w.must(w.PutCriterion(w.t.Context(), w.ann, id, shortlists.Criterion{Name: "Cost", Weight: 1}))
	list := w.sheet(w.ann, id).Criteria
	return list[0].ID, list[1].ID
}

func (w *world) sheet(who accounts.Actor, id shortlists.ID) shortlists.Sheet {
	w.t.Helper()
	sheet, err := w.Sheet(w.t.Context(), who, id, "Europe/Amsterdam")
	if err != nil {
		w.t.Fatal(err)
	}
	return sheet
}

func (w *world) entry(who accounts.Actor, id shortlists.ID, idea ideas.ID) shortlists.Entry {
	w.t.Helper()
	e, err := w.sheet(who, id).Entry(idea)
	if err != nil {
		w.t.Fatal(err)
	}
	return e
}

func (w *world) status(idea ideas.ID) ideas.Status {
	w.t.Helper()
	found, err := w.ideas.ByID(w.t.Context(), w.ann, idea)
	if err != nil {
		w.t.Fatal(err)
	}
	return found.Status
}

// challenge makes one that takes scores now.
func (w *world) challenge(slug string) challenges.ID {
	w.t.Helper()
	at := func(days int) time.Time { return time.Now().AddDate(0, 0, days) }
	var id challenges.ID
	const query = `
		INSERT INTO challenges (slug, title, ballot, announced_at, entries_open_at, entries_close_at, voting_open_at, voting_close_at, results_at)
		VALUES ($1, $1, 'score', $2, $2, $3, $2, $3, $3) RETURNING id`
	w.must(w.db.Get(&id, query, slug, at(-40), at(10)))
	return id
}

func (w *world) exec(query string, args ...any) {
	w.t.Helper()
	_, err := w.db.ExecContext(w.t.Context(), query, args...)
	w.must(err)
}

func (w *world) count(query string, args ...any) (n int) {
	w.t.Helper()
	w.must(w.db.Get(&n, query, args...))
	return n
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func wantCode(t *testing.T, err error, want *fault.Fault) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}

func wantField(t *testing.T, err error, field, code string) {
	t.Helper()
	if f := fault.Of(err); f.Kind != fault.Invalid || f.Fields[field] != code {
		t.Errorf("got %v %v, want %s: %s", err, f.Fields, field, code)
	}
}
