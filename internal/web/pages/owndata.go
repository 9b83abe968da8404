package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/owndata"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// exportName is what the file of an export is called.
const exportName = "prosumer-my-data.zip"

// Data is where somebody fetches what is theirs, and leads to being erased.
func (p *Pages) Data(c *fiber.Ctx) error { return p.data(c, fiber.StatusOK, nil) }

func (p *Pages) data(c *fiber.Ctx, status int, f *fault.Fault) error {
	actor := request.Actor(c)
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	asked, wishes, err := p.OwnData.Asked(c.UserContext(), actor)
	if err != nil {
		return err
	}
	v := views.DataView{Shell: p.gate(c), Errors: p.errors(c, f)}
	if wishes {
		v.EraseAt = asked.DueAt
	}
	return response.HTML(c, status, views.Data(v))
}

// Export sends the ZIP of all that is the person's.
func (p *Pages) Export(c *fiber.Ctx) error {
	archive, err := p.OwnData.Export(c.UserContext(), request.Actor(c), request.Verbatim(c, "password"), request.Lang(c))
	if f := fault.Of(err); err != nil && f.Kind == fault.Invalid {
		return p.data(c, response.StatusOf(f), f)
	}
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/zip")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+exportName+`"`)
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Context().SetBodyStream(archive, int(archive.Size)) // closed by the server when it is sent
	return nil
}

// EraseForm says what erasing takes and what it leaves.
func (p *Pages) EraseForm(c *fiber.Ctx) error { return p.eraseForm(c, fiber.StatusOK, nil) }

func (p *Pages) eraseForm(c *fiber.Ctx, status int, f *fault.Fault) error {
	actor := request.Actor(c)
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	v := views.EraseView{
		Shell: p.gate(c), Handle: actor.Handle, Days: int(owndata.Grace.Hours() / 24), Texts: request.Field(c, "texts"), Errors: p.errors(c, f),
	}
	asked, wishes, err := p.OwnData.Asked(c.UserContext(), actor)
	if err != nil {
		return err
	}
	if wishes {
		v.EraseAt = asked.DueAt
	}
	return response.HTML(c, status, views.Erase(v))
}

// Erase takes the wish to be erased: the person is signed out everywhere.
func (p *Pages) Erase(c *fiber.Ctx) error {
	actor := request.Actor(c)
	texts := request.Field(c, "texts")
	if !actor.Visitor() && texts != "take" && texts != "leave" {
		f := fault.New(fault.Invalid, "owndata.texts", "Choose what becomes of your ideas and comments.").With("texts", "owndata.texts")
		return p.eraseForm(c, response.StatusOf(f), f)
	}
	_, err := p.OwnData.Ask(c.UserContext(), actor, owndata.Wish{Password: request.Verbatim(c, "password"), Handle: request.Field(c, "handle"), TakeTexts: texts == "take"})
	if f := fault.Of(err); err != nil && f.Kind == fault.Invalid {
		return p.eraseForm(c, response.StatusOf(f), f)
	}
	if err != nil {
		return err
	}
	p.EndSession(c)
	return response.SeeOther(c, views.HomeURL, "erase_asked")
}

// KeepAccount takes the wish back.
func (p *Pages) KeepAccount(c *fiber.Ctx) error {
	if err := p.OwnData.Keep(c.UserContext(), request.Actor(c)); err != nil {
		return err
	}
	return response.SeeOther(c, views.DataURL, "account_kept")
}
