package web

import (
	"fmt"
	"runtime/debug"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/response"
)

// watch answers what the handlers refuse or fail at, panics included, while
// the request still has its time, and leaves one line in the log.
func watch(refuser response.Refuser) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if err := caught(c); err != nil {
			return refuser.Refuse(c, err)
		}
		response.Note(refuser.Log, c, "", nil)
		return nil
	}
}

func caught(c *fiber.Ctx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return c.Next()
}
