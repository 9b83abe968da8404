package ideas_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/pg"
	"prosumer/internal/pg/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// fakePictures belong to whom they say.
type fakePictures map[string]accounts.ID

func (p fakePictures) MarkUsed(_ context.Context, _ sqlx.ExtContext, owner int64, ids []string) error {
	for _, id := range ids {
		if p[id] != accounts.ID(owner) {
			return media.ErrNotYours
		}
	}
	return nil
}

// board is a service over a database of its own with somebody of each kind.
type board struct {
	*ideas.Service
	db                          *sqlx.DB
	pictures                    fakePictures
	visitor, ann, bob, mod, eva accounts.Actor // ann and bob are members, eva decides
}

func open(t *testing.T, opts ideas.Options) *board {
	t.Helper()
	return openOn(t, pgtest.New(t), opts)
}

func openOn(t *testing.T, db *sqlx.DB, opts ideas.Options) *board {
	t.Helper()
	b := &board{db: db, pictures: fakePictures{}}
	if opts.ImageOf == nil {
		opts.ImageOf = func(src string) (string, bool) {
			id, ok := strings.CutPrefix(strings.TrimSuffix(src, ".jpg"), "/media/ab/")
			return id, ok
		}
	}
	b.Service = ideas.NewService(b.db, b.pictures, opts)
	people := accounts.NewService(b.db, accounts.Options{})
	for handle, who := range map[string]*accounts.Actor{"ann": &b.ann, "bob": &b.bob, "mod": &b.mod, "eva": &b.eva} {
		roles := map[string][]accounts.Role{"mod": {accounts.Moderator}, "eva": {accounts.Team}}[handle]
		account, err := people.Create(t.Context(), accounts.SignUp{Name: handle, Handle: handle}, "", roles)
		if err != nil {
			t.Fatal(err)
		}
		b.db.MustExec(`UPDATE accounts SET email = $2, email_key = $2 WHERE id = $1`, account.ID, handle+"@example.org") // who signs in has a profile to find
		*who = accounts.As(account)
	}
	return b
}

func text() ideas.Text {
	return ideas.Text{Title: "A kettle that whistles", Story: "<p>It whistles a tune of your own choosing.</p>", Tags: []string{"#Kitchen", "tea"}, Accept: true}
}

func (b *board) propose(t *testing.T) ideas.Idea {
	t.Helper()
	idea, err := b.Propose(t.Context(), b.ann, 0, text())
	if err != nil {
		t.Fatal(err)
	}
	return idea
}

func (b *board) decide(t *testing.T, id ideas.ID, to ideas.Status) {
	t.Helper()
	d := ideas.Decision{To: to}
	if to.NeedsReason() {
		d.Answer, d.Reason = "Not now.", "timing"
	}
	if _, err := b.Decide(t.Context(), b.eva, id, d); err != nil {
		t.Fatalf("to %s: %v", to, err)
	}
}

// at brings a fresh idea of ann's into a state, by moves alone.
func (b *board) at(t *testing.T, status ideas.Status) ideas.Idea {
	t.Helper()
	if status == ideas.Draft {
		id, err := b.SaveDraft(t.Context(), b.ann, 0, text())
		if err != nil {
			t.Fatal(err)
		}
		return b.see(t, b.ann, id)
	}
	if status == ideas.Held {
		b.exec(t, `INSERT INTO topics (slug, name_en, name_nl, held) VALUES ('held', 'Held', 'Held', true) ON CONFLICT DO NOTHING`)
		in := text()
		in.Topic = "held"
		idea, err := b.Propose(t.Context(), b.ann, 0, in)
		if err != nil {
			t.Fatal(err)
		}
		return idea
	}
	idea := b.propose(t)
	follow := func(to ideas.Status) {
		b.decide(t, idea.ID, ideas.Adopted)
		if to == ideas.Adopted {
			return
		}
		if err := pg.InTx(t.Context(), b.db, func(tx pg.Q) error { return b.Follow(t.Context(), tx, b.eva, idea.ID, to) }); err != nil {
			t.Fatal(err)
		}
	}
	switch status {
	case ideas.Open:
	case ideas.Withdrawn:
		if err := b.Withdraw(t.Context(), b.ann, idea.ID); err != nil {
			t.Fatal(err)
		}
	case ideas.Merged:
		b.rawMove(t, idea.ID, ideas.Open, ideas.Merged)
	case ideas.Adopted, ideas.InProduction, ideas.Launched:
		follow(status)
	default:
		b.decide(t, idea.ID, status)
	}
	return b.see(t, b.ann, idea.ID)
}

func (b *board) see(t *testing.T, who accounts.Actor, id ideas.ID) ideas.Idea {
	t.Helper()
	idea, err := b.ByID(t.Context(), who, id)
	if err != nil {
		t.Fatal(err)
	}
	return idea
}

func (b *board) rawMove(t *testing.T, id ideas.ID, from, to ideas.Status) {
	t.Helper()
	b.exec(t, `WITH h AS (INSERT INTO idea_history (idea_id, kind, from_status, to_status, actor_id) VALUES ($1, 'move', $2, $3, $4) RETURNING id)
		UPDATE ideas SET status = $3, move_id = h.id FROM h WHERE ideas.id = $1`, id, from, to, b.eva.ID)
}

func (b *board) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	if _, err := b.db.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatal(err)
	}
}

func (b *board) count(t *testing.T, query string, args ...any) (n int) {
	t.Helper()
	if err := b.db.Get(&n, query, args...); err != nil {
		t.Fatal(err)
	}
	return n
}

func wantCode(t *testing.T, err error, want *fault.Fault) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}

func wantField(t *testing.T, err error, field, code string) {
	t.Helper()
	f := fault.Of(err)
	if f.Kind != fault.Invalid || f.Fields[field] != code {
		t.Errorf("got %v %v, want %s: %s", err, f.Fields, field, code)
	}
}
