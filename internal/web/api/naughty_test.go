package api_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"prosumer/internal/ideas"
)

// naughtyStrings are those that VECTORS_DIR brings along.
func naughtyStrings(t *testing.T) []string {
	t.Helper()
	dir := os.Getenv("VECTORS_DIR")
	if dir == "" {
		t.Skip("VECTORS_DIR is not set, so there are no naughty strings to try")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "given", "blns.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Vectors []struct{ Payload string }
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	list := []string{"\x00", "a\x00b", "\xff\xfe", "\u202e"}
	for _, v := range file.Vectors {
		list = append(list, v.Payload)
	}
	return list
}

// fills are requests with a hole for a string: %q in a body, %s in an address.
func fills(s *site) map[string][3]string {
	idea, draft, template := "/ideas/"+s.propose(ideas.Open), "/ideas/"+s.propose(ideas.Draft), "/answer-templates/"+s.template("Later")
	product := "/products/" + s.adopt()
	decision := `{"status":"parked","reason":"timing","answer_html":"<p>Later.</p>",`
	return map[string][3]string{
		"e-mail":           {visitor, "POST /accounts", `{"email":%s,"password":"short","name":"Guest"}`},
		"new password":     {visitor, "POST /accounts", `{"email":"x","password":%s,"name":"Guest"}`},
		"new handle":       {visitor, "POST /accounts", `{"email":"x","password":"a long walk home","name":"Guest","handle":%s}`},
		"title":            {noor, "PATCH " + draft, `{"title":%s}`},
		"story":            {noor, "PATCH " + draft, `{"story_html":%s}`},
		"story in a tag":   {noor, "PATCH " + draft, `{"story_html":"<p>" %s "</p>"}`},
		"topic":            {noor, "PATCH " + draft, `{"topic":%s}`},
		"tag":              {noor, "PATCH " + draft, `{"tags":[%s]}`},
		"cover":            {noor, "PATCH " + draft, `{"cover":%s}`},
		"picture":          {noor, "PATCH " + draft, `{"pictures":[{"id":%s,"alt":""}]}`},
		"title of an idea": {noor, "PATCH " + idea, `{"title":%s}`},
		"answer":           {anna, "POST " + idea + "/answers", `{"answer_html":%s}`},
		"status":           {anna, "POST " + idea + "/decision", `{"status":%s,"answer_html":"<p>No.</p>"}`},
		"reason":           {anna, "POST " + idea + "/decision", `{"status":"open","answer_html":"<p>No.</p>","reason":%s}`},
		"product to join":  {anna, "POST " + idea + "/decision", `{"status":"adopted","answer_html":"<p>No.</p>","product":%s}`},
		"not a decision":   {anna, "POST " + idea + "/decision", decision + `"product_name":%s}`},
		"template's name":  {anna, "PATCH " + template, `{"name":%s}`},
		"template's body":  {anna, "PATCH " + template, `{"answer_html":%s}`},
		"template's lang":  {anna, "PATCH " + template, `{"lang":%s}`},
		"template's move":  {anna, "PATCH " + template, `{"status":%s}`},
		"template's why":   {anna, "PATCH " + template, `{"reason":%s}`},
		"product's name":   {anna, "PATCH " + product, `{"name":%s}`},
		"product's story":  {anna, "PATCH " + product, `{"story_html":%s}`},
		"product's stage":  {anna, "PATCH " + product, `{"stage":%s}`},
		"product's shop":   {anna, "PATCH " + product, `{"shop_link":%s}`},
		"product's past":   {anna, "PATCH " + product, `{"provenance":{"kind":%s}}`},
		"product's since":  {anna, "PATCH " + product, `{"provenance":{"kind":"pipeline","since":%s}}`},
		"preview":          {noor, "POST /preview", `{"html":%s}`},
		"search":           {noor, "GET /ideas?q=%s", ""},
		"topic of a list":  {noor, "GET /ideas?topic=%s", ""},
		"tag of a list":    {noor, "GET /ideas?tag=%s", ""},
		"author of a list": {noor, "GET /ideas?author=%s", ""},
		"order of a list":  {noor, "GET /ideas?order=%s", ""},
		"status of a list": {noor, "GET /ideas?status=%s", ""},
		"cursor":           {noor, "GET /ideas?after=%s", ""},
		"similar":          {noor, "GET /ideas/similar?title=%s", ""},
		"my votes":         {noor, "GET /me/votes?ideas=%s", ""},
		"period":           {noor, "GET /people?period=%s", ""},
		"handle":           {noor, "GET /people/%s", ""},
		"slug":             {noor, "GET /products/%s", ""},
	}
}

func TestNoNaughtyStringInAnyFieldIsOurMistake(t *testing.T) {
	t.Parallel()
	list := naughtyStrings(t)
	s := newSite(t)
	for name, fill := range fills(s) {
		method, path, _ := strings.Cut(fill[1], " ")
		for i := 0; i < len(list); i += pace {
			naughty := list[i]
			s.trust = i/pace%20 != 0
			to, body := path, ""
			if fill[2] == "" {
				if to = fmt.Sprintf(path, url.PathEscape(naughty)); strings.Contains(path, "?") {
					to = fmt.Sprintf(path, url.QueryEscape(naughty))
				}
				if naughty == "" || to == "/people/." || to == "/people/.." || to == "/products/." || to == "/products/.." {
					continue // another address
				}
			} else {
				quoted, err := json.Marshal(naughty)
				if err != nil {
					t.Fatal(err)
				}
				body = strings.Replace(strings.Replace(fill[2], `" %s "`, strings.Trim(string(quoted), `"`), 1), "%s", string(quoted), 1)
			}
			if got := s.ask(fill[0], method, to, body); got.StatusCode >= 500 {
				t.Fatalf("%s %q answered %d", name, naughty, got.StatusCode)
			}
		}
	}
}

func TestNoNaughtyNameOrPasswordIsOurMistake(t *testing.T) {
	t.Parallel()
	list := naughtyStrings(t)
	s := newSite(t)
	for i := 0; i < len(list); i += pace {
		naughty := list[i]
		quoted, err := json.Marshal(naughty)
		if err != nil {
			t.Fatal(err)
		}
		switch i / pace % 4 { // each costs a password's hashing, so half of them must do
		case 0:
			s.ask(visitor, "POST", "/session", fmt.Sprintf(`{"email":%s,"password":%s}`, quoted, quoted))
		case 2:
			s.ask(visitor, "POST", "/accounts", fmt.Sprintf(`{"email":"guest%d@example.org","password":"a long walk home","name":%s}`, i, quoted))
		}
	}
}
