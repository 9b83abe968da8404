package web_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/jmoiron/sqlx"

	"prosumer/frontend"
	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/cocreation"
	"prosumer/internal/comments"
	"prosumer/internal/ideas"
	"prosumer/internal/insights"
	"prosumer/internal/live"
	"prosumer/internal/media"
	"prosumer/internal/merges"
	"prosumer/internal/milestones"
	"prosumer/internal/notices"
	"prosumer/internal/owndata"
	"prosumer/internal/pg"
	"prosumer/internal/pg/pgtest"
	"prosumer/internal/products"
	"prosumer/internal/sharing"
	"prosumer/internal/shortlists"
	"prosumer/internal/standing"
	"prosumer/internal/topics"
	"prosumer/internal/triage"
	"prosumer/internal/votes"
	"prosumer/internal/web"
	"prosumer/internal/web/api"
	"prosumer/internal/web/pages"
	"prosumer/internal/web/request"
	"prosumer/internal/web/socket"
	"prosumer/internal/web/views"
)

func TestMain(m *testing.M) { pgtest.Main(m) }

const (
	home     = "http://localhost:3000"
	password = "a long walk home"
)

// The people of the tests. noor proposes, piet looks on; the others are staff.
const (
	visitor = ""
	noor    = "noor"
	piet    = "piet"
	anna    = "anna" // of the product team
	mo      = "mo"   // a moderator
	ada     = "ada"  // the admin
)

var everybody = []string{visitor, noor, piet, anna, mo, ada}

// settings say how the site of a test differs from the usual one.
type settings struct {
	base    string
	dsn     string // empty: a database of the test's own
	counted bool   // what the application asks the database is counted, in site.asked
	proxies []netip.Prefix
	limits  bool
	confirm bool
	mailbox pages.Mailbox
	log     *slog.Logger
	now     func() time.Time // of kept pages
}

// site is the whole application over a database of its own.
type site struct {
	t        testing.TB
	set      settings
	app      *fiber.App
	db       *sqlx.DB
	dsn      string
	asked    *atomic.Int64
	accounts *accounts.Service
	ideas    *ideas.Service
	votes    *votes.Service
	products *products.Service
	media    *media.Service
	board    *board.Board
	page     *pages.Pages
	people   map[string]accounts.Account
	cookies  map[string]string // session cookie by person
	tokens   map[string]string // form token by person
}

func newSite(t testing.TB, set settings) *site {
	t.Helper()
	if set.base == "" {
		set.base = home
	}
	if set.log == nil {
		set.log = slog.New(slog.DiscardHandler)
	}
	s := &site{t: t, set: set, dsn: set.dsn, people: map[string]accounts.Account{}, cookies: map[string]string{}, tokens: map[string]string{}}
	if s.dsn == "" {
		s.db, s.dsn = pgtest.NewWithDSN(t)
	} else {
		db, err := pg.Open(t.Context(), s.dsn)
		if err != nil {
			t.Fatal(err)
		}
		s.db = db
		t.Cleanup(func() { _ = db.Close() })
	}
	if set.counted {
		s.db, s.asked = pgtest.Counted(t, s.dsn)
	}
	s.build()
	return s
}

func (s *site) build() {
	t, set := s.t, s.set
	writer := votes.NewWriter(s.db, func([]votes.Tally) {}, set.log)
	hub := live.New(live.Defaults())
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		_ = hub.Close(ctx, 0)
		_ = writer.Stop(ctx)
	})
	assets, err := frontend.Load()
	if err != nil {
		t.Fatal(err)
	}
	reference, err := views.ReadAPIReference(api.Spec())
	if err != nil {
		t.Fatal(err)
	}
	s.accounts = accounts.NewService(s.db, accounts.Options{RequireConfirm: set.confirm, NoThrottle: !set.limits})
	s.media = media.New(s.db, t.TempDir(), media.Options{DayFiles: -1, DayBytes: -1})
	s.ideas = ideas.NewService(s.db, s.media, ideas.Options{ImageOf: media.IDOf})
	told := notices.NewService(s.db)
	merged := merges.NewService(s.db, s.ideas, told, func([]votes.Tally) {})
	s.votes, s.products, s.board = votes.NewService(s.db, writer), products.NewService(s.db, s.ideas, told), board.New(s.db, time.Now)
	s.page = &pages.Pages{
		Accounts: s.accounts, Topics: topics.NewService(s.db), Ideas: s.ideas, Votes: s.votes, Products: s.products, Board: s.board, Media: s.media, DB: s.db, Challenges: challenges.NewService(s.db),
		Here: func(string) int { return 0 }, Assets: views.Assets{Script: assets.Script}, BaseURL: set.base, Version: "test", Reference: reference,
		OriginKey: []byte("a key of tests"), Notices: told, Merges: merged, Shortlists: shortlists.NewService(s.db, s.ideas, s.products),
		Milestones: milestones.NewService(s.db, s.ideas, told, milestones.Options{Days: 60}), Reports: insights.NewService(s.db, time.UTC, time.Now),
		Comments: comments.NewService(s.db, s.ideas, told), Cocreation: cocreation.NewService(s.db, s.ideas, comments.NewService(s.db, s.ideas, told), told),
		Sharing: sharing.NewService(), Standing: standing.NewKeeper(s.db, set.log), OwnData: owndata.NewService(s.db, owndata.Parts{Accounts: s.accounts, Ideas: s.ideas, Votes: s.votes, Comments: comments.NewService(s.db, s.ideas, told), Pictures: s.media}),
		Triage: triage.NewService(s.db, s.ideas, told, triage.Options{AnswerDays: 10, DecisionDays: 60}),
		Demo:   set.mailbox != nil, Mailbox: set.mailbox, RequireConfirm: set.confirm, AnswerDays: 10, DecisionDays: 60, Now: time.Now,
	}
	s.app = web.New(web.Options{
		Accounts: s.accounts, Media: s.media, Pages: s.page, Assets: assets, Ready: s.db.PingContext,
		API: &api.API{Comments: comments.NewService(s.db, s.ideas, told), Accounts: s.accounts, Ideas: s.ideas, Votes: s.votes, Products: s.products, Board: s.board, Media: s.media, Challenges: challenges.NewService(s.db), Merges: merged},
		Socket: socket.Options{
			Hub: hub, Origin: set.base, Log: set.log, ByToken: func(c *fiber.Ctx) bool { return request.Actor(c).ByToken() },
			Viewer: func(c *fiber.Ctx) (live.Viewer, error) { return live.Viewer{Account: int64(request.Actor(c).ID)}, nil },
		},
		BaseURL: set.base, Proxies: set.proxies, Secret: strings.Repeat("s", 32), Limits: set.limits, Log: set.log, Now: set.now,
	})
}

// settle makes the people and topics of every test.
func (s *site) settle() *site {
	s.t.Helper()
	for handle, roles := range map[string][]accounts.Role{noor: nil, piet: nil, anna: {accounts.Team}, mo: {accounts.Moderator}, ada: {accounts.Admin}} {
		in := accounts.SignUp{Email: handle + "@example.org", Name: "Person " + handle, Handle: handle + "-x", Password: password}
		account, err := s.accounts.Create(s.t.Context(), in, "", append(roles, accounts.Member))
		if err != nil {
			s.t.Fatal(err)
		}
		s.people[handle] = account
	}
	for i, topic := range []topics.Topic{{Slug: "kitchen", NameEN: "Kitchen", NameNL: "Keuken"}, {Slug: "toys", NameEN: "Toys", NameNL: "Speelgoed", Held: true}} {
		if _, err := topics.NewService(s.db).Put(s.t.Context(), topic, i); err != nil {
			s.t.Fatal(err)
		}
	}
	return s
}

func (s *site) actor(who string) accounts.Actor { return accounts.As(s.people[who]) }

// signedIn gives the person's session cookie, after signing in once.
func (s *site) signedIn(who string) string {
	s.t.Helper()
	if who == visitor {
		return ""
	}
	if s.cookies[who] == "" {
		got := s.send(s.form(visitor, "/sign-in", url.Values{"email": {who + "@example.org"}, "password": {password}}))
		for _, cookie := range got.Cookies() {
			if strings.HasSuffix(cookie.Name, "session") && cookie.Value != "" {
				s.cookies[who] = cookie.Name + "=" + cookie.Value
			}
		}
		if s.cookies[who] == "" {
			s.t.Fatalf("%s could not sign in: %d %s", who, got.StatusCode, got.body)
		}
	}
	return s.cookies[who]
}

var formToken = regexp.MustCompile(`name="csrf" content="([0-9a-f]+)"`)

// token gives the token that stands in the person's forms.
func (s *site) token(who string) string {
	s.t.Helper()
	if who != visitor && s.tokens[who] == "" {
		found := formToken.FindStringSubmatch(s.get(who, "/how").body)
		if found == nil {
			s.t.Fatalf("%s has no form token", who)
		}
		s.tokens[who] = found[1]
	}
	return s.tokens[who]
}

// request is a request of the person's browser.
func (s *site) request(who, method, path, kind, body string) *http.Request {
	s.t.Helper()
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	if base, err := url.Parse(s.set.base); err == nil {
		req.Host = base.Host
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	if cookie := s.signedIn(who); cookie != "" {
		req.Header.Set("Cookie", cookie)
	}
	if method != http.MethodGet && method != http.MethodHead {
		req.Header.Set("Sec-Fetch-Site", "same-origin")
		req.Header.Set("Origin", s.set.base)
	}
	return req
}

func (s *site) form(who, path string, fields url.Values) *http.Request {
	s.t.Helper()
	all := url.Values{}
	for name, values := range fields {
		all[name] = values
	}
	if token := s.token(who); token != "" {
		all.Set("csrf", token)
	}
	return s.request(who, http.MethodPost, path, "application/x-www-form-urlencoded", all.Encode())
}

// answer is what the site said.
type answer struct {
	*http.Response
	body string
}

func (a answer) to() string { return a.Header.Get("Location") }

func (s *site) send(req *http.Request) answer {
	s.t.Helper()
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

func (s *site) get(who, path string) answer {
	s.t.Helper()
	return s.send(s.request(who, http.MethodGet, path, "", ""))
}

func (s *site) post(who, path string, fields url.Values) answer {
	s.t.Helper()
	return s.send(s.form(who, path, fields))
}
