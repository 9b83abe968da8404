package owndata_test

import (
	"context"
	"fmt"
	"log/slog"
	"testing"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/comments"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/notices"
	"prosumer/internal/owndata"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/votes"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// password is everybody's.
const password = "a-password-of-some-length"

// world is a board of one test, on which nobody may think again.
type world struct {
	*owndata.Service
	t        testing.TB
	db       *sqlx.DB
	accounts *accounts.Service
	ideas    *ideas.Service
	votes    *votes.Service
	pictures *media.Service
	people   int
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, db: pgtest.New(t)}
	w.accounts = accounts.NewService(w.db, accounts.Options{NoThrottle: true})
	w.pictures = media.New(w.db, t.TempDir(), media.Options{})
	w.ideas = ideas.NewService(w.db, w.pictures, ideas.Options{ImageOf: media.IDOf})
	writer := votes.NewWriter(w.db, func([]votes.Tally) {}, slog.New(slog.DiscardHandler))
	t.Cleanup(func() { _ = writer.Stop(context.Background()) })
	w.votes = votes.NewService(w.db, writer)
	w.Service = owndata.NewService(w.db, owndata.Parts{
		Accounts: w.accounts, Ideas: w.ideas, Votes: w.votes, Pictures: w.pictures,
		Comments: comments.NewService(w.db, w.ideas, notices.NewService(w.db)),
	}).WithGrace(0)
	return w
}

// person signs somebody up, who is signed in from then on.
func (w *world) person(handle, name string, roles ...accounts.Role) accounts.Actor {
	w.t.Helper()
	w.people++
	address := fmt.Sprintf("%s-%d@example.org", handle, w.people)
	a, err := w.accounts.Create(w.t.Context(), accounts.SignUp{Name: name, Handle: handle, Email: address, Password: password}, "", roles)
	if err != nil {
		w.t.Fatal(err)
	}
	_, secret, err := w.accounts.SignIn(w.t.Context(), accounts.SignIn{Email: address, Password: password, Agent: "A browser of " + handle})
	if err != nil {
		w.t.Fatal(err)
	}
	actor, err := w.accounts.Resolve(w.t.Context(), secret)
	if err != nil || actor.ID != a.ID {
		w.t.Fatal(actor, err)
	}
	return actor
}

// long makes the person's session old.
func (w *world) long(by accounts.Actor) {
	w.db.MustExec(`UPDATE sessions SET created_at = now() - interval '16 minutes' WHERE account_id = $1`, by.ID)
}

func (w *world) idea(by accounts.Actor, title string) ideas.ID {
	w.t.Helper()
	idea, err := w.ideas.Propose(w.t.Context(), by, 0, ideas.Text{Title: title, Story: "It says: " + title + ", and that is a story of some length.", Accept: true, Tags: []string{"tagged"}})
	if err != nil {
		w.t.Fatal(err)
	}
	return idea.ID
}

func (w *world) decide(by accounts.Actor, on ideas.ID, to ideas.Status) {
	w.t.Helper()
	d := ideas.Decision{To: to}
	if to.NeedsReason() {
		d.Answer, d.Reason = "Not now, because the season is over.", "timing"
	}
	if _, err := w.ideas.Decide(w.t.Context(), by, on, d); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) cast(by accounts.Actor, on ideas.ID) {
	w.t.Helper()
	if _, err := w.votes.Cast(w.t.Context(), by, on, votes.Choice{From: votes.Origin{Browser: "needle-browser", Referrer: "needle.example"}}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) voters(on ideas.ID) int {
	w.t.Helper()
	tally, err := w.votes.Tally(w.t.Context(), on)
	if err != nil {
		w.t.Fatal(err)
	}
	return tally.Voters
}

// say writes a comment straight into the table.
func (w *world) say(by accounts.Actor, on ideas.ID, words string) (id int64) {
	w.t.Helper()
	const query = `INSERT INTO comments (idea_id, author_id, source, html, text) VALUES ($1, $2, $3, '<p>' || $3 || '</p>', $3) RETURNING id`
	if err := w.db.Get(&id, query, on, by.ID, words); err != nil {
		w.t.Fatal(err)
	}
	return id
}

func (w *world) ask(by accounts.Actor, take bool) {
	w.t.Helper()
	if _, err := w.Ask(w.t.Context(), by, owndata.Wish{Password: password, Handle: by.Handle, TakeTexts: take}); err != nil {
		w.t.Fatal(err)
	}
}

// erase asks and sweeps.
func (w *world) erase(by accounts.Actor, take bool) {
	w.t.Helper()
	w.ask(by, take)
	if n, err := w.Sweep(w.t.Context()); err != nil || n != 1 {
		w.t.Fatal(n, err)
	}
}
