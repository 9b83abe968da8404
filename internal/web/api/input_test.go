package api_test

import (
	"encoding/base64"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/ideas"
	"prosumer/internal/web/api"
)

// bodies are the operations that take JSON, with a body that they accept.
func bodies(s *site) map[string][3]string {
	idea := "/ideas/" + s.propose(ideas.Open)
	draft := "/ideas/" + s.propose(ideas.Draft)
	return map[string][3]string{
		"sign-up":  {visitor, "POST /accounts", `{"email":"guest@example.org","password":"a long walk home","name":"Guest"}`},
		"sign-in":  {visitor, "POST /session", `{"email":"noor@example.org","password":"a long walk home"}`},
		"propose":  {noor, "POST /ideas", `{"title":"A lamp","draft":true}`},
		"revise":   {noor, "PATCH " + draft, `{"title":"A lamp"}`},
		"submit":   {noor, "POST " + draft + "/submit", `{"accept_terms":true}`},
		"vote":     {piet, "PUT " + idea + "/vote", `{"would_buy":true}`},
		"answer":   {anna, "POST " + idea + "/answers", `{"answer_html":"<p>We like this.</p>"}`},
		"decide":   {anna, "POST " + idea + "/decision", `{"status":"under_review","answer_html":"<p>We look.</p>"}`},
		"template": {anna, "POST /answer-templates", `{"name":"Later","answer_html":"<p>Later.</p>"}`},
		"preview":  {noor, "POST /preview", `{"html":"<p>Hi</p>"}`},
		"seen":     {noor, "POST /seen", `{"ideas":[1]}`},
	}
}

func TestABodyThatIsNotWhatTheContractAsksIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for name, op := range bodies(s) {
		method, path, _ := strings.Cut(op[1], " ")
		field := op[2][2 : 2+strings.Index(op[2][2:], `"`)]
		for _, bad := range []struct {
			name, body, code, field string
			status                  int
		}{
			{"an unknown field", `{"admin":true}`, "request.json", "admin", 422},
			{"a field of another type", `{"` + field + `":{}}`, "request.json", field, 422},
			{"a second value", op[2] + `{}`, "request.json", "", 422},
			{"a list", `[` + op[2] + `]`, "request.json", "", 422},
			{"half a value", op[2][:len(op[2])-1], "request.json", "", 422},
			{"U+0000", strings.Replace(op[2], `{`, `{"`+"\x00"+`":1,`, 1), "request.bad_text", "", 422},
			{"bytes that are no text", strings.Replace(op[2], `{`, `{"`+"\xff"+`":1,`, 1), "request.bad_text", "", 422},
			{"one byte too many", op[2] + strings.Repeat(" ", 256<<10+1-len(op[2])), "request.too_large", "", 413},
		} {
			fields := s.refused(bad.status, bad.code, op[0], method, path, bad.body)
			if bad.field != "" && fields[bad.field] == "" {
				t.Errorf("%s with %s names %v, want %s", name, bad.name, fields, bad.field)
			}
		}
		req := httptest.NewRequest(method, api.Base+path, strings.NewReader(op[2]))
		req.Header.Set("Content-Type", "text/plain")
		if got := s.send(op[0], req); got.StatusCode != 415 {
			t.Errorf("%s as text answered %d, want 415", name, got.StatusCode)
		}
	}
	for name, op := range bodies(s) {
		method, path, _ := strings.Cut(op[1], " ")
		if got := s.ask(op[0], method, path, op[2]+strings.Repeat(" ", 256<<10-len(op[2]))); got.StatusCode > 204 {
			t.Errorf("%s of the largest size answered %d: %s", name, got.StatusCode, got.body)
		}
	}
}

func TestAnEscapedNULIsRefusedInEveryText(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for name, op := range bodies(s) {
		method, path, _ := strings.Cut(op[1], " ")
		if bad := strings.Replace(op[2], `":"`, `":"\u0000`, 1); bad != op[2] {
			if got := s.ask(op[0], method, path, bad); got.StatusCode != 422 {
				t.Errorf("%s answered %d, want 422: %s", name, got.StatusCode, got.body)
			}
		}
	}
}

func TestPageLengthsAndCursorsAreChecked(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	idea := s.propose(ideas.Open)
	for _, list := range []string{"/ideas", "/me/ideas", "/me/votes", "/people", "/products", "/answer-templates", "/ideas/" + idea + "/history"} {
		for query, field := range map[string]string{
			"limit=0": "limit", "limit=101": "limit", "limit=-1": "limit", "limit=many": "limit", "limit=99999999999999999999": "limit",
			"after=nonsense": "after", "after=bmV3ZXN0CjEKMQ": "after", "after=%00": "after", "after=%ff": "after",
			"after=" + base64.RawURLEncoding.EncodeToString([]byte("trending\nNaN\n1\n1")): "after",
		} {
			var problem struct{ Fields map[string]string }
			s.want(422, anna, "GET", list+"?"+query, "").read(t, &problem)
			if problem.Fields[field] == "" {
				t.Errorf("%s?%s names %v, want %s", list, query, problem.Fields, field)
			}
		}
		s.want(200, anna, "GET", list+"?limit=1", "")
		s.want(200, anna, "GET", list+"?limit=100&after=", "")
	}
}

func TestAQueryThatTheContractDoesNotKnowIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for query, field := range map[string]string{
		"/ideas?order=best": "order", "/ideas?status=draft": "status", "/ideas?status=open,nonsense": "status", "/ideas?q=%00": "q",
		"/ideas?topic=%ff": "topic", "/ideas?author=%00": "author", "/people?period=week": "period", "/me/votes?ideas=1,two": "ideas",
		"/me/votes?ideas=" + strings.Join(slices.Repeat([]string{"1"}, 101), ","): "ideas", "/ideas?q=" + strings.Repeat("a", 201): "q",
	} {
		var problem struct{ Fields map[string]string }
		s.want(422, noor, "GET", query, "").read(t, &problem)
		if problem.Fields[field] == "" {
			t.Errorf("%s names %v, want %s", query, problem.Fields, field)
		}
	}
	for _, path := range []string{
		"/ideas/0", "/ideas/-1", "/ideas/999999", "/ideas/9223372036854775808", "/ideas/x", "/people/nobody", "/people/%00", "/people/%ff", "/products/none", "/products/%00",
	} {
		s.want(404, noor, "GET", path, "")
	}
}

func TestFieldsAreNamedAsTheContractNamesThem(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	idea, slug := "/ideas/"+s.propose(ideas.Open), s.adopt()
	for _, tc := range []struct {
		as, method, path, body string
		fields                 []string
	}{
		{noor, "POST", "/ideas", `{}`, []string{"title", "story_html"}},
		{noor, "POST", "/ideas", `{"title":"A lamp","story_html":"<p>It shines when the sun does not.</p>"}`, []string{"accept_terms"}},
		{noor, "POST", "/ideas", `{"draft":true,"topic":"nowhere"}`, []string{"topic"}},
		{noor, "POST", "/ideas", `{"draft":true,"pictures":[{"id":"5f0c9a1be2d47c305f0c9a1be2d47c30","alt":""}]}`, []string{"pictures"}},
		{noor, "PATCH", idea, `{"story_html":"<p>Short</p>"}`, []string{"story_html"}},
		{piet, "PUT", idea + "/vote", `{"score":4}`, []string{"score"}},
		{noor, "POST", "/preview", `{"html":"` + strings.Repeat("a", 64<<10+1) + `"}`, []string{"html"}},
		{noor, "POST", "/seen", `{}`, []string{"ideas"}},
		{anna, "POST", idea + "/answers", `{"answer_html":"<p></p>"}`, []string{"answer_html"}},
		{anna, "POST", idea + "/decision", `{"status":"merged","answer_html":"<p>No.</p>"}`, []string{"into"}},
		{anna, "POST", idea + "/decision", `{"status":"withdrawn","answer_html":"<p>No.</p>"}`, []string{"status"}},
		{anna, "POST", idea + "/decision", `{"status":"parked","answer_html":"<p>No.</p>","reason":"timing","into":1}`, []string{"into"}},
		{anna, "POST", "/products", `{"ideas":[],"answer_html":"<p>Yes.</p>"}`, []string{"ideas"}},
		{anna, "POST", "/products", `{"ideas":[1],"answer_html":""}`, []string{"answer_html"}},
		{anna, "POST", idea + "/decision", `{"status":"open"}`, []string{"answer_html"}},
		{anna, "POST", idea + "/decision", `{"status":"declined","answer_html":"<p>No.</p>"}`, []string{"reason"}},
		{anna, "POST", idea + "/decision", `{"status":"declined","answer_html":"<p>No.</p>","reason":"because"}`, []string{"reason"}},
		{anna, "POST", idea + "/decision", `{"status":"parked","answer_html":"<p>No.</p>","reason":"timing","product":"x"}`, []string{"product"}},
		{anna, "POST", idea + "/decision", `{"status":"adopted","answer_html":"<p>Yes.</p>","product":"none"}`, []string{"product"}},
		{anna, "POST", idea + "/decision", `{"status":"adopted","answer_html":"<p>Yes.</p>","product_name":"x"}`, []string{"product_name"}},
		{anna, "POST", "/answer-templates", `{}`, []string{"answer_html", "name"}},
		{anna, "POST", "/answer-templates", `{"name":"A","answer_html":"<p>B</p>","lang":"fr"}`, []string{"lang"}},
		{anna, "PATCH", "/products/" + slug, `{"stage":"lost"}`, []string{"stage"}},
		{anna, "PATCH", "/products/" + slug, `{"provenance":{"kind":"pipeline"}}`, []string{"provenance"}},
		{anna, "PATCH", "/products/" + slug, `{"shop_link":"javascript:alert(1)"}`, []string{"shop_link"}},
		{visitor, "POST", "/accounts", `{}`, []string{"email", "name", "password"}},
	} {
		var problem struct{ Fields map[string]string }
		s.want(422, tc.as, tc.method, tc.path, tc.body).read(t, &problem)
		var got []string
		for field := range problem.Fields {
			got = append(got, field)
		}
		slices.Sort(got)
		slices.Sort(tc.fields)
		if diff := cmp.Diff(tc.fields, got); diff != "" {
			t.Errorf("%s %s %s (-want +got):\n%s", tc.method, tc.path, tc.body, diff)
		}
	}
	for _, path := range []string{idea, "/products/" + slug} {
		as := map[bool]string{true: noor, false: anna}[path == idea]
		s.refused(422, "api.nothing_given", as, "PATCH", path, `{}`)
	}
}
