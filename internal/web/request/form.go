package request

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/clean"
)

// Field gives a form field, valid text only: what cannot be stored reads as
// empty characters dropped. It is read from the body alone, so that nothing in
// an address stands for what a form says.
func Field(c *fiber.Ctx, name string) string { return storable(Verbatim(c, name)) }

// Verbatim gives a form field byte by byte, for passwords.
func Verbatim(c *fiber.Ctx, name string) string {
	if values := values(c, name); len(values) > 0 {
		return values[0]
	}
	return ""
}

// Fields gives every value of a form field, in order; urlencoded and multipart.
func Fields(c *fiber.Ctx, name string) []string {
	var list []string
	for _, v := range values(c, name) {
		list = append(list, storable(v))
	}
	return list
}

func values(c *fiber.Ctx, name string) []string {
	if form, err := c.MultipartForm(); err == nil {
		return form.Value[name]
	}
	var list []string
	for _, v := range c.Request().PostArgs().PeekMulti(name) {
		list = append(list, string(v))
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
	target := Field(c, name)
	if target == "" {
		return fallback
	}
	return clean.LocalPath(target)
}
