package api_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/web/api"
	"prosumer/internal/web/api/apitest"
)

// operation is one entry of the contract, how to ask for it, and what a
// visitor, noor (whose thing it is), piet and anna of the team are answered.
type operation struct {
	id   string
	ask  func(s *site) *http.Request
	want [4]int
}

// plain asks for a path that is always there.
func plain(method, path, body string) func(*site) *http.Request {
	return func(*site) *http.Request { return jsonRequest(method, path, body) }
}

// on asks for a new idea of noor's in a status.
func on(status ideas.Status, method, path, body string) func(*site) *http.Request {
	return func(s *site) *http.Request { return jsonRequest(method, fmt.Sprintf(path, s.propose(status)), body) }
}

func jsonRequest(method, path, body string) *http.Request {
	req := httptest.NewRequest(method, api.Base+path, bytes.NewReader([]byte(body)))
	if body == "" {
		req = httptest.NewRequest(method, api.Base+path, http.NoBody)
	} else {
		req.Header.Set("Content-Type", "application/json")
	}
	return req
}

// form is a multipart body, with a small picture unless image is given.
func form(t testing.TB, alt string, file []byte) *http.Request {
	t.Helper()
	if file == nil {
		var drawn bytes.Buffer
		if err := png.Encode(&drawn, image.NewGray(image.Rect(0, 0, 8, 6))); err != nil {
			t.Fatal(err)
		}
		file = drawn.Bytes()
	}
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("image", "../../etc/passwd.svg")
	if err == nil {
		_, err = part.Write(file)
	}
	if err == nil && alt != "" {
		err = w.WriteField("alt", alt)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	req := httptest.NewRequest("POST", api.Base+"/images", &body)
	req.Header.Set("Content-Type", w.FormDataContentType())
	return req
}

func operations() []operation {
	everybody, members := [4]int{200, 200, 200, 200}, [4]int{401, 200, 200, 200}
	contributor, team := [4]int{401, 200, 403, 403}, [4]int{401, 403, 403, 200}
	guests := 0
	return []operation{
		{"createAccount", func(*site) *http.Request {
			guests++
			return jsonRequest("POST", "/accounts", fmt.Sprintf(`{"email":"guest%d@example.org","password":"a long walk home","name":"Guest"}`, guests))
		}, [4]int{201, 201, 201, 201}},
		{"signIn", plain("POST", "/session", `{"email":"noor@example.org","password":"a long walk home"}`), everybody},
		{"signOut", plain("DELETE", "/session", ""), [4]int{204, 204, 204, 204}},
		{"showMe", plain("GET", "/me", ""), members},
		{"listMyIdeas", plain("GET", "/me/ideas", ""), members},
		{"listMyVotes", plain("GET", "/me/votes", ""), members},
		{"listIdeas", plain("GET", "/ideas", ""), everybody},
		{"findSimilarIdeas", plain("GET", "/ideas/similar?title=kettle", ""), everybody},
		{"showIdea", on(ideas.Open, "GET", "/ideas/%s", ""), everybody},
		{"showIdea", on(ideas.Draft, "GET", "/ideas/%s", ""), [4]int{404, 200, 404, 404}},
		{"showIdea", on(ideas.Held, "GET", "/ideas/%s", ""), [4]int{404, 200, 404, 200}},
		{"showTally", on(ideas.Open, "GET", "/ideas/%s/tally", ""), everybody},
		{"showTally", on(ideas.Draft, "GET", "/ideas/%s/tally", ""), [4]int{404, 200, 404, 404}},
		{"showTally", on(ideas.Held, "GET", "/ideas/%s/tally", ""), [4]int{404, 200, 404, 200}},
		{"listHistory", on(ideas.Open, "GET", "/ideas/%s/history", ""), everybody},
		{"listHistory", on(ideas.Draft, "GET", "/ideas/%s/history", ""), [4]int{404, 200, 404, 404}},
		{"proposeIdea", plain("POST", "/ideas", `{"title":"A lamp","draft":true}`), [4]int{401, 201, 201, 201}},
		{"reviseIdea", on(ideas.Open, "PATCH", "/ideas/%s", `{"title":"Another kettle"}`), contributor},
		{"reviseIdea", on(ideas.Draft, "PATCH", "/ideas/%s", `{"title":"Another kettle"}`), [4]int{401, 200, 404, 404}},
		{"submitIdea", on(ideas.Draft, "POST", "/ideas/%s/submit", `{"accept_terms":true}`), [4]int{401, 200, 404, 404}},
		{"submitIdea", on(ideas.Open, "POST", "/ideas/%s/submit", `{"accept_terms":true}`), [4]int{401, 409, 403, 403}},
		{"withdrawIdea", on(ideas.Open, "DELETE", "/ideas/%s", ""), [4]int{401, 204, 403, 403}},
		{"withdrawIdea", on(ideas.Draft, "DELETE", "/ideas/%s", ""), [4]int{401, 204, 404, 404}},
		{"castVote", on(ideas.Open, "PUT", "/ideas/%s/vote", `{}`), [4]int{401, 403, 200, 200}},
		{"castVote", on(ideas.Draft, "PUT", "/ideas/%s/vote", `{}`), [4]int{401, 404, 404, 404}},
		{"retractVote", on(ideas.Open, "DELETE", "/ideas/%s/vote", ""), [4]int{401, 403, 200, 200}},
		{"answerIdea", on(ideas.Open, "POST", "/ideas/%s/answers", `{"answer_html":"<p>We like this.</p>"}`), [4]int{401, 403, 403, 201}},
		{"decideIdea", on(ideas.Open, "POST", "/ideas/%s/decision", `{"status":"under_review","answer_html":"<p>We look.</p>"}`), team},
		{"decideIdea", on(ideas.Open, "POST", "/ideas/%s/decision", `{"status":"adopted","answer_html":"<p>Yes.</p>"}`), team},
		{"listAnswerTemplates", plain("GET", "/answer-templates", ""), team},
		{"createAnswerTemplate", plain("POST", "/answer-templates", `{"name":"Later","answer_html":"<p>Later.</p>"}`), [4]int{401, 403, 403, 201}},
		{"reviseAnswerTemplate", func(s *site) *http.Request {
			return jsonRequest("PATCH", "/answer-templates/"+s.template(fmt.Sprint("T", templateNumber(s))), `{"lang":"nl"}`)
		}, team},
		{"deleteAnswerTemplate", func(s *site) *http.Request {
			return jsonRequest("DELETE", "/answer-templates/"+s.template(fmt.Sprint("T", templateNumber(s))), "")
		}, [4]int{401, 403, 403, 204}},
		{"uploadImage", func(s *site) *http.Request { return form(s.t, "", nil) }, [4]int{401, 201, 201, 201}},
		{"previewHTML", plain("POST", "/preview", `{"html":"<p onclick=x>Hi</p>"}`), members},
		{"reportSeen", plain("POST", "/seen", `{"ideas":[1,2,99]}`), [4]int{401, 204, 204, 204}},
		{"listComments", on(ideas.Open, "GET", "/ideas/%s/comments", ""), everybody},
		{"listComments", on(ideas.Held, "GET", "/ideas/%s/comments", ""), [4]int{404, 200, 404, 200}},
		{"createComment", on(ideas.Open, "POST", "/ideas/%s/comments", `{"html":"<p>Mind the lid.</p>"}`), [4]int{401, 201, 201, 201}},
		{"createComment", on(ideas.Draft, "POST", "/ideas/%s/comments", `{"html":"<p>Mind the lid.</p>"}`), [4]int{401, 409, 404, 404}},
		{"reviseComment", ofComment("PATCH", "", `{"html":"<p>Mind the spout.</p>","version":1}`), contributor},
		{"deleteComment", ofComment("DELETE", "", ""), [4]int{401, 204, 403, 403}},
		{"thankForComment", ofComment("PUT", "/thanks", `{"reason":"useful"}`), [4]int{401, 403, 200, 200}},
		{"takeThanksBack", ofComment("DELETE", "/thanks", ""), [4]int{401, 200, 200, 200}},
		{"search", plain("GET", "/search?q=kettle", ""), everybody},
		{"listPeople", plain("GET", "/people", ""), everybody},
		{"showPerson", plain("GET", "/people/noor-x", ""), everybody},
		{"listChallenges", plain("GET", "/challenges", ""), everybody},
		{"showChallenge", func(s *site) *http.Request {
			return jsonRequest("GET", "/challenges/"+s.challenge(voting, challenges.UntilVoted).Slug, "")
		}, everybody},
		{"showChallenge", func(s *site) *http.Request {
			return jsonRequest("GET", "/challenges/"+s.challenge(coming, challenges.Unsealed).Slug, "")
		}, [4]int{404, 404, 404, 200}},
		{"createChallenge", func(s *site) *http.Request {
			return jsonRequest("POST", "/challenges", posed(fmt.Sprint("walls-", challengeNumber(s))))
		}, [4]int{401, 403, 403, 201}},
		{"reviseChallenge", func(s *site) *http.Request {
			c := s.challenge(voting, challenges.Unsealed)
			return jsonRequest("PATCH", "/challenges/"+c.Slug, `{"revision":1,"question":"Which bag lasts?"}`)
		}, team},
		{"createProduct", func(s *site) *http.Request {
			return jsonRequest("POST", "/products", fmt.Sprintf(`{"ideas":[%s,%s],"answer_html":"<p>Yes, both.</p>"}`, s.propose(ideas.Open), s.propose(ideas.Open)))
		}, [4]int{401, 403, 403, 201}},
		{"decideIdea", func(s *site) *http.Request {
			return jsonRequest("POST", "/ideas/"+s.propose(ideas.Open)+"/decision", fmt.Sprintf(`{"status":"merged","answer_html":"<p>The same.</p>","into":%s}`, s.propose(ideas.Open)))
		}, team},
		{"listProducts", plain("GET", "/products", ""), everybody},
		{"showProduct", func(s *site) *http.Request { return jsonRequest("GET", "/products/"+s.adopt(), "") }, everybody},
		{"reviseProduct", func(s *site) *http.Request {
			return jsonRequest("PATCH", "/products/"+s.adopt(), `{"stage":"prototype"}`)
		}, team},
		{"listTopics", plain("GET", "/topics", ""), everybody},
		{"showSpec", plain("GET", "/openapi.yaml", ""), everybody},
	}
}

// ofComment asks something of a new comment of noor's.
func ofComment(method, path, body string) func(*site) *http.Request {
	return func(s *site) *http.Request { return jsonRequest(method, s.comment()+path, body) }
}

// posed is a challenge that lies ahead.
func posed(slug string) string {
	at := func(days int) string { return time.Now().AddDate(0, 0, days).UTC().Format(time.RFC3339) }
	return fmt.Sprintf(`{"slug":%q,"title":"A wall","question":"What hangs there?","ballot":"score","sealed":"until_close","announced_at":%q,
		"entries_open_at":%q,"entries_close_at":%q,"voting_open_at":%q,"voting_close_at":%q,"results_at":%q}`, slug, at(1), at(2), at(9), at(9), at(14), at(20))
}

func challengeNumber(s *site) (n int) {
	s.t.Helper()
	if err := s.db.Get(&n, `SELECT count(*) FROM challenges`); err != nil {
		s.t.Fatal(err)
	}
	return n
}

func templateNumber(s *site) (n int) {
	s.t.Helper()
	if err := s.db.Get(&n, `SELECT count(*) FROM answer_templates`); err != nil {
		s.t.Fatal(err)
	}
	return n
}

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, op := range operations() {
		for i, as := range []string{visitor, noor, piet, anna} {
			if got := s.send(as, op.ask(s)); got.StatusCode != op.want[i] {
				t.Errorf("%s as %q answered %d, want %d: %s", op.id, as, got.StatusCode, op.want[i], got.body)
			}
		}
	}
}

func TestEveryOperationOfTheContractIsTried(t *testing.T) {
	doc, err := apitest.Load()
	if err != nil {
		t.Fatal(err)
	}
	tried := map[string]bool{}
	for _, op := range operations() {
		tried[op.id] = true
	}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			if !tried[op.OperationID] {
				t.Errorf("%s %s is in the contract and not in the table of roles", method, path)
			}
		}
	}
}

func TestATokenDoesWhatItsScopeSaysAndNoMore(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	doc, err := apitest.Load()
	if err != nil {
		t.Fatal(err)
	}
	needs := map[string]string{}
	for _, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			needs[op.OperationID], _ = op.Extensions["x-scope"].(string)
		}
	}
	for _, op := range operations() {
		need := needs[op.id]
		lacking, all := []string{"admin"}, []string{"read", "write", "vote", "team", "admin"}
		for _, scope := range all[:4] {
			if scope != need {
				lacking = append(lacking, scope)
			}
		}
		if got := s.send(s.token(anna, lacking...), op.ask(s)); got.StatusCode != 403 || !bytes.Contains(got.body, []byte("accounts.scope")) {
			t.Errorf("%s without the scope %s answered %d: %s", op.id, need, got.StatusCode, got.body)
		}
		if need == "none" {
			continue
		}
		if got := s.send(s.token(anna, need), op.ask(s)); got.StatusCode != op.want[3] {
			t.Errorf("%s with the scope %s answered %d, want %d: %s", op.id, need, got.StatusCode, op.want[3], got.body)
		}
	}
}
