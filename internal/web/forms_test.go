package web_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/outbox"
)

func (s *site) count(query string, args ...any) (n int) {
	s.t.Helper()
	if err := s.db.Get(&n, query, args...); err != nil {
		s.t.Fatal(err)
	}
	return n
}

func TestARefusedFormComesBackWithEverythingTyped(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	o := s.objects()
	for name, tc := range map[string]struct {
		who, path string
		fields    url.Values
		shown     []string
		back      string // where the language switch leads
	}{
		"propose": {
			noor, "/ideas",
			url.Values{"title": {"A teapot"}, "story": {"short & <b>bold</b>"}, "tags": {"sun, \"tea\""}, "topic": {"kitchen"}, "act": {"submit"}},
			[]string{`value="A teapot"`, "short &amp; &lt;b&gt;bold&lt;/b&gt;", `value="sun, &#34;tea&#34;"`, `value="kitchen" selected`},
			"/ideas/",
		},
		"edit":     {noor, o.open + "/edit", url.Values{"title": {""}, "story": {"Not long."}}, []string{"Not long."}, o.open + "/edit"},
		"decision": {anna, o.open + "/decision", url.Values{"status": {"declined"}, "answer": {"Alas."}}, []string{"Alas.", `value="declined" selected`}, o.open},
		"product":  {anna, o.product, url.Values{"name": {""}, "story": {"It pours."}, "shop_url": {"nowhere"}}, []string{"It pours.", `value="nowhere"`}, o.product},
		"template": {anna, "/studio/templates", url.Values{"name": {""}, "body": {"Thanks."}}, []string{"Thanks."}, "/studio/templates"},
		"profile":  {piet, "/settings/profile", url.Values{"name": {""}, "handle": {"Piet!"}, "bio": {"I like tea."}, "links": {"nowhere"}}, []string{`value="Piet!"`, "I like tea.", "nowhere"}, "/settings/profile"},
		"sign up":  {visitor, "/sign-up", url.Values{"name": {"Ann"}, "handle": {"a"}, "email": {"ann@"}, "password": {"secret pass word"}}, []string{`value="Ann"`, `value="a"`, `value="ann@"`}, "/sign-up"},
		"sign in":  {visitor, "/sign-in", url.Values{"email": {"ann@example.org"}, "password": {"secret pass word"}}, []string{`value="ann@example.org"`}, "/sign-in"},
		"link":     {visitor, "/sign-in/link", url.Values{"email": {"ann"}}, []string{`value="ann"`}, "/sign-in"},
		"forgot":   {visitor, "/forgot", url.Values{"email": {"ann"}}, []string{`value="ann"`}, "/forgot"},
		"token":    {piet, "/settings/tokens", url.Values{"name": {"Mine"}}, []string{`value="Mine"`}, "/settings/tokens"},
	} {
		got := s.post(tc.who, tc.path, tc.fields)
		if got.StatusCode != 422 && got.StatusCode != 401 {
			t.Errorf("%s answered %d", name, got.StatusCode)
		}
		for _, want := range tc.shown {
			if !strings.Contains(got.body, want) {
				t.Errorf("%s does not show %s again", name, want)
			}
		}
		if !strings.Contains(got.body, `role="alert"`) || !strings.Contains(got.body, `aria-invalid="true"`) && !strings.Contains(got.body, `class="error`) {
			t.Errorf("%s has no summary of what is wrong, or marks no field", name)
		}
		if strings.Contains(got.body, "secret pass word") {
			t.Errorf("%s shows the password", name)
		}
		if !strings.Contains(got.body, `name="next" value="`+tc.back) {
			t.Errorf("%s: changing the language does not come back to %s", name, tc.back)
		}
	}
}

func TestWhatWasTypedAfterTheSessionEndedComesBackAsADraft(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	s.signedIn(noor)
	req := s.form(noor, "/ideas", url.Values{"title": {"A teapot"}, "story": {"It pours from the left."}, "tags": {"tea"}, "topic": {"kitchen"}, "act": {"submit"}})
	if _, err := s.db.Exec(`DELETE FROM sessions`); err != nil {
		t.Fatal(err)
	}
	s.accounts = accounts.NewService(s.db, accounts.Options{NoThrottle: true})
	s.build() // as after a restart: nothing of the session is remembered

	got := s.send(req)

	to, err := url.Parse(got.to())
	if err != nil || got.StatusCode != 303 || to.Path != "/sign-in" {
		t.Fatalf("answered %d to %s", got.StatusCode, got.to())
	}
	if page := s.get(visitor, got.to()); !strings.Contains(page.body, to.Query().Get("next")) {
		t.Error("the sign-in page forgets where to go on")
	}
	in := s.post(visitor, "/sign-in", url.Values{"email": {"noor@example.org"}, "password": {password}, "next": {to.Query().Get("next")}})
	s.cookies[noor], s.tokens[noor] = "session="+sessionOf(in).Value, ""
	draft := s.get(noor, in.to())
	for _, want := range []string{`value="A teapot"`, "It pours from the left.", `value="tea"`, `value="kitchen" selected`} {
		if !strings.Contains(draft.body, want) {
			t.Errorf("%s is lost (%d, %s)", want, draft.StatusCode, in.to())
		}
	}
	if n := s.count(`SELECT count(*) FROM ideas WHERE status = 'draft'`); n != 1 {
		t.Errorf("%d drafts", n)
	}
}

// next is the value of the page's hidden field, read back as a browser would.
func nextOf(t *testing.T, got answer) string {
	t.Helper()
	to, err := url.Parse(got.to())
	if err != nil || to.Path != "/sign-in" {
		t.Fatalf("answered %d to %q", got.StatusCode, got.to())
	}
	return to.Query().Get("next")
}

func TestAVoteBegunBeforeSigningInIsCastUnlessItsTickIsTakenAway(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	for name, tc := range map[string]struct {
		path   string
		fields url.Values
		votes  int
	}{
		"sign in":                   {"/sign-in", url.Values{"email": {"piet@example.org"}, "password": {password}, "keep": {"1"}}, 1},
		"sign in, tick taken away":  {"/sign-in", url.Values{"email": {"piet@example.org"}, "password": {password}}, 0},
		"sign up":                   {"/sign-up", url.Values{"name": {"Ann"}, "email": {"ann@example.org"}, "password": {password}, "keep": {"1"}}, 1},
		"sign up, tick taken away":  {"/sign-up", url.Values{"name": {"Bob"}, "email": {"bob@example.org"}, "password": {password}}, 0},
		"a link":                    {"/sign-in/link/use", url.Values{"keep": {"1"}}, 1},
		"a link, tick taken away":   {"/sign-in/link/use", url.Values{}, 0},
		"the contributor's own one": {"/sign-in", url.Values{"email": {"noor@example.org"}, "password": {password}, "keep": {"1"}}, 0},
	} {
		idea := s.propose(noor, ideas.Open)
		next := nextOf(t, s.post(visitor, idea+"/vote", url.Values{"act": {"cast"}, "would_buy": {"1"}}))
		if page := s.get(visitor, "/sign-in?next="+url.QueryEscape(next)); !strings.Contains(page.body, `name="keep"`) {
			t.Errorf("%s: the page does not ask whether the vote is still meant", name)
		}
		fields := tc.fields
		if strings.HasPrefix(tc.path, "/sign-in/link") {
			fields.Set("token", s.link(piet, "sign_in", next))
		} else {
			fields.Set("next", next)
		}

		got := s.post(visitor, tc.path, fields)

		if got.StatusCode != 303 || !strings.HasPrefix(got.to(), idea) {
			t.Errorf("%s answered %d to %s", name, got.StatusCode, got.to())
		}
		if n := s.count(`SELECT count(*) FROM votes WHERE idea_id = $1 AND would_buy`, number(idea)); n != tc.votes {
			t.Errorf("%s: %d votes, want %d", name, n, tc.votes)
		}
	}
}

func TestAVoteBegunBeforeConfirmingCountsOnceTheAddressIs(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{confirm: true}).settle()
	idea := s.propose(noor, ideas.Open)
	var wanted accounts.LinkWanted
	relay := outbox.NewRelay(s.db, s.dsn, s.set.log)
	relay.On(accounts.TopicLinkWanted, outbox.Typed(func(_ context.Context, w accounts.LinkWanted) error {
		wanted = w
		return nil
	}))
	relay.On(accounts.TopicConfirmed, outbox.Typed(func(ctx context.Context, c accounts.Confirmed) error {
		account, err := s.accounts.ByID(ctx, c.Account)
		if err != nil {
			return err
		}
		return s.votes.CastKept(ctx, account)
	}))

	next := nextOf(t, s.post(visitor, idea+"/vote", url.Values{"act": {"cast"}}))
	up := s.post(visitor, "/sign-up", url.Values{"name": {"Ann"}, "email": {"ann@example.org"}, "password": {password}, "keep": {"1"}, "next": {next}})
	if !strings.Contains(up.to(), "flash=vote_kept") || s.count(`SELECT count(*) FROM votes`) != 0 || s.count(`SELECT count(*) FROM waiting_votes`) != 1 {
		t.Fatalf("before confirming: to %s", up.to())
	}
	if err := relay.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, secret, err := s.accounts.MakeLink(t.Context(), wanted)
	if err != nil {
		t.Fatal(err)
	}
	done := s.post(visitor, "/confirm", url.Values{"token": {secret}})
	if err := relay.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}

	if done.StatusCode != 303 || !strings.HasPrefix(done.to(), idea) {
		t.Errorf("confirming leads to %s (%d)", done.to(), done.StatusCode)
	}
	if n := s.count(`SELECT count(*) FROM votes WHERE idea_id = $1`, number(idea)); n != 1 {
		t.Errorf("%d votes", n)
	}
}

func TestTheLanguageSwitchHoldsForVisitorsAndMembers(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	english := func(got answer) bool { return strings.Contains(got.body, `<html lang="en">`) }

	switched := s.post(visitor, "/language", url.Values{"lang": {"nl"}, "next": {"/how"}})
	again := s.request(visitor, "GET", switched.to(), "", "")
	again.Header.Set("Cookie", "lang=nl")
	browser := s.request(visitor, "GET", "/how", "", "")
	browser.Header.Set("Accept-Language", "nl-BE, nl;q=0.9, en;q=0.5")
	if switched.to() != "/how" || english(s.send(again)) || english(s.send(browser)) || !english(s.get(visitor, "/how")) {
		t.Error("a visitor does not get the language asked for")
	}
	if cookies := switched.Cookies(); len(cookies) != 1 || cookies[0].Value != "nl" || !cookies[0].HttpOnly {
		t.Errorf("the cookie is %v", cookies)
	}

	s.post(piet, "/language", url.Values{"lang": {"nl"}})
	s.cookies[piet] += "; lang=nl"
	if english(s.get(piet, "/how")) {
		t.Error("a member does not get the language asked for")
	}
	saved := s.post(piet, "/settings/profile", url.Values{"name": {"Piet"}, "handle": {"piet-x"}, "visibility": {"full"}, "language": {"en"}})
	if saved.StatusCode != 303 || !english(s.get(piet, "/how")) {
		t.Errorf("the language of the profile does not hold against an older switch (%d)", saved.StatusCode)
	}
}
