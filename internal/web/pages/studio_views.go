package pages

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/fault"
	"prosumer/internal/triage"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// StudioViewCreate saves the look that the form stands on.
func (p *Pages) StudioViewCreate(c *fiber.Ctx) error {
	view := triage.View{Name: request.Field(c, "name"), Query: studioWritten(request.Field(c, "query")).Filters(), Shared: request.Field(c, "shared") != ""}
	_, err := p.Triage.SaveView(c.UserContext(), request.Actor(c), view)
	return p.viewDone(c, view.Query, "view_saved", err)
}

// StudioViewChange renames a saved view, shares it or keeps it.
func (p *Pages) StudioViewChange(c *fiber.Ctx) error {
	id, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	err = p.Triage.ChangeView(c.UserContext(), request.Actor(c), id, request.Field(c, "name"), request.Field(c, "shared") != "")
	return p.viewDone(c, "", "saved", err)
}

// StudioViewDelete removes a saved view.
func (p *Pages) StudioViewDelete(c *fiber.Ctx) error {
	id, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	return p.viewDone(c, "", "deleted", p.Triage.DeleteView(c.UserContext(), request.Actor(c), id))
}

// StudioOpenWith chooses the view that the studio opens with.
func (p *Pages) StudioOpenWith(c *fiber.Ctx) error {
	id, err := strconv.ParseInt(request.Field(c, "id"), 10, 64)
	if err != nil {
		return triage.ErrView
	}
	return p.viewDone(c, "", "saved", p.Triage.OpenWith(c.UserContext(), request.Actor(c), id))
}

// viewDone goes back to where the form stood, or shows the studio with what is
// wrong with it.
func (p *Pages) viewDone(c *fiber.Ctx, query, flash string, err error) error {
	if err == nil {
		fallback := views.StudioURL
		if query != "" {
			fallback += "?" + query
		}
		return response.SeeOther(c, request.Back(c, "back", fallback), flash)
	}
	f := fault.Of(err)
	if f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return err
	}
	asked := studioWritten(query)
	q := p.studioQuery(asked)
	frame, err := p.Board.StudioFrame(c.UserContext(), request.Actor(c), q)
	if err != nil {
		return err
	}
	around, err := p.studioFrame(c, asked, frame)
	if err != nil {
		return err
	}
	around.Errors = p.errors(c, f)
	return p.studioShow(c, response.StatusOf(f), around, q, frame)
}
