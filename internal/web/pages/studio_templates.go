package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// Templates lists the answer templates, with the form of a new one.
func (p *Pages) Templates(c *fiber.Ctx) error {
	return p.templates(c, fiber.StatusOK, views.TemplateForm{})
}

func (p *Pages) templates(c *fiber.Ctx, status int, form views.TemplateForm) error {
	list, err := p.Ideas.Templates(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	v := views.TemplatesView{Shell: p.gate(c), Form: withChoices(form)}
	for _, t := range list {
		v.Templates = append(v.Templates, answerTemplate(t))
	}
	return response.HTML(c, status, views.Templates(v))
}

// withChoices adds the statuses and reasons that a template may be meant for.
func withChoices(form views.TemplateForm) views.TemplateForm {
	for _, s := range []ideas.Status{ideas.UnderReview, ideas.Shortlisted, ideas.Adopted, ideas.Declined, ideas.NeedsWork, ideas.Parked} {
		form.Statuses = append(form.Statuses, string(s))
	}
	for _, r := range ideas.Reasons {
		form.Reasons = append(form.Reasons, string(r))
	}
	return form
}

// TemplateForm shows one template to change.
func (p *Pages) TemplateForm(c *fiber.Ctx) error {
	id, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	list, err := p.Ideas.Templates(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	for _, t := range list {
		if t.ID == id {
			form := views.TemplateForm{ID: t.ID, Name: t.Name, Status: string(t.Status), Reason: string(t.Reason), Body: t.Body, Lang: t.Lang}
			return response.HTML(c, fiber.StatusOK, views.Template(views.TemplateView{Shell: p.gate(c), Form: withChoices(form)}))
		}
	}
	return ideas.ErrTemplate
}

// TemplateCreate takes the form of a new template.
func (p *Pages) TemplateCreate(c *fiber.Ctx) error { return p.putTemplate(c, 0) }

// TemplateSave takes the form of a template.
func (p *Pages) TemplateSave(c *fiber.Ctx) error {
	id, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	return p.putTemplate(c, id)
}

func (p *Pages) putTemplate(c *fiber.Ctx, id int64) error {
	t := ideas.Template{
		ID: id, Name: request.Field(c, "name"), Lang: request.Field(c, "lang"), Status: ideas.Status(request.Field(c, "status")),
		Reason: ideas.Reason(request.Field(c, "reason")), Body: request.Field(c, "body"),
	}
	_, err := p.Ideas.PutTemplate(c.UserContext(), request.Actor(c), t)
	if f := fault.Of(err); err != nil && f.Kind == fault.Invalid {
		form := views.TemplateForm{ID: id, Name: t.Name, Status: string(t.Status), Reason: string(t.Reason), Body: t.Body, Lang: t.Lang, Errors: p.errors(c, f)}
		if id == 0 {
			return p.templates(c, response.StatusOf(f), form)
		}
		return response.HTML(c, response.StatusOf(f), views.Template(views.TemplateView{Shell: p.gate(c), Form: withChoices(form)}))
	}
	if err != nil {
		return err
	}
	return response.SeeOther(c, views.StudioTemplatesURL, "saved")
}

// TemplateDelete removes a template.
func (p *Pages) TemplateDelete(c *fiber.Ctx) error {
	id, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	if err := p.Ideas.DeleteTemplate(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return response.SeeOther(c, views.StudioTemplatesURL, "deleted")
}
