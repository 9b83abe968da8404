package web_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/live"
	"prosumer/internal/web/feed"
)

// notWalked are the addresses that the walk cannot fill in, with the reason why
// nobody is shown there.
var notWalked = map[string]string{
	"/live":                   "the socket: its frames are looked at by themselves below",
	"/assets/*":               "built files",
	"/media/*":                "pictures by their own unguessable names",
	"/*":                      "nothing is there",
	"/dev/mail/:name":         "the mailbox of a developer's own machine; there is none here",
	"/dev/mail/:name/html":    "the mailbox of a developer's own machine; there is none here",
	"/dev/mail-samples/:name": "letters with people made up for them",
	"/studio/templates/:id":   "texts of the team",
	"/studio/bulk/:id":        "what the team did to ideas, by idea",
	"/auth/:provider":         "leads away to sign in",
}

// asked are questions put to the addresses that take any, none of which holds
// the whole handle: an answer may repeat what was asked.
var asked = map[string][]string{
	"/":                      {"q=Wilhel", "order=newest", "order=votes", "order=unseen", "tag=solar"},
	"/people":                {"period=month"},
	"/search":                {"q=quux", "q=Wilhelmina", "q=quux&in=people", "q=Wilhelmina&in=people", "q=umbrella", "q=umbrellas&in=people", "q=litres&in=talk"},
	"/search/suggest":        {"q=quux", "q=Wilhel", "q=%40quux"},
	"/comments/handles":      {"q=quux", "q=Wil", "q=qu&idea=1"},
	"/oembed":                {"url=" + home + "/ideas/1", "url=" + home + "/people/quux"},
	"/studio":                {"view=list", "q=Wilhel"},
	"/api/v1/ideas":          {"q=Wilhelmina", "limit=100"},
	"/api/v1/ideas/similar":  {"title=A+kettle+that+runs+on+the+sun"},
	"/api/v1/people":         {"limit=100"},
	"/api/v1/search":         {"q=quux", "q=Wilhelmina"},
	"/api/v1/search/suggest": {"q=quux", "q=Wilhelmina"},
}

var parameter = regexp.MustCompile(`:[a-z_]+`)

// walked gives the addresses of a route, with every value that its parameters
// may take here; none where one of them has no values.
func (w *stage) walked(pattern string) []string {
	paths := []string{pattern}
	for at := parameter.FindStringIndex(pattern); at != nil; at = parameter.FindStringIndex(paths[0]) {
		before := strings.Split(strings.Trim(paths[0][:at[0]], "/"), "/")
		after := before[len(before)-1]
		switch after {
		case "move":
			after = "ideas"
		case "products":
			after = "made"
		}
		var more []string
		for _, path := range paths {
			at := parameter.FindStringIndex(path)
			for _, value := range w.ids[after] {
				more = append(more, path[:at[0]]+value+path[at[1]:])
			}
		}
		if paths = more; len(paths) == 0 {
			return nil
		}
	}
	for _, question := range asked[pattern] {
		paths = append(paths, pattern+"?"+question)
	}
	return paths
}

// leaks says what of wil stands in an answer and may not.
func (w *stage) leaks(body string) []string {
	var list []string
	lower := strings.ToLower(body)
	for what, word := range map[string]string{"handle": wilHandle, "bio": wilBio, "link": "umbrella.example", "address": wil + "@example.org", "face": w.pictures[0], "cover": w.pictures[1]} {
		if strings.Contains(lower, strings.ToLower(word)) {
			at := strings.Index(lower, strings.ToLower(word))
			list = append(list, fmt.Sprintf("%s in …%s…", what, body[max(0, at-90):min(len(body), at+60)]))
		}
	}
	slices.Sort(list)
	return list
}

// typedByNoor takes out what noor typed herself, which she gets back to edit and
// in the file of her own data.
var typedByNoor = strings.NewReplacer("Hello @"+wilHandle, "")

// readable is the text of an answer; a packed one is unpacked.
func readable(t *testing.T, got answer) string {
	t.Helper()
	if !strings.HasPrefix(got.body, "PK") {
		return got.body + fmt.Sprint(got.Header)
	}
	return unzipped(t, []byte(got.body))
}

func unzipped(t *testing.T, packed []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		all.WriteString(f.Name + "\n")
		if _, err := io.Copy(&all, in); err != nil {
			t.Fatal(err)
		}
		_ = in.Close()
	}
	return all.String()
}

// lists are the addresses that list people: who hides is not even named there.
func listsPeople(path string) bool {
	return path == "/people" || strings.HasPrefix(path, "/people?") || strings.HasPrefix(path, "/api/v1/people") || strings.HasPrefix(path, "/comments/handles") ||
		strings.HasPrefix(path, "/mine/following") || strings.Contains(path, "in=people") || strings.HasPrefix(path, "/sitemap")
}

// TestWhoHidesIsNotToBeFound walks every address there is, as every role but
// moderator and admin, on a board where somebody did everything before they
// chose to show no profile. Routes that come later are walked as well.
func TestWhoHidesIsNotToBeFound(t *testing.T) {
	if raced {
		t.Skip("thousands of pages, one after the other: make test-go asks for them without the race detector")
	}
	t.Parallel()
	w := newStage(newSite(t, settings{}))
	if got := w.get(visitor, "/people/"+wilHandle); got.StatusCode != 200 || len(w.leaks(got.body)) < 5 || !strings.Contains(got.body, "application/ld+json") {
		t.Fatalf("before: %d %q", got.StatusCode, w.leaks(got.body))
	}
	routes := map[string]bool{}
	for _, r := range w.app.GetRoutes(true) {
		if r.Method == http.MethodGet {
			routes[r.Path] = true
		}
	}
	for _, level := range []accounts.Visibility{accounts.Name, accounts.Hidden} {
		w.be(level)
		for pattern := range routes {
			paths := w.walked(pattern)
			if notWalked[pattern] != "" {
				continue
			}
			if len(paths) == 0 {
				t.Errorf("%s has a parameter that this test cannot fill in: give it values, or say in notWalked why it shows nobody", pattern)
			}
			for _, path := range paths {
				for _, who := range []string{visitor, piet, noor, tess, anna} {
					w.look(t, level, who, path)
				}
			}
		}
		w.lookElsewhere(t, level)
	}
	for _, who := range []string{wil, mo, ada} {
		if got := w.get(who, "/people/"+wilHandle); got.StatusCode != 200 || !strings.Contains(got.body, wilBio) {
			t.Errorf("%s does not see the profile: %d", who, got.StatusCode)
		}
	}
}

// look asks for one address and looks for wil in the answer.
func (w *stage) look(t *testing.T, level accounts.Visibility, who, path string) {
	t.Helper()
	got := w.get(who, path)
	if got.StatusCode >= 500 {
		t.Errorf("%s as %q: %d", path, who, got.StatusCode)
	}
	body := readable(t, got)
	if strings.Contains(path, wilHandle) { // the answer may say where it is, and nothing else
		if got.StatusCode != http.StatusNotFound && got.StatusCode/100 != 3 {
			t.Errorf("%s: %s as %q is there: %d", level, path, who, got.StatusCode)
		}
		nobody := strings.ReplaceAll(path, wilHandle, "nobody-42")
		other := readable(t, w.get(who, nobody))
		plain := func(s string) string {
			return changing.ReplaceAllString(strings.ReplaceAll(strings.ReplaceAll(s, wilHandle, "nobody-42"), "X-Request-Id", ""), "#")
		}
		if got.StatusCode == http.StatusNotFound && len(plain(body)) != len(plain(other)) {
			t.Errorf("%s: %s as %q looks otherwise than what is not there", level, path, who)
		}
		body = strings.ReplaceAll(strings.ReplaceAll(body, path, ""), url.QueryEscape(path), "")
	}
	if who == noor && strings.HasSuffix(path, "/edit") {
		body = typedByNoor.Replace(body)
	}
	for _, leak := range w.leaks(body) {
		t.Errorf("%s: %s (%d) tells %q the %s", level, path, got.StatusCode, who, leak)
	}
	if level == accounts.Hidden && listsPeople(path) && strings.Contains(body, wilName) {
		t.Errorf("%s: %s lists them for %q", level, path, who)
	}
}

// lookElsewhere looks at what is no address: the socket, and the file of
// everything that is somebody's own.
func (w *stage) lookElsewhere(t *testing.T, level accounts.Visibility) {
	t.Helper()
	for _, who := range []string{piet, noor, anna} {
		topics := []live.Topic{"board", "challenge:kettles", live.Topic("me:" + w.people[who].ID.String())}
		for _, id := range w.ids["ideas"] {
			topics = append(topics, live.Topic("idea:"+id))
		}
		frames, _ := feed.Snapshot(t.Context(), w.board, live.Viewer{Account: int64(w.people[who].ID)}, topics, slog.New(slog.DiscardHandler))
		written, err := json.Marshal(frames)
		if err != nil {
			t.Fatal(err)
		}
		if body := string(written) + fmt.Sprint(frames); len(w.leaks(body)) > 0 || strings.Contains(body, wilName) {
			t.Errorf("%s: the socket tells %q %s", level, who, body)
		}
		file := w.post(who, "/settings/data/export", url.Values{"password": {password}})
		if !strings.HasPrefix(file.body, "PK") {
			t.Errorf("export of %q: %d %.200s", who, file.StatusCode, file.body)
			continue
		}
		for _, leak := range w.leaks(typedByNoor.Replace(readable(t, file))) {
			t.Errorf("%s: the export of %q holds the %s", level, who, leak)
		}
	}
}
