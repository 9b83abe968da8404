package api

import (
	_ "embed"

	"github.com/gofiber/fiber/v2"
)

//go:embed openapi.yaml
var spec []byte

// Spec is the API's contract as it is served: OpenAPI 3.1 in YAML. Callers
// must not change it.
func Spec() []byte { return spec }

// ShowSpec answers with the contract itself.
func (a *API) ShowSpec(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "application/yaml")
	return c.Send(spec)
}
