package request

import (
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// texts are the fields that people write in. Nothing else of a form is worth
// giving back, and secrets never are.
var texts = []string{"title", "story", "tags", "answer", "product_name", "name", "bio", "links", "body"}

// Typed gives what somebody wrote in a form that was refused as a whole, such
// as after their session had ended: the page that says so shows it again.
// Empty for requests that are no form.
func Typed(c *fiber.Ctx) string {
	kind := c.Get(fiber.HeaderContentType)
	if c.Method() != fiber.MethodPost || !slices.ContainsFunc([]string{fiber.MIMEApplicationForm, fiber.MIMEMultipartForm}, func(k string) bool { return strings.HasPrefix(kind, k) }) {
		return ""
	}
	var written []string
	for _, name := range texts {
		if text := strings.TrimSpace(Field(c, name)); text != "" {
			written = append(written, text)
		}
	}
	return strings.Join(written, "\n\n")
}
