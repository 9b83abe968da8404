package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/comments"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/merges"
	"prosumer/internal/notices"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/products"
	"prosumer/internal/topics"
	"prosumer/internal/votes"
	"prosumer/internal/web/api"
	"prosumer/internal/web/api/apitest"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// The people of every test. noor proposes, piet looks on, anna decides.
const (
	visitor = ""
	noor    = "noor"
	piet    = "piet"
	anna    = "anna"
)

const password = "a long walk home"

// site is the API on a database of its own, asked as one of its people.
type site struct {
	t       *testing.T
	db      *sqlx.DB
	app     *fiber.App
	api     *api.API
	actors  map[string]accounts.Actor
	session string // what SetSession was given last
	trust   bool   // do not hold answers to the contract, which takes milliseconds each
	ended   int    // how often EndSession was called
}

func newSite(t *testing.T) *site {
	t.Helper()
	db := pgtest.New(t)
	writer := votes.NewWriter(db, func([]votes.Tally) {}, slog.New(slog.DiscardHandler))
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := writer.Stop(ctx); err != nil {
			t.Error(err)
		}
	})
	pictures := media.New(db, t.TempDir(), media.Options{DayFiles: -1, DayBytes: -1})
	proposals := ideas.NewService(db, pictures, ideas.Options{ImageOf: media.IDOf})
	told := notices.NewService(db)
	s := &site{t: t, db: db, actors: map[string]accounts.Actor{}}
	s.api = &api.API{
		Accounts: accounts.NewService(db, accounts.Options{NoThrottle: true}), Ideas: proposals, Votes: votes.NewService(db, writer),
		Products: products.NewService(db, proposals, told), Board: board.New(db, time.Now), Media: pictures,
		Comments: comments.NewService(db, proposals, told), Challenges: challenges.NewService(db), Merges: merges.NewService(db, proposals, told, func([]votes.Tally) {}), OriginKey: []byte("a key of tests"),
		SetSession: func(c *fiber.Ctx, secret string) {
			s.session = strings.Clone(secret)
			c.Cookie(&fiber.Cookie{Name: "session", Value: secret})
		},
		EndSession: func(*fiber.Ctx) error {
			s.ended++
			return nil
		},
	}
	s.app = fiber.New(fiber.Config{
		ErrorHandler: response.Refuser{
			Shell: func(*fiber.Ctx) views.Shell { return views.Shell{} }, Log: slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError})),
		}.Refuse,
		BodyLimit: 64 << 20, StreamRequestBody: true, DisablePreParseMultipartForm: true,
	})
	s.app.Use(func(c *fiber.Ctx) error {
		request.SetActor(c, s.actors[c.Get("X-As")])
		return c.Next()
	})
	s.api.Register(s.app)
	s.person(noor, "Noor Bakker")
	s.person(piet, "Piet de Vries")
	s.person(anna, "Anna Visser", accounts.Team)
	for i, topic := range []topics.Topic{
		{Slug: "kitchen", NameEN: "Kitchen", NameNL: "Keuken"}, {Slug: "toys", NameEN: "Toys", NameNL: "Speelgoed", Held: true},
	} {
		if _, err := topics.NewService(db).Put(t.Context(), topic, i); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func (s *site) person(handle, name string, roles ...accounts.Role) {
	s.t.Helper()
	in := accounts.SignUp{Email: handle + "@example.org", Name: name, Handle: handle + "-x", Password: password}
	account, err := s.api.Accounts.Create(s.t.Context(), in, "", append(roles, accounts.Member))
	if err != nil {
		s.t.Fatal(err)
	}
	s.actors[handle] = accounts.As(account)
}

// token makes an actor of one of the people that a token with these scopes
// speaks for, and gives its name.
func (s *site) token(of string, scopes ...string) string {
	s.t.Helper()
	secret, err := s.api.Accounts.NewToken(s.t.Context(), s.actors[of].ID, "test", scopes, time.Hour)
	if err != nil {
		s.t.Fatal(err)
	}
	actor, err := s.api.Accounts.ResolveToken(s.t.Context(), secret)
	if err != nil {
		s.t.Fatal(err)
	}
	name := of + "+" + strings.Join(scopes, "+")
	s.actors[name] = actor
	return name
}

// unconfirmed makes an actor of piet whose address nobody confirmed.
func (s *site) unconfirmed() string {
	actor := s.actors[piet]
	actor.Confirmed = false
	s.actors["unconfirmed"] = actor
	return "unconfirmed"
}

// answer is what the API said.
type answer struct {
	*http.Response
	body []byte
}

// ask sends a request, body as JSON unless it is empty, and holds the answer to
// the contract.
func (s *site) ask(as, method, path, body string) answer {
	s.t.Helper()
	req := httptest.NewRequest(method, api.Base+path, strings.NewReader(body))
	if body == "" {
		req = httptest.NewRequest(method, api.Base+path, http.NoBody)
	} else {
		req.Header.Set("Content-Type", "application/json")
	}
	return s.send(as, req)
}

func (s *site) send(as string, req *http.Request) answer {
	s.t.Helper()
	req.Header.Set("X-As", as)
	res, err := s.app.Test(req, -1)
	if err != nil {
		s.t.Fatalf("%s %s: %v", req.Method, req.URL, err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if !s.trust {
		apitest.Check(s.t, req, res, body)
	}
	return answer{res, body}
}

// want asks, and fails unless the status is this one.
func (s *site) want(status int, as, method, path, body string) answer {
	s.t.Helper()
	got := s.ask(as, method, path, body)
	if got.StatusCode != status {
		s.t.Fatalf("%s asked %s %s and got %d, want %d: %s", as, method, path, got.StatusCode, status, got.body)
	}
	return got
}

// refused asks, and fails unless the refusal has this status and code.
func (s *site) refused(status int, code, as, method, path, body string) map[string]string {
	s.t.Helper()
	var problem struct {
		Code   string
		Fields map[string]string
	}
	s.want(status, as, method, path, body).read(s.t, &problem)
	if problem.Code != code {
		s.t.Errorf("%s asked %s %s and got the code %s, want %s", as, method, path, problem.Code, code)
	}
	return problem.Fields
}

func (a answer) read(t *testing.T, into any) {
	t.Helper()
	if err := json.NewDecoder(bytes.NewReader(a.body)).Decode(into); err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
}

const story = "<p>On my balcony there is sun all day, and no socket.</p>"

// propose makes an idea of noor's: a draft, held, or open.
func (s *site) propose(status ideas.Status) string {
	s.t.Helper()
	text := ideas.Text{Title: "A kettle that runs on the sun", Story: story, Tags: []string{"solar"}, Accept: true}
	var id ideas.ID
	var err error
	if status == ideas.Draft {
		id, err = s.api.Ideas.SaveDraft(s.t.Context(), s.actors[noor], 0, text)
	} else {
		if status == ideas.Held {
			text.Topic = "toys"
		}
		var idea ideas.Idea
		idea, err = s.api.Ideas.Propose(s.t.Context(), s.actors[noor], 0, text)
		id = idea.ID
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return id.String()
}

// comment says something about a new idea of noor's and gives where it stands;
// noor said it.
func (s *site) comment() string {
	s.t.Helper()
	idea, err := strconv.ParseInt(s.propose(ideas.Open), 10, 64)
	if err != nil {
		s.t.Fatal(err)
	}
	id, err := s.api.Comments.Say(s.t.Context(), s.actors[noor], ideas.ID(idea), 0, comments.Text{Body: "<p>Mind the lid.</p>", Kind: comments.Critique})
	if err != nil {
		s.t.Fatal(err)
	}
	return fmt.Sprint("/comments/", id)
}

// adopt makes a product of a new idea of noor's and gives its slug.
func (s *site) adopt() string {
	s.t.Helper()
	var result struct{ Product struct{ Slug string } }
	s.want(200, anna, "POST", "/ideas/"+s.propose(ideas.Open)+"/decision", `{"status":"adopted","answer_html":"<p>Yes.</p>"}`).read(s.t, &result)
	return result.Product.Slug
}

// template makes an answer template and gives its number.
func (s *site) template(name string) string {
	s.t.Helper()
	t, err := s.api.Ideas.PutTemplate(s.t.Context(), s.actors[anna], ideas.Template{Name: name, Body: "<p>Thank you.</p>", Status: ideas.Parked, Reason: "timing"})
	if err != nil {
		s.t.Fatal(err)
	}
	return fmt.Sprint(t.ID)
}
