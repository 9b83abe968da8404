package notices_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/outbox"
	"prosumer/internal/pg/pgtest"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// board is a service with its relay and a postman who notes what he carries.
type board struct {
	*notices.Service
	db       *sqlx.DB
	people   *accounts.Service
	ideas    *ideas.Service
	relay    *outbox.Relay
	eva, ann accounts.Actor // eva decides, ann proposes
	sent     []notices.Letter
	digests  []notices.Digest
	post     func(notices.Letter) error // what the mail server says
	confirm  bool                       // an address must be confirmed
}

func open(t *testing.T) *board {
	t.Helper()
	b := &board{db: pgtest.New(t), post: func(notices.Letter) error { return nil }}
	b.Service = notices.NewService(b.db).WithGrace(0)
	b.people = accounts.NewService(b.db, accounts.Options{})
	b.ideas = ideas.NewService(b.db, nil, ideas.Options{})
	b.relay = outbox.NewRelay(b.db, "", slog.New(slog.DiscardHandler))
	b.relay.On(notices.TopicSpread, outbox.Typed(b.Spread))
	b.relay.On(notices.TopicMail, outbox.Typed(b.mail))
	b.relay.On(notices.TopicDigest, outbox.Typed(b.mailDigest))
	b.relay.On(ideas.TopicMoved, outbox.Typed(func(ctx context.Context, m ideas.Moved) error {
		for _, of := range []func(ideas.Moved) (notices.Fact, bool){notices.OfIdea, func(m ideas.Moved) (notices.Fact, bool) { return notices.OfMove(m, 0) }} {
			if fact, told := of(m); told {
				if err := b.Tell(ctx, b.db, fact); err != nil {
					return err
				}
			}
		}
		return b.TellOfBudget(ctx, m)
	}))
	b.eva, b.ann = b.somebody(t, "eva", accounts.Team), b.somebody(t, "ann")
	return b
}

func (b *board) mail(ctx context.Context, id notices.ID) error {
	letter, send, err := b.Letter(ctx, id, b.confirm)
	if err != nil || !send {
		return err
	}
	if err := b.post(letter); err != nil {
		return err
	}
	b.sent = append(b.sent, letter)
	return b.Mailed(ctx, id)
}

func (b *board) mailDigest(ctx context.Context, id notices.DigestID) error {
	digest, send, err := b.Digest(ctx, id, b.confirm)
	if err != nil || !send {
		return err
	}
	if err := b.post(notices.Letter{Reading: digest.Reading}); err != nil {
		return err
	}
	b.digests = append(b.digests, digest)
	return b.DigestMailed(ctx, digest)
}

func (b *board) somebody(t *testing.T, handle string, roles ...accounts.Role) accounts.Actor {
	t.Helper()
	account, err := b.people.Create(t.Context(), accounts.SignUp{Name: handle, Handle: handle}, "", roles)
	if err != nil {
		t.Fatal(err)
	}
	b.exec(t, `UPDATE accounts SET email = handle || '@example.org', email_key = handle || '@example.org', confirmed_at = now() WHERE id = $1`, account.ID)
	return accounts.As(account)
}

func (b *board) idea(t *testing.T) ideas.ID {
	t.Helper()
	idea, err := b.ideas.Propose(t.Context(), b.ann, 0, ideas.Text{Title: "A kettle that whistles", Story: "<p>It whistles a tune of your own choosing.</p>", Accept: true})
	if err != nil {
		t.Fatal(err)
	}
	return idea.ID
}

func (b *board) decide(t *testing.T, id ideas.ID, to ideas.Status, reason ideas.Reason) {
	t.Helper()
	if _, err := b.ideas.Decide(t.Context(), b.eva, id, ideas.Decision{To: to, Answer: "We thought about it.", Reason: reason}); err != nil {
		t.Fatal(err)
	}
}

// voters makes so many people who voted on the idea.
func (b *board) voters(t *testing.T, idea ideas.ID, n int) []accounts.ID {
	t.Helper()
	var made []int64
	const query = `
		WITH made AS (
			INSERT INTO accounts (handle, name, email, email_key, confirmed_at)
			SELECT 'voter-' || n, 'Voter ' || n, 'voter-' || n || '@example.org', 'voter-' || n || '@example.org', now() FROM generate_series(1, $2) AS n RETURNING id
		), cast_now AS (INSERT INTO votes (idea_id, voter_id) SELECT $1, id FROM made)
		SELECT array_agg(id ORDER BY id) FROM made`
	if err := b.db.Get(pq.Array(&made), query, idea, n); err != nil {
		t.Fatal(err)
	}
	list := make([]accounts.ID, len(made))
	for i, id := range made {
		list[i] = accounts.ID(id)
	}
	return list
}

func (b *board) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	if _, err := b.db.ExecContext(t.Context(), query, args...); err != nil {
		t.Fatal(err)
	}
}

// deliver lets the relay work until nothing waits, whatever pause a failure asked for.
func (b *board) deliver(t *testing.T) {
	t.Helper()
	for range 100 {
		if err := b.relay.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		waiting, dead, err := b.relay.Depth(t.Context())
		if err != nil || dead > 0 {
			t.Fatalf("%d dead letters (%v)", dead, err)
		}
		if waiting == 0 {
			return
		}
		b.exec(t, `UPDATE outbox SET due_at = now()`)
	}
	t.Fatal("the outbox does not empty")
}

// got counts the letters to each address.
func (b *board) got() map[string]int {
	n := map[string]int{}
	for _, l := range b.sent {
		n[l.Email]++
	}
	return n
}

// once fails unless exactly these people got one letter each.
func (b *board) once(t *testing.T, who ...string) {
	t.Helper()
	got := b.got()
	for _, name := range who {
		if email := name + "@example.org"; got[email] != 1 {
			t.Errorf("%s got %d letters", name, got[email])
		}
		delete(got, name+"@example.org")
	}
	for email, n := range got {
		t.Errorf("%s got %d letters", email, n)
	}
}

func names(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("voter-%d", i+1)
	}
	return list
}

var errDown = errors.New("451 try again")
