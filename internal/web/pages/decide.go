package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/products"
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
	if err == nil {
		return response.SeeOther(c, views.IdeaURL(int64(id), ""), "decided")
	}
	f := fault.Of(err)
	if f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return err
	}
	return p.undecided(c, id, f)
}

func (p *Pages) decide(c *fiber.Ctx, id ideas.ID) error {
	ctx, actor, answer := c.UserContext(), request.Actor(c), request.Field(c, "answer")
	switch to := ideas.Status(request.Field(c, "status")); to {
	case "":
		return p.Ideas.Answer(ctx, actor, id, answer)
	case ideas.Adopted:
		since, ok := day(request.Field(c, "pipeline_since"))
		if !ok {
			return fault.New(fault.Invalid, "invalid", "Some fields need another look.").With("pipeline_since", "products.date")
		}
		_, err := p.Products.Adopt(ctx, actor, id, products.Adoption{
			Answer: answer, Name: request.Field(c, "product_name"), Joins: request.Field(c, "product"), PipelineSince: since,
		})
		return err
	default:
		_, err := p.Ideas.Decide(ctx, actor, id, ideas.Decision{To: to, Answer: answer, Reason: ideas.Reason(request.Field(c, "reason"))})
		return err
	}
}

// undecided shows the idea as it is now, with the panel as it was filled in.
func (p *Pages) undecided(c *fiber.Ctx, id ideas.ID, f *fault.Fault) error {
	page, err := p.Board.Idea(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	v, err := p.ideaView(c, page)
	if err != nil {
		return err
	}
	if d := v.Decide; d != nil {
		d.Status, d.Answer, d.Reason, d.Template = request.Field(c, "status"), request.Field(c, "answer"), request.Field(c, "reason"), request.Field(c, "template")
		d.ProductName, d.Product, d.PipelineSince = request.Field(c, "product_name"), request.Field(c, "product"), request.Field(c, "pipeline_since")
		d.Errors = p.errors(c, f)
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
		return p.ideaNow(c, id, err)
	}
	return response.SeeOther(c, views.IdeaURL(int64(id), ""), "undone")
}
