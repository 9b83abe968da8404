package web_test

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"prosumer/internal/clean"
	"prosumer/internal/ideas"
)

// vectorsDir is where the attacks lie that others collected.
func vectorsDir(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("VECTORS_DIR")
	if dir == "" {
		t.Skip("VECTORS_DIR is not set: it names the folder with given/ and uploads/")
	}
	return dir
}

func readJSON(t *testing.T, into any, path ...string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatal(err)
	}
}

func vectors(t *testing.T, file string) []string {
	t.Helper()
	var set struct{ Vectors []struct{ Payload string } }
	readJSON(t, &set, vectorsDir(t), "given", file)
	var list []string
	for _, v := range set.Vectors {
		list = append(list, v.Payload)
	}
	return list
}

// checkStays fails unless a redirect, if there is one, stays on this site as
// every browser reads it, and brings no header or cookie of the client's.
func checkStays(t *testing.T, what string, got answer) {
	t.Helper()
	for name := range got.Header {
		if strings.Contains(strings.ToLower(name), "crlf") || strings.EqualFold(name, "X-Injected") {
			t.Errorf("%s brought the header %s", what, name)
		}
	}
	for _, cookie := range got.Cookies() {
		if name := strings.TrimPrefix(cookie.Name, "__Host-"); name != "session" && name != "lang" {
			t.Errorf("%s brought the cookie %s", what, cookie.Name)
		}
	}
	to := got.to()
	if got.StatusCode < 300 || got.StatusCode >= 400 {
		if got.StatusCode >= 500 {
			t.Errorf("%s answered %d", what, got.StatusCode)
		}
		return
	}
	away := len(to) == 0 || to[0] != '/' || len(to) > 1 && (to[1] == '/' || to[1] == '\\') || strings.ContainsAny(to, "\t\r\n\\")
	base, err := url.Parse(home)
	if err != nil {
		t.Fatal(err)
	}
	if u, err := base.Parse(to); err != nil || u.Scheme != "http" || u.Host != base.Host || u.User != nil {
		away = true
	}
	if away {
		t.Errorf("%s leads to %q", what, to)
	}
}

func TestNoRedirectLeadsAwayOrBreaksTheHead(t *testing.T) {
	t.Parallel()
	list := append(vectors(t, "patt-open-redirect.json"), vectors(t, "patt-crlf.json")...)
	list = append(list, "/\\evil.example", "/\t/evil.example", "\r\nX-Injected: 1", "/x\r\nX-Injected: 1", "/x%0d%0aX-Injected:%201", "/..//evil.example", "/.//evil.example", "/%2f/evil.example", "/\u2028/evil.example")
	s := newSite(t, settings{}).settle()
	idea := s.propose(noor, ideas.Open)
	s.token(piet)
	for i := 0; i < len(list); i += pace {
		vector := list[i]
		at, back := url.QueryEscape(vector), "/vote/kept?keep="+strings.TrimPrefix(idea, "/ideas/")+"&back="+url.QueryEscape(vector)
		checkStays(t, "signed in already, next "+vector, s.get(piet, "/sign-in?next="+at))
		checkStays(t, "kept vote, back "+vector, s.get(visitor, "/vote/kept?back="+at))
		checkStays(t, "stale slug, "+vector, s.get(visitor, idea+"-x?"+at))
		checkStays(t, "language, next "+vector, s.post(piet, "/language", url.Values{"next": {vector}, "lang": {"nl"}}))
		checkStays(t, "vote, next "+vector, s.post(piet, idea+"/vote", url.Values{"next": {vector}, "act": {"cast"}}))
		checkStays(t, "vote of a visitor, next "+vector, s.post(visitor, idea+"/vote", url.Values{"next": {vector}, "act": {"cast"}}))
		checkStays(t, "words of a visitor, title "+vector, s.post(visitor, "/ideas", url.Values{"title": {vector}}))
		for what, next := range map[string]string{"next ": vector, "back ": back} {
			secret := s.link(piet, "sign_in", next)
			checkStays(t, "link, "+what+vector, s.post(visitor, "/sign-in/link/use", url.Values{"token": {secret}, "keep": {"1"}}))
		}
		if i%50 == 0 { // each costs a password's hashing
			in := url.Values{"email": {"piet@example.org"}, "password": {password}, "next": {vector}}
			checkStays(t, "sign in, next "+vector, s.post(visitor, "/sign-in", in))
			in.Set("next", back)
			checkStays(t, "sign in, back "+vector, s.post(visitor, "/sign-in", in))
			up := url.Values{"email": {"guest" + strconv.Itoa(i) + "@example.org"}, "name": {"Guest"}, "password": {password}, "next": {vector}}
			checkStays(t, "sign up, next "+vector, s.post(visitor, "/sign-up", up))
		}
	}
}

// upload is the propose form as a draft, with one picture.
func (s *site) upload(who, fileName string, raw bool, picture []byte) answer {
	s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range map[string]string{"csrf": s.token(who), "title": "A kettle", "act": "draft"} {
		if err := form.WriteField(name, value); err != nil {
			s.t.Fatal(err)
		}
	}
	if raw && strings.ContainsRune(fileName, 0) {
		return answer{Response: &http.Response{StatusCode: http.StatusBadRequest}} // no client can say it
	}
	if !raw {
		fileName = strings.NewReplacer(`\`, `\\`, `"`, "%22", "\r", "%0D", "\n", "%0A", "\x00", "%00").Replace(fileName)
	}
	part, err := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="pictures"; filename="` + fileName + `"`}, "Content-Type": {"image/png"}})
	if err != nil {
		s.t.Fatal(err)
	}
	_, _ = part.Write(picture)
	_ = form.Close()
	return s.send(s.request(who, http.MethodPost, "/ideas", form.FormDataContentType(), body.String()))
}

var ourName = regexp.MustCompile(`^[0-9a-f]{32}$`)

func TestAFilesOwnNameGoesNowhere(t *testing.T) {
	t.Parallel()
	var expect struct {
		Names []string `json:"file_names"`
	}
	readJSON(t, &expect, vectorsDir(t), "uploads", "expect.json")
	if len(expect.Names) < 18 {
		t.Fatalf("%d names", len(expect.Names))
	}
	s := newSite(t, settings{}).settle()
	for _, name := range expect.Names {
		for _, raw := range []bool{false, true} {
			got := s.upload(noor, name, raw, square())
			if got.StatusCode != 303 && got.StatusCode != 400 && got.StatusCode != 422 || !raw && name != "" && got.StatusCode != 303 {
				t.Errorf("%.40q (raw %v) answered %d", name, raw, got.StatusCode)
			}
			checkStays(t, name, got)
		}
	}
	var ids []string
	if err := s.db.Select(&ids, `SELECT id FROM images`); err != nil || len(ids) == 0 {
		t.Fatalf("%d pictures (%v)", len(ids), err)
	}
	for _, id := range ids {
		if !ourName.MatchString(id) {
			t.Errorf("a picture is called %q", id)
		}
	}
	for _, name := range expect.Names {
		if !clean.ValidText(name) {
			continue // no column can hold it
		}
		var kept int
		if err := s.db.Get(&kept, `SELECT count(*) FROM images i WHERE length($1) > 2 AND i::text LIKE '%' || $1 || '%'`, name); err != nil || kept != 0 {
			t.Errorf("%.40q is kept (%v)", name, err)
		}
	}
}

func TestHostilePicturesOfTheFormAreRefusedBesideTheirField(t *testing.T) {
	t.Parallel()
	dir := vectorsDir(t)
	var expect struct {
		Files []struct{ File, Want, Why string }
	}
	readJSON(t, &expect, dir, "uploads", "expect.json")
	s := newSite(t, settings{}).settle()
	for _, tc := range expect.Files {
		data, err := os.ReadFile(filepath.Join(dir, "uploads", tc.File))
		if err != nil {
			t.Fatal(err)
		}
		got := s.upload(noor, tc.File, false, data)
		want := map[string]int{"refuse": 422, "clean": 303}[tc.Want]
		if len(data) == 0 {
			want = 303 // as a field left empty
		}
		if got.StatusCode != want {
			t.Errorf("%s answered %d, want %d (%s)", tc.File, got.StatusCode, want, tc.Why)
		}
		if want == 422 && (!strings.Contains(got.body, `value="A kettle"`) || !strings.Contains(got.body, "#f-pictures") && !strings.Contains(got.body, "pictures")) {
			t.Errorf("%s: the form is not shown again", tc.File)
		}
	}
}
