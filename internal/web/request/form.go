package request

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/clean"
)

// Field gives a form field, valid text only: what cannot be stored reads as
// empty characters dropped.
func Field(c *fiber.Ctx, name string) string {
	return storable(c.FormValue(name))
}

// Fields gives every value of a form field, in order; urlencoded and multipart.
func Fields(c *fiber.Ctx, name string) []string {
	var list []string
	if form, err := c.MultipartForm(); err == nil {
		for _, v := range form.Value[name] {
			list = append(list, storable(v))
		}
		return list
	}
	for _, v := range c.Request().PostArgs().PeekMulti(name) {
		list = append(list, storable(string(v)))
	}
	return list
}

func storable(s string) string {
	if clean.ValidText(s) {
		return s
	}
	return strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")
}

// Query gives a query parameter, valid text only.
func Query(c *fiber.Ctx, name string) string { return storable(c.Query(name)) }

// Back is where a form wants to return to: a path of ours, or fallback.
func Back(c *fiber.Ctx, name, fallback string) string {
	target := c.FormValue(name)
	if target == "" {
		return fallback
	}
	return clean.LocalPath(target)
}
