package pages_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/cocreation"
	"prosumer/internal/comments"
	"prosumer/internal/ideas"
	"prosumer/internal/insights"
	"prosumer/internal/media"
	"prosumer/internal/merges"
	"prosumer/internal/milestones"
	"prosumer/internal/notices"
	"prosumer/internal/owndata"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/products"
	"prosumer/internal/sharing"
	"prosumer/internal/shortlists"
	"prosumer/internal/topics"
	"prosumer/internal/triage"
	"prosumer/internal/votes"
	"prosumer/internal/web/pages"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

// The people of every test. noor proposes, piet looks on, anna decides.
const (
	visitor = ""
	noor    = "noor"
	piet    = "piet"
	anna    = "anna"
)

// site is the pages about ideas on a database of its own, without what stands
// around them: sessions, form tokens and the cache.
type site struct {
	t      *testing.T
	db     *sqlx.DB
	app    *fiber.App
	pages  *pages.Pages
	actors map[string]accounts.Actor
	made   int // challenges
}

func newSite(t *testing.T) *site {
	t.Helper()
	db, quiet := pgtest.New(t), slog.New(slog.DiscardHandler)
	writer := votes.NewWriter(db, func([]votes.Tally) {}, quiet)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := writer.Stop(ctx); err != nil {
			t.Error(err)
		}
	})
	pictures := media.New(db, t.TempDir(), media.Options{DayFiles: -1, DayBytes: -1})
	proposals := ideas.NewService(db, pictures, ideas.Options{ImageOf: media.IDOf})
	s := &site{t: t, db: db, actors: map[string]accounts.Actor{}}
	told := notices.NewService(db)
	made := products.NewService(db, proposals, told)
	s.pages = &pages.Pages{
		Accounts: accounts.NewService(db, accounts.Options{NoThrottle: true}), Topics: topics.NewService(db), Ideas: proposals,
		Votes: votes.NewService(db, writer), Products: made, Board: board.New(db, time.Now), Media: pictures, DB: db,
		Comments: comments.NewService(db, proposals, told), Cocreation: cocreation.NewService(db, proposals, comments.NewService(db, proposals, told), told),
		Sharing: sharing.NewService(), OwnData: owndata.NewService(db, owndata.Parts{Ideas: proposals, Pictures: pictures}),
		Triage:  triage.NewService(db, proposals, told, triage.Options{AnswerDays: 10, DecisionDays: 60}),
		Notices: told, Merges: merges.NewService(db, proposals, told, func([]votes.Tally) {}), Shortlists: shortlists.NewService(db, proposals, made),
		Milestones: milestones.NewService(db, proposals, told, milestones.Options{Days: 60}), Reports: insights.NewService(db, time.UTC, time.Now),
		Challenges: challenges.NewService(db), OriginKey: []byte("a key of tests"),
		SetSession: func(*fiber.Ctx, string) {}, EndSession: func(*fiber.Ctx) {}, CSRF: func(*fiber.Ctx) string { return "token" },
		Here: func(string) int { return 0 }, BaseURL: "http://example.com", AnswerDays: 10, DecisionDays: 60, Now: time.Now,
	}
	s.app = fiber.New(fiber.Config{ErrorHandler: response.Refuser{Shell: s.pages.Shell, Log: quiet}.Refuse, Immutable: true})
	s.app.Use(func(c *fiber.Ctx) error {
		request.SetActor(c, s.actors[c.Get("X-As")])
		return c.Next()
	})
	s.app.Get("/", s.pages.BoardShow)
	s.app.Get("/ideas/:idea", s.pages.IdeaShow)
	s.app.Post("/ideas/:idea/vote", s.pages.Vote)
	s.app.Post("/sign-in", s.pages.SignIn)
	for handle, roles := range map[string][]accounts.Role{noor: nil, piet: nil, anna: {accounts.Team}} {
		in := accounts.SignUp{Email: handle + "@example.org", Name: "Person " + handle, Handle: handle + "-x", Password: "a long walk home"}
		account, err := s.pages.Accounts.Create(t.Context(), in, "", append(roles, accounts.Member))
		if err != nil {
			t.Fatal(err)
		}
		s.actors[handle] = accounts.As(account)
	}
	return s
}

// answer is what the site said.
type answer struct {
	*http.Response
	body string
}

func (s *site) send(who string, req *http.Request) answer {
	s.t.Helper()
	req.Header.Set("X-As", who)
	res, err := s.app.Test(req, -1)
	if err != nil {
		s.t.Fatalf("%s %s: %v", req.Method, req.URL, err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{res, string(body)}
}

// get follows the redirect of a short address.
func (s *site) get(who, path string) answer {
	s.t.Helper()
	got := s.send(who, httptest.NewRequest(http.MethodGet, path, http.NoBody))
	if to := got.Header.Get("Location"); to != "" {
		got = s.send(who, httptest.NewRequest(http.MethodGet, to, http.NoBody))
	}
	if got.StatusCode != 200 {
		s.t.Fatalf("%q got %s with %d", who, path, got.StatusCode)
	}
	return got
}

func (s *site) post(who, path string, fields url.Values) answer {
	s.t.Helper()
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(fields.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.send(who, req)
}

// How long ago a challenge was announced tells its phase: its moments lie an
// hour apart.
const (
	coming  = -time.Minute
	waiting = 150 * time.Minute
	voting  = 210 * time.Minute
	judging = 270 * time.Minute
)

func (s *site) challenge(ago time.Duration, seal challenges.Seal) challenges.Challenge {
	s.t.Helper()
	begun := time.Now().Add(-ago).Truncate(time.Second)
	at := func(hours time.Duration) time.Time { return begun.Add(hours * time.Hour) }
	s.made++
	made, err := s.pages.Challenges.Create(s.t.Context(), challenges.Challenge{
		Slug: fmt.Sprint("bags-", s.made), Title: fmt.Sprint("A bag for life ", s.made), Ballot: challenges.Score, Sealed: seal,
		Dates: challenges.Dates{Announced: begun, EntriesOpen: at(1), EntriesClose: at(2), VotingOpen: at(3), VotingClose: at(4), Results: at(5)},
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return made
}

// enter makes an idea of noor's in a challenge, and gives its path.
func (s *site) enter(c challenges.Challenge) string {
	s.t.Helper()
	text := ideas.Text{Title: "A bag with two doors", Story: "<p>One for what is wet, one for what is dry.</p>", Accept: true}
	idea, err := s.pages.Ideas.Propose(s.t.Context(), s.actors[noor], 0, text)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.db.Exec(`UPDATE ideas SET challenge_id = $2 WHERE id = $1`, idea.ID, c.ID); err != nil {
		s.t.Fatal(err)
	}
	return "/ideas/" + idea.ID.String()
}

// vote casts a score past the pages.
func (s *site) vote(who, idea string, score int) {
	s.t.Helper()
	var id ideas.ID
	if _, err := fmt.Sscanf(idea, "/ideas/%d", &id); err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.pages.Votes.Cast(s.t.Context(), s.actors[who], id, votes.Choice{Score: score}); err != nil {
		s.t.Fatal(err)
	}
}
