package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"prosumer/internal/ideas"
)

const slugged = "-a-kettle-that-runs-on-the-sun"

// TestEachRoleGetsWhatTheTableSays is the table of role, act and object. What
// one may not see is 404, whoever asks.
func TestEachRoleGetsWhatTheTableSays(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	o := s.objects()
	for _, row := range []struct {
		act  string
		want [6]int // visitor, noor (whose it is), piet, anna (team), mo (moderator), ada (admin)
	}{
		{"GET " + o.open + slugged, [6]int{200, 200, 200, 200, 200, 200}},
		{"GET " + o.declined + slugged, [6]int{200, 200, 200, 200, 200, 200}},
		{"GET " + o.draft + slugged, [6]int{404, 200, 404, 404, 404, 404}},
		{"GET " + o.held + slugged, [6]int{404, 200, 404, 200, 200, 200}},
		{"GET " + o.hidden + slugged, [6]int{404, 200, 404, 200, 200, 200}},
		{"GET " + o.draft, [6]int{404, 301, 404, 404, 404, 404}},
		{"GET " + o.held, [6]int{404, 301, 404, 301, 301, 301}},
		{"GET " + o.open + "/versions", [6]int{200, 200, 200, 200, 200, 200}},
		{"GET " + o.draft + "/versions", [6]int{404, 200, 404, 404, 404, 404}},
		{"GET " + o.hidden + "/versions", [6]int{404, 200, 404, 200, 200, 200}},
		{"GET " + o.open + "/edit", [6]int{303, 200, 403, 403, 403, 403}},
		{"GET " + o.draft + "/edit", [6]int{404, 200, 404, 404, 404, 404}},
		{"GET " + o.held + "/edit", [6]int{404, 200, 404, 403, 403, 403}},
		{"GET " + o.declined + "/edit", [6]int{303, 409, 403, 403, 403, 403}},
		{"GET /mine/ideas", [6]int{303, 200, 200, 200, 200, 200}},
		{"GET /mine/votes", [6]int{303, 200, 200, 200, 200, 200}},
		{"GET /studio", [6]int{303, 403, 403, 200, 403, 200}},
		{"GET /studio/templates", [6]int{303, 403, 403, 200, 403, 200}},
		{"GET " + o.template, [6]int{303, 403, 403, 200, 403, 200}},
		{"GET /studio?view=list", [6]int{303, 403, 403, 200, 403, 200}},
		{"GET /studio/bulk", [6]int{303, 403, 403, 200, 403, 200}},
		{"GET /studio/overdue", [6]int{303, 403, 403, 200, 403, 200}},
		{"GET /studio/ideas/new", [6]int{303, 403, 403, 200, 403, 200}},
		{"GET /studio/shortlists", [6]int{303, 403, 403, 200, 403, 200}},
		{"GET /studio/challenges", [6]int{303, 403, 403, 200, 403, 200}},
		{"GET /studio/challenges/new", [6]int{303, 403, 403, 200, 403, 200}},
		{"GET /studio/insights", [6]int{303, 403, 403, 200, 403, 200}},
		{"GET /studio/insights/days.csv", [6]int{303, 403, 403, 200, 403, 200}},
		{"GET /studio/inbox", [6]int{303, 403, 403, 200, 200, 200}}, // moderators let in what is held
		{"GET " + o.product + "/edit", [6]int{303, 403, 403, 200, 403, 200}},
		{"GET " + o.open + "/merge?into=" + strings.TrimPrefix(o.declined, "/ideas/"), [6]int{303, 403, 403, 409, 403, 409}},
		{"GET /challenges", [6]int{200, 200, 200, 200, 200, 200}},
		{"GET /challenges/none", [6]int{404, 404, 404, 404, 404, 404}},
		{"GET /inbox", [6]int{303, 200, 200, 200, 200, 200}},
		{"GET /settings/notifications", [6]int{303, 200, 200, 200, 200, 200}},
		{"GET /settings/profile", [6]int{303, 200, 200, 200, 200, 200}},
		{"GET /settings/password", [6]int{303, 200, 200, 200, 200, 200}},
		{"GET /settings/sessions", [6]int{303, 200, 200, 200, 200, 200}},
		{"GET /settings/tokens", [6]int{303, 200, 200, 200, 200, 200}},
		{"GET /dev/mail", [6]int{404, 404, 404, 404, 404, 404}},
		{"GET /styleguide", [6]int{404, 404, 404, 404, 404, 404}},

		{"POST " + o.open + "/vote act=cast", [6]int{303, 403, 303, 303, 303, 303}},
		{"POST " + o.declined + "/vote act=cast", [6]int{303, 409, 409, 409, 409, 409}},
		{"POST " + o.draft + "/vote act=cast", [6]int{303, 404, 404, 404, 404, 404}},
		{"POST " + o.hidden + "/vote act=cast", [6]int{303, 404, 404, 404, 404, 404}},
		{"POST " + o.open + "/edit title=x", [6]int{303, 422, 403, 403, 403, 403}},
		{"POST " + o.draft + "/edit title=x&act=draft", [6]int{303, 303, 404, 404, 404, 404}},
		{"POST " + o.held + "/edit title=x", [6]int{303, 422, 404, 403, 403, 403}},
		{"POST " + o.open + "/decision answer=&status=nothing", [6]int{401, 403, 403, 422, 403, 422}},
		{"POST " + o.draft + "/decision status=under_review", [6]int{401, 403, 403, 404, 403, 404}},
		{"POST " + o.open + "/undo ", [6]int{401, 403, 403, 409, 403, 409}},
		{"POST " + o.draft + "/undo ", [6]int{401, 403, 403, 404, 403, 404}},
		{"POST " + o.open + "/withdraw ", [6]int{401, 0, 403, 403, 403, 403}},
		{"POST " + o.draft + "/withdraw ", [6]int{404, 0, 404, 404, 404, 404}},
		{"POST " + o.declined + "/withdraw ", [6]int{401, 409, 403, 403, 403, 403}},
		{"POST " + o.product + " name=", [6]int{401, 403, 403, 422, 403, 422}},
		{"POST /studio/templates name=", [6]int{401, 403, 403, 422, 403, 422}},
		{"POST " + o.template + " name=", [6]int{401, 403, 403, 422, 403, 422}},
		{"POST /studio/templates/999/delete ", [6]int{401, 403, 403, 404, 403, 404}},
		{"POST " + o.open + "/follow on=1", [6]int{401, 303, 303, 303, 303, 303}},
		{"POST " + o.draft + "/follow on=1", [6]int{401, 404, 404, 404, 404, 404}},
		{"POST " + o.open + "/merge into=x", [6]int{401, 403, 403, 422, 403, 422}},
		{"POST " + o.open + "/unmerge ", [6]int{401, 403, 403, 409, 403, 409}},
		{"POST " + o.open + "/notes body=", [6]int{401, 403, 403, 422, 403, 422}},
		{"POST " + o.draft + "/notes body=Hello", [6]int{401, 403, 403, 404, 403, 404}},
		{"POST " + o.open + "/owner owner=x", [6]int{401, 403, 403, 422, 403, 422}},
		{"POST " + o.open + "/decide-by decide_by=soon", [6]int{401, 403, 403, 422, 403, 422}},
		{"POST " + o.product + "/stage stage=nothing", [6]int{401, 403, 403, 422, 403, 422}},
		{"POST " + o.product + "/milestones title=", [6]int{401, 403, 403, 422, 403, 422}},
		{"POST " + o.product + "/rewards text=", [6]int{401, 403, 403, 422, 403, 422}},
		{"POST " + o.product + "/beta words=", [6]int{401, 403, 403, 422, 403, 422}},
		{"POST " + o.product + "/credits handle=", [6]int{401, 403, 403, 422, 403, 422}},
		{"POST /studio/shortlists name=", [6]int{401, 403, 403, 422, 403, 422}},
		{"POST /studio/challenges title=", [6]int{401, 403, 403, 422, 403, 422}},
		{"POST /studio/views name=", [6]int{401, 403, 403, 422, 403, 422}},
		{"POST /studio/ideas/new title=", [6]int{401, 403, 403, 422, 403, 422}},
		{"POST /settings/profile name=", [6]int{401, 422, 422, 422, 422, 422}},
		{"POST /settings/tokens name=", [6]int{401, 422, 422, 422, 422, 422}},
		{"POST /settings/tokens/revoke id=999", [6]int{401, 404, 404, 404, 404, 404}},
		{"POST /settings/sessions/end id=x", [6]int{401, 303, 303, 303, 303, 303}},
		{"POST /settings/sessions/end-others ", [6]int{401, 303, 303, 303, 303, 303}},
		{"POST /settings/password current=x", [6]int{401, 422, 422, 422, 422, 422}},
		{"POST /confirm/again ", [6]int{401, 200, 200, 200, 200, 200}},
	} {
		method, rest, _ := strings.Cut(row.act, " ")
		path, form, _ := strings.Cut(rest, " ")
		fields, err := url.ParseQuery(form)
		if err != nil {
			t.Fatal(err)
		}
		for i, who := range []string{visitor, noor, piet, anna, mo, ada} {
			if row.want[i] == 0 {
				continue // it would change what the other rows are about
			}
			var got answer
			if method == http.MethodGet {
				got = s.get(who, path)
			} else {
				got = s.post(who, path, fields)
			}
			if got.StatusCode != row.want[i] {
				t.Errorf("%s as %q: %d, want %d", row.act, who, got.StatusCode, row.want[i])
			}
			if got.StatusCode == 303 && who == visitor && !strings.HasPrefix(got.to(), "/sign-in") {
				t.Errorf("%s leads a visitor to %s", row.act, got.to())
			}
		}
	}
}

// TestTheMenuLeadsEverybodyWhereTheyMayGo and shows nobody a way that is closed
// to them.
func TestTheMenuLeadsEverybodyWhereTheyMayGo(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	link := regexp.MustCompile(`href="(/[^"]*)"`)
	for who, desk := range map[string]string{visitor: "", noor: "", anna: "/studio", mo: "/studio/inbox", ada: "/studio"} {
		_, rest, _ := strings.Cut(s.get(who, "/how").body, `<header class="bar">`)
		bar, _, found := strings.Cut(rest, "</header>")
		if !found {
			t.Fatal("no menu on the page")
		}
		led := map[string]bool{}
		for _, match := range link.FindAllStringSubmatch(bar, -1) {
			if strings.HasPrefix(match[1], "/studio") {
				led[match[1]] = true
			}
			if got := s.get(who, match[1]).StatusCode; got >= 400 {
				t.Errorf("%q is led to %s: %d", who, match[1], got)
			}
		}
		if len(led) > 1 || desk != "" && !led[desk] || desk == "" && len(led) > 0 {
			t.Errorf("%q is led to %v, want %q", who, led, desk)
		}
	}
}

var changing = regexp.MustCompile(`[0-9a-f]{16}|(/|%2F)ideas(/|%2F)[0-9]+`)

func TestWhatOneMayNotSeeLooksLikeWhatIsNotThere(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	o := s.objects()
	plain := func(got answer) string {
		return strings.ReplaceAll(changing.ReplaceAllString(got.body, "#"), slugged, "")
	}
	for _, who := range []string{visitor, piet} {
		for _, tail := range []string{"", "/versions", "/edit"} {
			nothing := s.get(who, "/ideas/999999"+tail)
			for _, path := range []string{o.draft, o.held, o.hidden} {
				got := s.get(who, path+tail)
				if got.StatusCode != 404 || plain(got) != plain(nothing) {
					t.Errorf("%s%s tells %q that it is there (%d)", path, tail, who, got.StatusCode)
				}
			}
		}
		hidden := []string{o.draft, o.held, o.hidden}
		for _, list := range []string{"/", "/?order=newest", "/?order=unseen", "/?order=votes", "/?q=kettle", "/?tag=solar", "/?topic=toys", "/?status=parked", "/people/noor-x", "/people", "/made", o.open + slugged, o.product} {
			got := s.get(who, list)
			if got.StatusCode != 200 {
				t.Errorf("%s answered %d", list, got.StatusCode)
			}
			if slices.ContainsFunc(hidden, func(path string) bool { return regexp.MustCompile(path + `\b`).MatchString(got.body) }) {
				t.Errorf("%s shows %q what they may not see", list, who)
			}
		}
	}
}

func TestAnAnswerNamesNobodysAddress(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	o := s.objects()
	s.propose(piet, ideas.Open)
	for _, path := range []string{"/", o.open + slugged, o.declined + slugged, "/people", "/people/noor-x", "/made", o.product, "/studio"} {
		for _, who := range []string{visitor, anna} {
			if got := s.get(who, path); strings.Contains(got.body, "noor@example.org") || strings.Contains(got.body, "piet@example.org") {
				t.Errorf("%s shows %q an address", path, who)
			}
		}
	}
}
