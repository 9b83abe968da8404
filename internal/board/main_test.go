package board_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/notices"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/products"
	"prosumer/internal/standing"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// world is a board of one test, with somebody of the product team. Its clock
// stands still until the test moves it.
type world struct {
	*board.Board
	t        testing.TB
	db       *sqlx.DB
	now      time.Time
	accounts *accounts.Service
	ideas    *ideas.Service
	products *products.Service
	boss     accounts.Actor
	people   int
}

func newWorld(t testing.TB) *world {
	t.Helper()
	return worldOn(t, pgtest.New(t))
}

func worldOn(t testing.TB, db *sqlx.DB) *world {
	t.Helper()
	w := &world{t: t, db: db, now: time.Now()}
	w.Board = board.New(w.db, func() time.Time { return w.now })
	w.accounts = accounts.NewService(w.db, accounts.Options{NoThrottle: true})
	w.ideas = ideas.NewService(w.db, media.New(w.db, t.TempDir(), media.Options{}), ideas.Options{ImageOf: media.IDOf})
	w.products = products.NewService(w.db, w.ideas, notices.NewService(w.db))
	w.boss = w.person(accounts.Team)
	return w
}

// person makes somebody with an address, without the cost of a password.
func (w *world) person(roles ...accounts.Role) accounts.Actor {
	w.t.Helper()
	w.people++
	name := fmt.Sprintf("person-%d", w.people)
	a, err := w.accounts.Create(w.t.Context(), accounts.SignUp{Name: name, Handle: name}, "About me.", roles)
	if err != nil {
		w.t.Fatal(err)
	}
	w.db.MustExec(`UPDATE accounts SET email = $2, email_key = $2 WHERE id = $1`, a.ID, name+"@example.org")
	return accounts.As(a)
}

// idea proposes a text; what is empty gets something.
func (w *world) idea(by accounts.Actor, text ideas.Text) ideas.ID {
	w.t.Helper()
	text.Accept = true
	if text.Title == "" {
		text.Title = "An idea"
	}
	if text.Story == "" {
		text.Story = "It is quite a long story of its own."
	}
	idea, err := w.ideas.Propose(w.t.Context(), by, 0, text)
	if err != nil {
		w.t.Fatal(err)
	}
	return idea.ID
}

func (w *world) titled(title string) ideas.ID { return w.idea(w.boss, ideas.Text{Title: title}) }

func (w *world) topic(slug string, held bool) {
	w.db.MustExec(`INSERT INTO topics (slug, name_en, name_nl, held) VALUES ($1, $1, $1, $2)`, slug, held)
}

func (w *world) decide(id ideas.ID, to ideas.Status) {
	w.t.Helper()
	d := ideas.Decision{To: to}
	if to.NeedsReason() {
		d.Answer, d.Reason = "Not now, because the season is over.", "timing"
	}
	if _, err := w.ideas.Decide(w.t.Context(), w.boss, id, d); err != nil {
		w.t.Fatal(err)
	}
}

// adopt makes a product of an idea, at a stage.
func (w *world) adopt(id ideas.ID, name string, to products.Stage) products.Product {
	w.t.Helper()
	p, err := w.products.Adopt(w.t.Context(), w.boss, id, products.Adoption{Name: name})
	if err == nil && to != p.Stage {
		p, err = w.products.Change(w.t.Context(), w.boss, p.Slug, products.Change{Stage: &to})
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// vote stores a vote as the writer would.
func (w *world) vote(by accounts.Actor, on ideas.ID) { w.t.Helper(); w.score(by, on, 0) }

// score stores a score as the writer would, and brings the rank up to date.
func (w *world) score(by accounts.Actor, on ideas.ID, score int) {
	w.t.Helper()
	w.db.MustExec(`SELECT cast_ballots(ARRAY[$1::bigint], ARRAY[$2::bigint], ARRAY[$3::smallint], '{true}', '{false}', '{false}', '{0}', '{0}', '{""}', '{""}')`, on, by.ID, score)
	w.db.MustExec(`UPDATE ranks r SET voters = t.voters, trending = trending + 1, rising = rising + 1, score = tally_score(t, 3, 2)
		FROM tallies t WHERE t.idea_id = r.idea_id AND r.idea_id = $1`, on)
}

func (w *world) hide(id ideas.ID) { w.db.MustExec(`UPDATE ideas SET hidden = true WHERE id = $1`, id) }

// stand computes everybody's standing.
func (w *world) stand() {
	w.t.Helper()
	var all []accounts.ID
	if err := w.db.Select(&all, `SELECT id FROM accounts`); err != nil {
		w.t.Fatal(err)
	}
	if err := standing.Compute(w.t.Context(), w.db, all); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) list(actor accounts.Actor, q board.Query) []ideas.ID {
	w.t.Helper()
	page, err := w.List(w.t.Context(), actor, q)
	if err != nil {
		w.t.Fatalf("%+v: %v", q, err)
	}
	return idsOf(page.Items)
}

func idsOf(cards []board.Card) []ideas.ID {
	var list []ideas.ID
	for _, c := range cards {
		list = append(list, c.ID)
	}
	return list
}

// walk follows a list from page to page to its end.
func walk[T any](t testing.TB, limit int, next func(after string) (board.Page[T], error)) []T {
	t.Helper()
	var all []T
	for after := ""; ; {
		page, err := next(after)
		if err != nil {
			t.Fatalf("after %q: %v", after, err)
		}
		if len(page.Items) > limit || page.Next != "" && len(page.Items) != limit || len(all) > 10_000 {
			t.Fatalf("a page of %d, limit %d, next %q", len(page.Items), limit, page.Next)
		}
		all = append(all, page.Items...)
		if after = page.Next; after == "" {
			return all
		}
	}
}
