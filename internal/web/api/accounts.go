package api

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
)

// CreateAccount makes a member and signs them in.
func (a *API) CreateAccount(c *fiber.Ctx) error {
	var in wire.AccountInput
	if err := request.JSON(c, &in); err != nil {
		return err
	}
	account, secret, err := a.Accounts.SignUp(c.UserContext(), accounts.SignUp{
		Email: in.Email, Password: in.Password, Name: in.Name, Handle: given(in.Handle),
		Lang: string(request.Lang(c)), Agent: agent(c), Next: "/",
	})
	if err != nil {
		return err
	}
	a.SetSession(c, secret)
	return response.JSON(c, fiber.StatusCreated, wire.Account{ID: int64(account.ID), Handle: account.Handle, Name: account.Name})
}
