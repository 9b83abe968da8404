package request_test

import (
	"errors"
	"io"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/fault"
	"prosumer/internal/web/request"
)

func TestJSONIsTakenStrictly(t *testing.T) {
	const ours = "application/json"
	for name, tc := range map[string]struct {
		kind, body string
		want       *fault.Fault // nil: taken
		field      string
	}{
		"as it should be":    {ours, `{"title":"Kettle","n":1}`, nil, ""},
		"with its charset":   {ours + "; charset=utf-8", `{"title":"Kettle"}`, nil, ""},
		"nothing":            {"", "", nil, ""},
		"an escape":          {ours, `{"title":"a\\u0000b"}`, nil, ""},
		"no type":            {"", `{}`, request.ErrJSONType, ""},
		"a form":             {"application/x-www-form-urlencoded", `{}`, request.ErrJSONType, ""},
		"plain text":         {"text/plain", `{}`, request.ErrJSONType, ""},
		"nearly the type":    {"application/json5", `{}`, request.ErrJSONType, ""},
		"an unknown field":   {ours, `{"role":"admin"}`, request.ErrJSON, "role"},
		"the wrong kind":     {ours, `{"n":"x"}`, request.ErrJSON, "n"},
		"a number too large": {ours, `{"n":1e400}`, request.ErrJSON, "n"},
		"a second value":     {ours, `{"title":"a"}{"title":"b"}`, request.ErrJSON, ""},
		"a tail":             {ours, `{"title":"a"} x`, request.ErrJSON, ""},
		"a list":             {ours, `[]`, request.ErrJSON, ""},
		"half":               {ours, `{"title":`, request.ErrJSON, ""},
		"no text":            {ours, "{\"title\":\"\xff\"}", request.ErrBadText, ""},
		"a NUL":              {ours, "{\"title\":\"a\x00\"}", request.ErrBadText, ""},
		"an escaped NUL":     {ours, `{"title":"a\u0000b"}`, request.ErrBadText, ""},
		"as much as fits":    {ours, `{"title":"` + strings.Repeat("x", request.MaxJSON-12) + `"}`, nil, ""},
		"one more":           {ours, `{"title":"` + strings.Repeat("x", request.MaxJSON-11) + `"}`, request.ErrTooLarge, ""},
		"deep":               {ours, strings.Repeat("[", 100_000), request.ErrJSON, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var got error
			app := fiber.New(fiber.Config{Immutable: true})
			app.Post("/", func(c *fiber.Ctx) error {
				var in struct {
					Title string `json:"title"`
					N     int    `json:"n"`
				}
				got = request.JSON(c, &in)
				return nil
			})
			req := httptest.NewRequest("POST", "/", strings.NewReader(tc.body))
			if tc.kind != "" {
				req.Header.Set("Content-Type", tc.kind)
			}
			res, err := app.Test(req, -1)
			if err != nil {
				t.Fatal(err)
			}
			_, _ = io.Copy(io.Discard, res.Body)

			if tc.want == nil && got != nil || tc.want != nil && !errors.Is(got, tc.want) {
				t.Fatalf("got %v, want %v", got, tc.want)
			}
			if fields := fault.Of(got).Fields; tc.field != "" && fields[tc.field] == "" {
				t.Errorf("names %v, want %s", fields, tc.field)
			}
		})
	}
}
