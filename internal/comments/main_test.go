package comments_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/comments"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/notices"
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

// board is a service over a database of its own, with an idea of ann's; bob and
// cat are members, mod moderates and eva decides.
type board struct {
	*comments.Service
	t                            *testing.T
	db                           *sqlx.DB
	ideas                        *ideas.Service
	pictures                     fakePictures
	idea                         ideas.ID
	visitor                      accounts.Actor
	ann, bob, cat, mod, eva, dan accounts.Actor // dan hides
}

func open(t *testing.T) *board {
	t.Helper()
	b := &board{t: t, db: pgtest.New(t), pictures: fakePictures{}}
	b.ideas = ideas.NewService(b.db, b.pictures, ideas.Options{ImageOf: func(src string) (string, bool) {
		return strings.CutPrefix(strings.TrimSuffix(src, ".jpg"), "/media/ab/")
	}})
	b.Service = comments.NewService(b.db, b.ideas, notices.NewService(b.db))
	people := accounts.NewService(b.db, accounts.Options{})
	for handle, who := range map[string]*accounts.Actor{"ann": &b.ann, "bob": &b.bob, "cat": &b.cat, "mod": &b.mod, "eva": &b.eva, "dan": &b.dan} {
		roles := map[string][]accounts.Role{"mod": {accounts.Moderator}, "eva": {accounts.Team}}[handle]
		account, err := people.Create(t.Context(), accounts.SignUp{Name: "Person " + handle, Handle: handle}, "", roles)
		if err != nil {
			t.Fatal(err)
		}
		b.exec(`UPDATE accounts SET email = handle || '@example.org', email_key = handle || '@example.org', confirmed_at = now() WHERE id = $1`, account.ID)
		*who = accounts.As(account)
	}
	b.exec(`UPDATE accounts SET visibility = 'hidden' WHERE id = $1`, b.dan.ID)
	idea, err := b.ideas.Propose(t.Context(), b.ann, 0, ideas.Text{Title: "A kettle that whistles", Story: "<p>It whistles a tune of your own choosing.</p>", Accept: true})
	if err != nil {
		t.Fatal(err)
	}
	b.idea = idea.ID
	return b
}

func (b *board) exec(query string, args ...any) {
	b.t.Helper()
	if _, err := b.db.ExecContext(b.t.Context(), query, args...); err != nil {
		b.t.Fatal(err)
	}
}

func (b *board) say(who accounts.Actor, answers comments.ID, body string, kind comments.Kind) comments.ID {
	b.t.Helper()
	id, err := b.Say(b.t.Context(), who, b.idea, answers, comments.Text{Body: body, Kind: kind})
	if err != nil {
		b.t.Fatalf("%s: %v", body, err)
	}
	return id
}

func (b *board) talk(who accounts.Actor, q comments.Query) comments.Page {
	b.t.Helper()
	p, err := b.Talk(b.t.Context(), who, b.idea, q)
	if err != nil {
		b.t.Fatal(err)
	}
	return p
}

// ids are those of a list and, in brackets, what hangs below.
func ids(list []comments.Comment) []comments.ID {
	var all []comments.ID
	for _, c := range list {
		all = append(all, c.ID)
		all = append(all, ids(c.Below)...)
	}
	return all
}

func wants(t *testing.T, what string, err error, want *fault.Fault) {
	t.Helper()
	if want == nil && err != nil || want != nil && !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

// field fails unless an error names the remedy of a field.
func field(t *testing.T, err error, name, code string) {
	t.Helper()
	if f := fault.Of(err); f.Fields[name] != code {
		t.Errorf("%v (%v), want %s for %s", err, f.Fields, code, name)
	}
}

// counted fails unless the talk's figures are what a count of it gives.
func (b *board) counted() {
	b.t.Helper()
	const query = `
		SELECT count(*) FROM (
			SELECT idea_id, comments, threads, questions, suggestions, critiques, praises, fors, againsts FROM talks WHERE comments > 0
			EXCEPT
			SELECT idea_id, count(*), count(*) FILTER (WHERE thread_id IS NULL), count(*) FILTER (WHERE kind = 'question'), count(*) FILTER (WHERE kind = 'suggestion'),
			       count(*) FILTER (WHERE kind = 'critique'), count(*) FILTER (WHERE kind = 'praise'), count(*) FILTER (WHERE stance = 'for'), count(*) FILTER (WHERE stance = 'against')
			FROM comments WHERE shown GROUP BY idea_id
		) AS d`
	const each = `
		SELECT count(*) FROM comments c WHERE thanks <> (SELECT count(*) FROM thanks t WHERE t.comment_id = c.id)
		   OR replies <> (SELECT count(*) FROM comments r WHERE r.thread_id = c.id AND r.shown)`
	for _, q := range []string{query, each} {
		var wrong int
		if err := b.db.Get(&wrong, q); err != nil || wrong > 0 {
			b.t.Errorf("%d counts are wrong (%v)", wrong, err)
		}
	}
}
