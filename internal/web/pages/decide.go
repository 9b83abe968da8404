package pages

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/products"
	"prosumer/internal/triage"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// Decide takes the team's answer to an idea: with a move, or without one when
// no status is chosen. Adopting makes or joins a product.
func (p *Pages) Decide(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	err = p.decide(c, id)
	if wantsJSON(c) {
		return p.decidedJSON(c, id, err)
	}
	if err == nil {
		return response.SeeOther(c, request.Back(c, "back", views.IdeaURL(int64(id), "")), "decided")
	}
	f := fault.Of(err)
	if f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return err
	}
	return p.undecided(c, id, err)
}

func (p *Pages) decide(c *fiber.Ctx, id ideas.ID) error {
	ctx, actor := c.UserContext(), request.Actor(c)
	answer, err := p.answerOf(c, id)
	if err != nil {
		return err
	}
	switch to := ideas.Status(request.Field(c, "status")); to {
	case "":
		return p.Ideas.Answer(ctx, actor, id, answer)
	case ideas.Adopted:
		since, ok := day(request.Field(c, "pipeline_since"))
		if !ok {
			return errFields.With("pipeline_since", "products.date")
		}
		if err := p.Triage.Still(ctx, actor, id, ideas.Status(request.Field(c, "seen"))); err != nil {
			return err
		}
		_, err = p.Products.Adopt(ctx, actor, id, products.Adoption{
			Answer: answer, Name: request.Field(c, "product_name"), Joins: request.Field(c, "product"), PipelineSince: since,
		})
		return err
	default:
		m, err := p.triageMove(c, to, answer)
		if err != nil {
			return err
		}
		return p.Triage.Move(ctx, actor, id, m)
	}
}

// undecided shows the idea as it is now, with the panel as it was filled in.
func (p *Pages) undecided(c *fiber.Ctx, id ideas.ID, refused error) error {
	f := fault.Of(refused)
	v, err := p.ideaNow(c, id)
	if err != nil {
		return err
	}
	if d := v.Decide; d != nil {
		if d.Answer, err = p.answerOf(c, id); err != nil {
			return err
		}
		d.Fields = fieldsLeft(c, d.Answer)
		d.Status, d.Reason, d.Template = request.Field(c, "status"), request.Field(c, "reason"), request.Field(c, "template")
		d.ProductName, d.Product, d.PipelineSince = request.Field(c, "product_name"), request.Field(c, "product"), request.Field(c, "pipeline_since")
		d.Errors = p.errors(c, f)
		if elsewhere, moved := errors.AsType[*triage.Elsewhere](refused); moved {
			d.Errors[""] = p.meanwhile(request.Lang(c), elsewhere)
		}
		if text, ok := d.Errors["product"]; ok && d.Product == "" {
			d.Errors["product_name"] = text
		}
	}
	return response.HTML(c, response.StatusOf(f), views.Idea(v))
}

// Undo takes the last decision back, within the hour.
func (p *Pages) Undo(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	if err := p.Products.Undo(c.UserContext(), request.Actor(c), id); err != nil {
		return p.notAsThought(c, id, err)
	}
	return response.SeeOther(c, views.IdeaURL(int64(id), ""), "undone")
}
