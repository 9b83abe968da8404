package web_test

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"prosumer/internal/ideas"
)

// page is a form of the site with what an honest person puts in it.
type page struct {
	who, path string
	fields    url.Values
}

func (s *site) forms(o objects) map[string]page {
	one := func(pairs ...string) url.Values {
		v := url.Values{}
		for i := 0; i < len(pairs); i += 2 {
			v.Set(pairs[i], pairs[i+1])
		}
		return v
	}
	idea := one("title", "A kettle", "story", story, "topic", "kitchen", "tags", "sun, tea", "picture", "x", "alt_x", "y", "cover", "x", "remove", "x", "accept_terms", "1", "act", "draft")
	draft := s.propose(noor, ideas.Draft)
	return map[string]page{
		"propose":      {noor, draft + "/edit", idea},
		"edit":         {noor, o.open + "/edit", idea},
		"carry":        {visitor, "/ideas", idea},
		"vote":         {piet, o.open + "/vote", one("act", "cast", "would_buy", "1", "next", "/")},
		"decide":       {anna, s.propose(noor, ideas.Open) + "/decision", one("status", "", "answer", "<p>Thank you.</p>", "reason", "", "template", "", "product_name", "", "product", "", "pipeline_since", "")},
		"adopt":        {anna, o.declined + "/decision", one("status", "adopted", "answer", "<p>Yes.</p>", "product_name", "Kettle", "product", "", "pipeline_since", "2024-01-01")},
		"product":      {anna, o.product, one("name", "Kettle", "stage", "", "story", story, "shop_url", "", "pipeline_since", "2024-01-01")},
		"template":     {anna, o.template, one("name", "Later", "status", "parked", "reason", "timing", "lang", "en", "body", "<p>Later.</p>")},
		"new template": {anna, "/studio/templates", one("name", "", "status", "parked", "reason", "timing", "lang", "en", "body", "<p>Later.</p>")},
		"profile":      {piet, "/settings/profile", one("name", "Piet", "handle", "piet-x", "bio", "I like tea.", "links", "https://example.org", "visibility", "full", "language", "en", "remove_picture", "")},
		"new token":    {piet, "/settings/tokens", one("name", "Mine", "scopes", "read")},
		"revoke":       {piet, "/settings/tokens/revoke", one("id", "1")},
		"end session":  {piet, "/settings/sessions/end", one("id", "x")},
		"link":         {visitor, "/sign-in/link", one("email", "x@example.org", "next", "/")},
		"forgot":       {visitor, "/forgot", one("email", "x@example.org", "next", "/")},
		"use link":     {visitor, "/sign-in/link/use", one("token", "x", "keep", "1")},
		"confirm":      {visitor, "/confirm", one("token", "x", "keep", "1")},
		"reset":        {visitor, "/reset", one("token", "x", "password", "short")},
		"first admin":  {visitor, "/first-admin", one("token", "x", "name", "Ann", "handle", "ann", "email", "x", "password", "short")},
		"sign up":      {visitor, "/sign-up", one("name", "Ann", "handle", "ann", "email", "x", "password", "short", "next", "/", "keep", "1")},
		"language":     {piet, "/language", one("lang", "nl", "next", "/")},
	}
}

func TestNoNaughtyStringInAnyFormIsOurMistakeOrComesBackRaw(t *testing.T) {
	t.Parallel()
	list := append(vectors(t, "blns.json"), "\x00", "a\x00b", "\xff\xfe", "\u202e")
	s := newSite(t, settings{}).settle()
	for name, form := range s.forms(s.objects()) {
		s.token(form.who)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fields := slices.Sorted(maps.Keys(form.fields))
			for i := 0; i < len(list); i += pace {
				all := url.Values{} // every string comes by in every field
				for j, field := range fields {
					all.Set(field, list[(i+j)%len(list)])
				}
				s.naughty(t, form, all, i%4 == 0)
				if i%7 == 0 { // and some alone among honest ones, where they may get further
					alone := maps.Clone(form.fields)
					alone.Set(fields[(i/7)%len(fields)], list[i])
					s.naughty(t, form, alone, true)
				}
			}
		})
	}
}

func (s *site) naughty(t *testing.T, form page, fields url.Values, parse bool) {
	t.Helper()
	got := s.post(form.who, form.path, fields)
	if got.StatusCode >= 500 {
		t.Errorf("%s with %q answered %d", form.path, fields, got.StatusCode)
	}
	checkStays(t, form.path, got)
	if parse {
		checkPage(t, form.path, got)
	}
	for name, values := range fields {
		if strings.Contains(values[0], "<") && len(values[0]) > 4 && strings.Contains(got.body, values[0]) && name != "story" && name != "answer" && name != "body" {
			t.Errorf("%s shows %s as it came: %q", form.path, name, values[0])
		}
	}
}

// checkPage parses a page as a browser would: nothing in it runs that is not ours.
func checkPage(t *testing.T, what string, got answer) {
	t.Helper()
	if !strings.HasPrefix(got.Header.Get("Content-Type"), "text/html") || got.body == "" {
		return
	}
	root, err := html.Parse(strings.NewReader(got.body))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		attr := map[string]string{}
		for _, a := range n.Attr {
			attr[a.Key] = a.Val
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") && (a.Key == "href" || a.Key == "src" || a.Key == "action") {
				t.Errorf("%s: <%s %s=%q>", what, n.Data, a.Key, a.Val)
			}
		}
		switch n.Data {
		case "script":
			// Facts for a script or a search engine are read, not run: JSON, from
			// which no "<" can end the element.
			facts := attr["type"] == "application/json" || attr["type"] == "application/ld+json"
			if !facts && !strings.HasPrefix(attr["src"], "/assets/") {
				t.Errorf("%s: a script with %v", what, attr)
			}
			if facts && (n.FirstChild == nil || strings.Contains(n.FirstChild.Data, "<") || !json.Valid([]byte(n.FirstChild.Data))) {
				t.Errorf("%s: facts that are not JSON: %v", what, n.FirstChild)
			}
		case "iframe", "object", "embed", "base", "style", "math":
			t.Errorf("%s: a <%s>", what, n.Data)
		}
	}
}

func TestNoNaughtyStringInAnyAddressIsOurMistakeOrComesBackRaw(t *testing.T) {
	t.Parallel()
	list := append(vectors(t, "blns.json"), "\x00", "a\x00b", "\xff\xfe", "\u202e", "-1", "9223372036854775808", "00")
	s := newSite(t, settings{}).settle()
	o := s.objects()
	addresses := map[string]string{ // with who asks; each % is another string
		"/?order=%&topic=%&flash=%": piet, "/?tag=%&status=%": piet, "/?q=%": piet, "/?order=newest&after=%": visitor, "/?order=unseen&after=%": piet,
		"/studio?status=%&topic=%": anna, "/studio?q=%&waiting=%": anna, "/studio?after=%": anna, "/ideas/new?title=%&topic=%&carried=%": piet, "/made?after=%": visitor,
		"/people?after=%&period=%": visitor, "/people/noor-x?after=%": visitor, "/mine/ideas?after=%": noor, "/mine/votes?after=%": piet, "/vote/kept?back=%": visitor,
		"/sign-in?next=%": visitor, "/sign-up?next=/vote/kept?keep=%": visitor, "/sign-in/link/use?token=%": visitor, "/confirm?token=%": visitor, "/reset?token=%": visitor, "/first-admin?token=%": visitor,
		"/ideas/%": visitor, "/people/%": visitor, "/made/%": visitor, "/studio/templates/%": anna, "/media/%": visitor, "/assets/%": visitor, "/dev/mail/%": visitor, "/%": visitor,
		o.open + "-%": visitor, o.open + "-a-kettle-that-runs-on-the-sun?%": visitor,
	}
	for address, who := range addresses {
		s.signedIn(who)
		t.Run(address, func(t *testing.T) {
			t.Parallel()
			for i := 0; i < len(list); i += pace {
				to, path := address, !strings.Contains(address, "?")
				for j := 0; strings.Contains(to, "%"); j++ {
					escaped := url.QueryEscape(list[(i+j)%len(list)])
					if path {
						escaped = url.PathEscape(list[i])
					}
					to = strings.Replace(to, "%", strings.ReplaceAll(escaped, "%", "\x00"), 1)
				}
				if to = strings.ReplaceAll(to, "\x00", "%"); len(to) > 4000 || strings.HasSuffix(to, "/.") || strings.HasSuffix(to, "/..") {
					continue // the first is refused for its length, the others are other addresses
				}
				got := s.get(who, to)
				if got.StatusCode >= 500 {
					t.Errorf("%q answered %d", to, got.StatusCode)
				}
				checkStays(t, to, got)
				if i%4 == 0 {
					checkPage(t, to, got)
				}
				if naughty := list[i]; strings.Contains(naughty, "<") && len(naughty) > 4 && strings.Contains(got.body, naughty) {
					t.Errorf("%q comes back as it is", naughty)
				}
			}
		})
	}
}
