package response

import (
	"net/url"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"
)

// HTML draws a page into the answer. If drawing fails, the error handler
// replaces what was drawn so far.
func HTML(c *fiber.Ctx, status int, page templ.Component) error {
	c.Status(status).Type("html", "utf-8")
	return page.Render(c.UserContext(), c.Response().BodyWriter())
}

// SeeOther sends the browser to a path of ours by GET, with the code of a
// sentence to show there ("voted" is views.flash.voted), or none.
func SeeOther(c *fiber.Ctx, path, flash string) error {
	if flash != "" {
		path, fragment, _ := strings.Cut(path, "#")
		join := "?"
		if strings.Contains(path, "?") {
			join = "&"
		}
		path += join + "flash=" + url.QueryEscape(flash)
		if fragment != "" {
			path += "#" + fragment
		}
		return c.Redirect(path, fiber.StatusSeeOther)
	}
	return c.Redirect(path, fiber.StatusSeeOther)
}

// JSON answers with a value.
func JSON(c *fiber.Ctx, status int, v any) error { return c.Status(status).JSON(v) }

// NoContent answers that it is done.
func NoContent(c *fiber.Ctx) error { return c.SendStatus(fiber.StatusNoContent) }
