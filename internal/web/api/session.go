package api

import (
	"errors"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
)

// SignIn opens a session and sets its cookie.
func (a *API) SignIn(c *fiber.Ctx) error {
	var in wire.SignInInput
	if err := request.JSON(c, &in); err != nil {
		return err
	}
	account, secret, err := a.Accounts.SignIn(c.UserContext(), accounts.SignIn{
		Email: in.Email, Password: in.Password, Agent: agent(c), Network: request.Network(c),
	})
	if errors.Is(err, accounts.ErrWrong) {
		return errWrong // a program tries again with others; no field needs mending
	}
	if err != nil {
		return err
	}
	actor, err := a.Accounts.Resolve(c.UserContext(), secret)
	if err != nil {
		return err
	}
	a.SetSession(c, secret)
	return response.JSON(c, fiber.StatusOK, toMe(account, actor))
}

// SignOut ends the session of the cookie.
func (a *API) SignOut(c *fiber.Ctx) error {
	if err := a.EndSession(c); err != nil {
		return err
	}
	return response.NoContent(c)
}

// agent is the browser's own name, which anybody can write anything into.
func agent(c *fiber.Ctx) string {
	return strings.ReplaceAll(strings.ToValidUTF8(c.Get(fiber.HeaderUserAgent), ""), "\x00", "")
}
