package api_test

import (
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"prosumer/internal/media"
	"prosumer/internal/web/api"
	"prosumer/internal/web/api/wire"
)

func TestAPictureIsStoredWithItsDescription(t *testing.T) {
	t.Parallel()
	s := newSite(t)

	got := s.send(noor, form(t, "A sketch of the kettle", nil))

	var image wire.Image
	got.read(t, &image)
	if got.StatusCode != 201 || image.Alt != "A sketch of the kettle" || !strings.HasPrefix(image.URL, "/media/") || image.Width < 1 {
		t.Errorf("%d: %+v", got.StatusCode, image)
	}
}

func TestAPictureThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	plain := httptest.NewRequest("POST", api.Base+"/images", strings.NewReader("x"))
	plain.Header.Set("Content-Type", "image/png")
	torn := httptest.NewRequest("POST", api.Base+"/images", strings.NewReader("--b\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\nhalf"))
	torn.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	nothing := httptest.NewRequest("POST", api.Base+"/images", strings.NewReader("--b--\r\n"))
	nothing.Header.Set("Content-Type", "multipart/form-data; boundary=b")
	svg := form(t, "", []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`))
	wordy, broken := form(t, strings.Repeat("a", 9000), nil), form(t, "a\x00b", nil)
	huge, larger := form(t, "", make([]byte, media.MaxBytes+100<<10)), form(t, "", make([]byte, media.MaxBytes+1))

	for name, tc := range map[string]struct {
		answer answer
		status int
		code   string
	}{
		"another type of body":    {s.send(noor, plain), 415, "api.not_multipart"},
		"half a form":             {s.send(noor, torn), 422, "api.multipart_broken"},
		"a form without one":      {s.send(noor, nothing), 422, "media.empty"},
		"a drawing":               {s.send(noor, svg), 415, "media.type"},
		"a novel for description": {s.send(noor, wordy), 422, "media.alt_too_long"},
		"U+0000 in it":            {s.send(noor, broken), 422, "invalid"},
		"more than a form holds":  {s.send(noor, huge), 413, "media.too_large"},
		"more than a picture may": {s.send(noor, larger), 413, "media.too_large"},
	} {
		var problem struct{ Code string }
		tc.answer.read(t, &problem)
		if tc.answer.StatusCode != tc.status || problem.Code != tc.code {
			t.Errorf("%s answered %d %s, want %d %s", name, tc.answer.StatusCode, problem.Code, tc.status, tc.code)
		}
	}
}

func TestNobodyUsesAnothersPicture(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var image wire.Image
	s.send(noor, form(t, "", nil)).read(t, &image)

	fields := s.refused(422, "invalid", piet, "POST", "/ideas", `{"draft":true,"title":"Mine","pictures":[{"id":"`+image.ID+`","alt":""}]}`)

	if fields["pictures"] == "" {
		t.Errorf("names %v, want pictures", fields)
	}
	fields = s.refused(422, "invalid", piet, "POST", "/ideas", `{"draft":true,"story_html":"<p><img src=\"`+image.URL+`\"></p>"}`)
	if fields["story_html"] == "" {
		t.Errorf("names %v, want story_html", fields)
	}
}

func TestTheNameOfAFileGoesNowhere(t *testing.T) {
	t.Parallel()
	dir := os.Getenv("VECTORS_DIR")
	if dir == "" {
		t.Skip("VECTORS_DIR is not set, so there are no names to try")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "uploads", "expect.json"))
	if err != nil {
		t.Fatal(err)
	}
	var expect struct {
		Names []string `json:"file_names"`
	}
	if err := json.Unmarshal(raw, &expect); err != nil {
		t.Fatal(err)
	}
	s := newSite(t)
	picture, err := os.ReadFile(filepath.Join(dir, "uploads", "plain.png"))
	if err != nil {
		t.Fatal(err)
	}
	var want wire.Image
	s.send(noor, form(t, "", picture)).read(t, &want)
	for _, name := range expect.Names {
		body := "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"" + name + "\"\r\n\r\n" + string(picture) + "\r\n--b--\r\n"
		req := httptest.NewRequest("POST", api.Base+"/images", bytes.NewReader([]byte(body)))
		req.Header.Set("Content-Type", "multipart/form-data; boundary=b")

		got := s.send(noor, req)

		var image wire.Image
		got.read(t, &image)
		if got.StatusCode != 422 && (got.StatusCode != 201 || image != want) { // some names break the form itself
			t.Errorf("%q answered %d: %s", name, got.StatusCode, got.body)
		}
	}
}
