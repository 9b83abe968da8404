package api

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/clean"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
)

// ListPeople lists the hall of fame.
func (a *API) ListPeople(c *fiber.Ctx, params wire.ListPeopleParams) error {
	period := wire.PeriodAll
	if params.Period != nil {
		period = *params.Period
	}
	if !period.Valid() {
		return remedy("period", remedyParameter)
	}
	limit, err := limitOf(params.Limit)
	if err != nil {
		return err
	}
	page, err := a.Board.People(c.UserContext(), period == wire.PeriodMonth, given(params.After), limit)
	if err != nil {
		return ofAfter(err)
	}
	// The API names people by their handle, which those who show their name alone
	// tell nobody; so they are left out here.
	found := slices.DeleteFunc(page.Items, func(p board.Ranked) bool { return p.Handle == "" })
	return response.JSON(c, fiber.StatusOK, wire.PersonList{Items: each(found, toPerson), Next: nullable(page.Next)})
}

// ShowPerson gives a public profile.
func (a *API) ShowPerson(c *fiber.Ctx, handle string) error {
	if !clean.ValidText(handle) {
		return accounts.ErrNotFound
	}
	profile, err := a.Board.Profile(c.UserContext(), request.Actor(c), handle, "")
	if err != nil {
		return err
	}
	person := toPerson(profile.Ranked)
	person.Bio = &profile.Bio
	return response.JSON(c, fiber.StatusOK, person)
}
