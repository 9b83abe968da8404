package wire

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/fault"
)

// Operation is the entry of the contract that a request runs.
type Operation struct {
	ID    string // its operationId, e.g. "castVote"
	Scope string // the scope a token needs for it; "none" when no token opens it
}

type operationKey struct{}

func note(c *fiber.Ctx, op Operation) { c.Locals(operationKey{}, op) }

// OperationOf says which operation a request runs. Handlers and
// HandlerMiddlewares may ask; before routing it is the zero Operation.
func OperationOf(c *fiber.Ctx) Operation {
	op, _ := c.Locals(operationKey{}).(Operation)
	return op
}

// The refusals of parameters that cannot be read.
var (
	ErrNoSuchAddress = fault.New(fault.NotFound, "not_found", "There is nothing here.")
	ErrParameter     = fault.New(fault.Invalid, "invalid", "Some fields need another look.")
)

// BadParameter is the remedy's code beside a query parameter that is not of
// its type.
const BadParameter = "request.bad_parameter"

// refuse says what a parameter that cannot be read means to who asked: a bad
// path leads nowhere, a bad query can be mended.
func refuse(in, name string) error {
	if in == "path" {
		return ErrNoSuchAddress
	}
	return ErrParameter.With(name, BadParameter)
}
