package triage_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/triage"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// anything is a picture store that takes whatever it is given.
type anything struct{}

func (anything) MarkUsed(context.Context, sqlx.ExtContext, int64, []string) error { return nil }

// studio is the team's work over a database of its own. ilse and mark are of the
// team, rosa moderates, noor and piet are members.
type studio struct {
	*triage.Service
	t                            *testing.T
	db                           *sqlx.DB
	ideas                        *ideas.Service
	now                          time.Time // moved by tests; the database has its own clock
	ilse, mark, rosa, noor, piet accounts.Actor
}

func open(t *testing.T) *studio {
	t.Helper()
	t.Parallel()
	s := &studio{t: t, db: pgtest.New(t), now: time.Now()}
	s.ideas = ideas.NewService(s.db, anything{}, ideas.Options{})
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	s.Service = triage.NewService(s.db, s.ideas, notices.NewService(s.db), triage.Options{AnswerDays: 10, DecisionDays: 60, Zone: zone, Now: func() time.Time { return s.now }})
	people := accounts.NewService(s.db, accounts.Options{})
	for handle, who := range map[string]*accounts.Actor{"ilse": &s.ilse, "mark": &s.mark, "rosa": &s.rosa, "noor": &s.noor, "piet": &s.piet} {
		roles := map[string][]accounts.Role{"ilse": {accounts.Team}, "mark": {accounts.Team}, "rosa": {accounts.Moderator}}[handle]
		account, err := people.Create(t.Context(), accounts.SignUp{Name: "Person " + handle, Handle: handle}, "", roles)
		if err != nil {
			t.Fatal(err)
		}
		*who = accounts.As(account)
	}
	s.exec(`INSERT INTO topics (slug, name_en, name_nl, held) VALUES ('held', 'Held', 'Held', true)`)
	return s
}

func (s *studio) exec(query string, args ...any) {
	s.t.Helper()
	if _, err := s.db.Exec(query, args...); err != nil {
		s.t.Fatal(err)
	}
}

func (s *studio) count(query string, args ...any) (n int) {
	s.t.Helper()
	if err := s.db.Get(&n, query, args...); err != nil {
		s.t.Fatal(err)
	}
	return n
}

func text(topic string) ideas.Text {
	return ideas.Text{Title: fmt.Sprint("A kettle for ", topic, " mornings"), Story: "<p>It whistles a tune of your own choosing.</p>", Topic: topic, Accept: true}
}

// idea is one of noor's that came so many days ago.
func (s *studio) idea(daysAgo int) ideas.ID {
	s.t.Helper()
	return s.past(s.now.AddDate(0, 0, -daysAgo))
}

// past is an idea of noor's that opened then, and was answered at these moments.
func (s *studio) past(at time.Time, answers ...time.Time) ideas.ID {
	s.t.Helper()
	in := ideas.Past{Contributor: s.noor, Text: text(""), Created: at, Course: []ideas.Turn{{To: ideas.Open, By: s.noor.ID, At: at}}}
	for _, answer := range answers {
		in.Course = append(in.Course, ideas.Turn{By: s.ilse.ID, At: answer, Answer: "Thank you."})
	}
	var id ideas.ID
	err := pg.InTx(s.t.Context(), s.db, func(tx pg.Q) (err error) {
		id, err = s.ideas.Stage(s.t.Context(), tx, in)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

// told lists whom facts of a kind were told to by name, in order.
func (s *studio) told(kind notices.Kind) (list []accounts.ID) {
	s.t.Helper()
	const query = `SELECT jsonb_array_elements(payload->'Fact'->'To')::bigint FROM outbox WHERE payload->'Fact'->>'Kind' = $1 ORDER BY id`
	if err := s.db.Select(&list, query, kind); err != nil {
		s.t.Fatal(err)
	}
	return list
}

func wantCode(t *testing.T, err error, want *fault.Fault) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("got %v, want %s", err, want.Code)
	}
}

func wantField(t *testing.T, err error, field, code string) {
	t.Helper()
	if f := fault.Of(err); f.Kind != fault.Invalid || f.Fields[field] != code {
		t.Errorf("got %v %v, want %s: %s", err, f.Fields, field, code)
	}
}
