package web_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"prosumer/internal/accounts"
)

const frameCSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self' ws://localhost:3000; form-action 'none'; frame-ancestors *; base-uri 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// toOthers names what is made for other sites and machines, alike for all.
func toOthers(path string) bool {
	for _, begin := range []string{"/cards/", "/embed/", "/feeds/", "/oembed", "/robots.txt", "/sitemap"} {
		if strings.HasPrefix(path, begin) {
			return true
		}
	}
	return false
}

func TestNoPageButAFrameMayStandOnAnotherSite(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	framed := 0
	for route := range s.everyRoute(s.objects()) {
		method, path, _ := strings.Cut(route, " ")
		if method != http.MethodGet {
			continue
		}
		policy := s.get(visitor, path).Header.Get("Content-Security-Policy")
		switch {
		case strings.HasPrefix(path, "/embed/"):
			framed++
			if !strings.Contains(policy, "frame-ancestors *") || !strings.Contains(policy, "form-action 'none'") {
				t.Errorf("%s: %s", path, policy)
			}
		case !strings.Contains(policy, "frame-ancestors 'none'") && !strings.Contains(policy, "sandbox") && policy != "default-src 'none'":
			t.Errorf("%s may stand in a frame: %s", path, policy)
		}
	}
	if framed == 0 {
		t.Error("no frame was looked at")
	}
}

func TestWhatOtherSitesTakeReadsNoSession(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	o := s.objects()
	id := strings.TrimPrefix(o.open, "/ideas/")
	for _, path := range []string{"/embed/ideas/" + id, "/cards/ideas/" + id + ".png", "/feeds/board.atom", "/feeds/ideas/" + id + ".json", "/oembed?url=" + url.QueryEscape(home+o.open), "/sitemap.xml"} {
		plain, mine, dead := s.get(visitor, path), s.get(noor, path), s.request(visitor, "GET", path, "", "")
		dead.Header.Set("Cookie", "session=over")
		over := s.send(dead)
		if plain.StatusCode != 200 || plain.body != mine.body || plain.body != over.body {
			t.Errorf("%s (%d) differs by who asks", path, plain.StatusCode)
		}
		if len(over.Cookies()) > 0 {
			t.Errorf("%s touches cookies", path)
		}
	}
	// What the contributor alone sees is nothing here for them either.
	for _, path := range []string{o.draft, o.held, o.hidden} {
		id := strings.TrimPrefix(path, "/ideas/")
		for _, address := range []string{"/embed/ideas/" + id, "/cards/ideas/" + id + ".png", "/feeds/ideas/" + id + ".atom", "/oembed?url=" + url.QueryEscape(home+path), path + "/share", path + "/poster"} {
			for _, who := range []string{visitor, noor, anna} {
				if got := s.get(who, address); got.StatusCode != 404 || strings.Contains(got.body, "kettle") {
					t.Errorf("%s as %q: %d", address, who, got.StatusCode)
				}
			}
		}
	}
	// Nor does any list name them.
	for _, path := range []string{"/feeds/board.atom", "/feeds/board.json", "/feeds/topics/kitchen.atom", "/feeds/people/" + noor + "-x.atom", "/sitemap/ideas-0.xml"} {
		got := s.get(visitor, path)
		for _, hidden := range []string{o.draft, o.held, o.hidden} {
			if strings.Contains(got.body, home+hidden+"-") || strings.Contains(got.body, "idea:"+strings.TrimPrefix(hidden, "/ideas/")+"<") {
				t.Errorf("%s names %s", path, hidden)
			}
		}
		if path != "/feeds/topics/kitchen.atom" && !strings.Contains(got.body, home+o.open+"-") {
			t.Errorf("%s does not name what is open (%d)", path, got.StatusCode)
		}
	}
}

func TestWhoHidesIsNowhereOutside(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	s.objects()
	handle := noor + "-x"
	paths := []string{"/cards/people/" + handle + ".png", "/feeds/people/" + handle + ".atom", "/feeds/people/" + handle + ".json"}
	for _, path := range paths {
		if got := s.get(visitor, path); got.StatusCode != 200 {
			t.Errorf("%s: %d", path, got.StatusCode)
		}
	}
	if got := s.get(visitor, "/sitemap/people.xml"); !strings.Contains(got.body, handle) {
		t.Error("the map does not name her")
	}
	for _, visibility := range []accounts.Visibility{accounts.Name, accounts.Hidden} {
		s.db.MustExec(`UPDATE accounts SET visibility = $1 WHERE handle = $2`, visibility, handle)
		for _, path := range append(paths, "/sitemap/people.xml", "/feeds/board.atom", "/feeds/made.json") {
			got := s.get(anna, path)
			if strings.Contains(path, "people/") && got.StatusCode != 404 {
				t.Errorf("%s for %q: %d", path, visibility, got.StatusCode)
			}
			if strings.Contains(got.body, handle) && got.StatusCode == 200 {
				t.Errorf("%s for %q tells her handle", path, visibility)
			}
		}
	}
}

func TestACardFollowsTheVotesAndIsNotSentTwice(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	path := "/cards/ideas/" + strings.TrimPrefix(s.objects().open, "/ideas/") + ".png"
	first := s.get(visitor, path)
	if img, err := png.Decode(bytes.NewReader([]byte(first.body))); err != nil || img.Bounds().Dx() != 1200 {
		t.Fatal(err)
	}
	tag := first.Header.Get("Etag")
	again := s.request(visitor, "GET", path, "", "")
	again.Header.Set("If-None-Match", tag)
	if got := s.send(again); got.StatusCode != 304 || got.body != "" {
		t.Errorf("sent again: %d", got.StatusCode)
	}
	if got := s.post(piet, strings.TrimSuffix(strings.Replace(path, "/cards", "", 1), ".png")+"/vote", url.Values{"act": {"cast"}}); got.StatusCode != 303 {
		t.Fatal(got.StatusCode)
	}
	if got := s.send(again); got.StatusCode != 200 || got.Header.Get("Etag") == tag {
		t.Errorf("after a vote: %d %s", got.StatusCode, got.Header.Get("Etag"))
	}
	if got := s.get(visitor, path+"?lang=nl"); got.StatusCode != 200 || got.Header.Get("Content-Language") != "nl" || got.Header.Get("Cache-Control") != "public, max-age=60" {
		t.Errorf("%d %v", got.StatusCode, got.Header)
	}
}

func TestEveryFeedAndMapIsDocumentThatAStrictReaderTakes(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	o := s.objects()
	s.db.MustExec(`UPDATE ideas SET title = $1 WHERE id = $2`, "A <kettle> & a \"pot\" ]]> \u202e\u0007\ufffe", number(o.open))
	id := strings.TrimPrefix(o.declined, "/ideas/")
	for _, path := range []string{
		"/feeds/board.atom", "/feeds/made.atom", "/feeds/topics/kitchen.atom?lang=nl", "/feeds/people/" + noor + "-x.atom", "/feeds/ideas/" + id + ".atom",
		"/sitemap.xml", "/sitemap/site.xml", "/sitemap/made.xml", "/sitemap/people.xml", "/sitemap/ideas-0.xml", "/oembed?format=xml&url=" + url.QueryEscape(home+o.open),
	} {
		got := s.get(visitor, path)
		d := xml.NewDecoder(strings.NewReader(got.body))
		var err error
		for err == nil {
			_, err = d.Token()
		}
		if got.StatusCode != 200 || !errors.Is(err, io.EOF) {
			t.Errorf("%s: %d %v", path, got.StatusCode, err)
		}
		again := s.request(visitor, "GET", path, "", "")
		again.Header.Set("If-None-Match", got.Header.Get("Etag"))
		if second := s.send(again); second.StatusCode != 304 {
			t.Errorf("%s is sent again: %d", path, second.StatusCode)
		}
	}
	for _, path := range []string{"/feeds/board.json", "/feeds/made.json", "/feeds/ideas/" + id + ".json", "/oembed?url=" + url.QueryEscape(home+o.open)} {
		if got := s.get(visitor, path); got.StatusCode != 200 || !json.Valid([]byte(got.body)) {
			t.Errorf("%s: %d", path, got.StatusCode)
		}
	}
	if answered := s.get(visitor, "/feeds/ideas/"+id+".atom"); !strings.Contains(answered.body, "Too dear.") || !strings.Contains(answered.body, "#answer-") {
		t.Error("the feed of an idea does not tell its answer")
	}
	for _, path := range []string{"/feeds/topics/nothing.atom", "/feeds/challenges/none.atom", "/feeds/ideas/0.atom", "/feeds/ideas/9999999.atom", "/sitemap/ideas-9.xml", "/sitemap/ideas--1.xml", "/sitemap/ideas-99999999999999.xml", "/sitemap/nothing.xml", "/feeds/people/%00.atom"} {
		if got := s.get(visitor, path); got.StatusCode != 404 {
			t.Errorf("%s: %d", path, got.StatusCode)
		}
	}
}

func TestOEmbedAnswersForPagesOfOursAlone(t *testing.T) {
	t.Parallel()
	s := newSite(t, settings{}).settle()
	o := s.objects()
	ask := func(page, more string) answer { return s.get(visitor, "/oembed?url="+url.QueryEscape(page)+more) }
	var told struct {
		Type, HTML, Title string
		Width, Height     int
	}
	for more, width := range map[string]int{"": 560, "&maxwidth=300": 300, "&maxwidth=99999999999999999999": 560, "&maxwidth=100000": 560, "&maxwidth=-3": 560, "&maxwidth=x": 560, "&maxwidth=0": 560} {
		got := ask(home+o.open+slugged, more)
		if err := json.Unmarshal([]byte(got.body), &told); err != nil || got.StatusCode != 200 || told.Type != "rich" || told.Width != width || !strings.Contains(told.HTML, `src="`+home+"/embed"+o.open+`"`) {
			t.Errorf("%s: %d %v %+v", more, got.StatusCode, err, told)
		}
	}
	for _, page := range []string{
		"", "javascript:alert(1)", "javascript://localhost:3000" + o.open, "https://evil.example" + o.open, "http://localhost:3000@evil.example" + o.open, "//localhost:3000" + o.open,
		o.open, home, home + "/", home + "/people/noor-x", home + "/ideas", home + "/ideas/", home + "/ideas/0", home + "/ideas/x", home + o.open + "/edit", home + "/challenges/none",
		home + o.draft, home + o.held, home + o.hidden, "data:text/html,x", "http://[", home + "/ideas/" + strings.Repeat("9", 400), "\x00",
	} {
		if got := ask(page, ""); got.StatusCode != 404 || strings.Contains(got.body, "iframe") {
			t.Errorf("%.60q: %d", page, got.StatusCode)
		}
	}
	if got := ask(home+o.open, "&format=yaml"); got.StatusCode != 501 {
		t.Errorf("another format: %d", got.StatusCode)
	}
}
