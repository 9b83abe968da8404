package api

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/ideas"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
)

// ListAnswerTemplates lists the texts that the team starts an answer from.
func (a *API) ListAnswerTemplates(c *fiber.Ctx, params wire.ListAnswerTemplatesParams) error {
	list, err := a.Ideas.Templates(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	items, next, err := cut(list, func(t ideas.Template) int64 { return t.ID }, params.After, params.Limit)
	if err != nil {
		return err
	}
	return response.JSON(c, fiber.StatusOK, wire.AnswerTemplateList{Items: each(items, toTemplate), Next: next})
}

// CreateAnswerTemplate adds a text to start answers from.
func (a *API) CreateAnswerTemplate(c *fiber.Ctx) error {
	if err := ideas.MayDecide(request.Actor(c)); err != nil {
		return err
	}
	var in wire.AnswerTemplateInput
	if err := request.JSON(c, &in); err != nil {
		return err
	}
	return a.putTemplate(c, fiber.StatusCreated, ideas.Template{
		Name: in.Name, Lang: string(given(in.Lang)), Status: ideas.Status(given(in.Status)), Reason: ideas.Reason(given(in.Reason)), Body: in.AnswerHTML,
	})
}

// ReviseAnswerTemplate changes what is given of a template.
func (a *API) ReviseAnswerTemplate(c *fiber.Ctx, id int64) error {
	list, err := a.Ideas.Templates(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	at := slices.IndexFunc(list, func(t ideas.Template) bool { return t.ID == id })
	if at < 0 {
		return ideas.ErrTemplate
	}
	// The body is read over what the template has: a field that is left out
	// keeps it, and null takes it away.
	was := toTemplate(list[at])
	patch := wire.AnswerTemplatePatch{AnswerHTML: &was.AnswerHTML, Lang: &was.Lang, Name: &was.Name, Reason: was.Reason, Status: was.Status}
	if err := request.JSON(c, &patch); err != nil {
		return err
	}
	return a.putTemplate(c, fiber.StatusOK, ideas.Template{
		ID: id, Name: given(patch.Name), Lang: string(given(patch.Lang)), Status: ideas.Status(given(patch.Status)),
		Reason: ideas.Reason(given(patch.Reason)), Body: given(patch.AnswerHTML),
	})
}

func (a *API) putTemplate(c *fiber.Ctx, status int, t ideas.Template) error {
	if t.Lang != "" && !wire.Lang(t.Lang).Valid() {
		return remedy("lang", remedyParameter)
	}
	stored, err := a.Ideas.PutTemplate(c.UserContext(), request.Actor(c), t)
	if err != nil {
		return ofAnswer(err)
	}
	return response.JSON(c, status, toTemplate(stored))
}

// DeleteAnswerTemplate removes a template.
func (a *API) DeleteAnswerTemplate(c *fiber.Ctx, id int64) error {
	if err := a.Ideas.DeleteTemplate(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return response.NoContent(c)
}

func toTemplate(t ideas.Template) wire.AnswerTemplate {
	return wire.AnswerTemplate{
		ID: t.ID, Name: t.Name, Lang: wire.Lang(t.Lang), Status: nullable(wire.Status(t.Status)), Reason: nullable(wire.Reason(t.Reason)), AnswerHTML: t.Body,
	}
}
