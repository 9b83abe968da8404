package pages

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/fault"
	"prosumer/internal/products"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// ProductDesk is where the team works on a product.
func (p *Pages) ProductDesk(c *fiber.Ctx) error {
	desk, err := p.Board.ProductDesk(c.UserContext(), request.Actor(c), request.Slug(c))
	if err != nil {
		return err
	}
	return response.HTML(c, fiber.StatusOK, views.Desk(p.deskView(c, desk)))
}

func (p *Pages) deskView(c *fiber.Ctx, d board.ProductDesk) views.ProductDesk {
	v := views.ProductDesk{
		Shell: p.Shell(c), Slug: d.Slug, Name: d.Name, Stage: string(d.Stage), UndoTo: string(d.UndoTo), Terms: d.TermsSource,
		About:     views.AboutForm{Name: d.Name, Story: d.StorySource, ShopURL: d.ShopLink},
		Milestone: views.MilestoneForm{On: p.today()}, Reward: views.RewardForm{Currency: "EUR", On: p.today()}, Call: views.CallForm{Places: "50"},
	}
	v.Path, v.NoIndex = views.EditProductURL(d.Slug), true
	for _, stage := range d.Stage.Next(d.StoppedAt) {
		v.Move.Next = append(v.Move.Next, string(stage))
	}
	if d.PipelineSince != nil {
		v.About.PipelineSince = d.PipelineSince.Format(time.DateOnly)
	}
	for _, credit := range d.Credits {
		who := namedPerson(board.Named{Account: credit.Account, Name: credit.Name, Handle: credit.Handle, Face: credit.Face})
		v.Credits = append(v.Credits, views.Credit{Person: who, Role: credit.Role, For: credit.WhatFor})
	}
	for _, m := range d.Milestones {
		v.Milestones = append(v.Milestones, views.MilestoneForm{ID: m.ID, Title: m.Title, Text: m.Text, On: m.On.Format(time.DateOnly), Picture: image(m.Picture)})
	}
	for _, r := range d.Rewards {
		v.Rewards = append(v.Rewards, rewardRow(r, false))
	}
	if d.Call != nil {
		v.Called = betaOf(d.ProductPage, 0)
		v.Call = views.CallForm{Words: d.Call.Words, Places: strconv.Itoa(d.Call.Places), Closes: p.inZone(d.Call.ClosesAt.Add(-time.Second)).Format(time.DateOnly)}
	}
	for _, a := range d.Applications {
		v.Testers = append(v.Testers, views.Tester{Person: namedPerson(a.Named), Words: a.Words, Status: a.Status, Reported: a.Reported, At: a.At})
	}
	return v
}

func (p *Pages) inZone(t time.Time) time.Time {
	if p.Zone == nil {
		return t.UTC()
	}
	return t.In(p.Zone)
}

func (p *Pages) today() string { return p.inZone(p.Now()).Format(time.DateOnly) }

// worked answers a form of the desk: back to its part, or where it was refused
// the desk as it is now, with what was typed.
func (p *Pages) worked(c *fiber.Ctx, part, what string, err error, typed func(*views.ProductDesk, *fault.Fault)) error {
	slug := request.Slug(c)
	if err == nil {
		return p.done(c, views.EditProductURL(slug)+part, what)
	}
	f := fault.Of(err)
	if f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return err
	}
	desk, gone := p.Board.ProductDesk(c.UserContext(), request.Actor(c), slug)
	if gone != nil {
		return gone
	}
	v := p.deskView(c, desk)
	typed(&v, f)
	return response.HTML(c, response.StatusOf(f), views.Desk(v))
}

// ProductSave takes what a product says of itself.
func (p *Pages) ProductSave(c *fiber.Ctx) error {
	return p.worked(c, "#about", "saved", p.changeProduct(c), func(v *views.ProductDesk, f *fault.Fault) {
		a := &v.About
		a.Name, a.Story = request.Field(c, "name"), request.Field(c, "story")
		a.ShopURL, a.PipelineSince, a.Errors = request.Field(c, "shop_url"), request.Field(c, "pipeline_since"), p.errors(c, f)
		if text, ok := a.Errors["shop_link"]; ok {
			delete(a.Errors, "shop_link")
			a.Errors["shop_url"] = text
		}
	})
}

func (p *Pages) changeProduct(c *fiber.Ctx) error {
	since, ok := day(request.Field(c, "pipeline_since"))
	if !ok {
		return errDay("pipeline_since")
	}
	name, story, shop := request.Field(c, "name"), request.Field(c, "story"), request.Field(c, "shop_url")
	change := products.Change{Name: &name, Story: &story, ShopLink: &shop, Provenance: &products.Provenance{PipelineSince: since}}
	actor := request.Actor(c)
	if actor.Decides() {
		id, err := p.chosenPicture(c, actor)
		if err != nil {
			return err
		}
		if id != "" {
			change.Picture = &id
		}
	}
	_, err := p.Products.Change(c.UserContext(), actor, request.Slug(c), change)
	return err
}

func errDay(field string) error {
	return fault.New(fault.Invalid, "invalid", "Some fields need another look.").With(field, "products.date")
}

// ProductStage moves a product on, with the words the public reads.
func (p *Pages) ProductStage(c *fiber.Ctx) error {
	to := products.Stage(request.Field(c, "stage"))
	change := products.Change{Stage: &to, StageWords: request.Field(c, "stage_words")}
	_, err := p.Products.Change(c.UserContext(), request.Actor(c), request.Slug(c), change)
	return p.worked(c, "#stage", "saved", err, func(v *views.ProductDesk, f *fault.Fault) {
		v.Move.To, v.Move.Words, v.Move.Errors = string(to), change.StageWords, p.errors(c, f)
	})
}

// ProductStageUndo takes the last stage back within the hour.
func (p *Pages) ProductStageUndo(c *fiber.Ctx) error {
	err := p.Products.UndoStage(c.UserContext(), request.Actor(c), request.Slug(c))
	return p.worked(c, "#stage", "undone", err, func(v *views.ProductDesk, f *fault.Fault) { v.Move.Errors = p.errors(c, f) })
}

// ProductCredit credits somebody by hand, or changes what for.
func (p *Pages) ProductCredit(c *fiber.Ctx) error {
	due := products.Due{Handle: request.Field(c, "credit_handle"), Role: request.Field(c, "credit_role"), WhatFor: request.Field(c, "credit_what_for")}
	err := p.Products.CreditAs(c.UserContext(), request.Actor(c), request.Slug(c), due)
	return p.worked(c, "#credits", "saved", err, func(v *views.ProductDesk, f *fault.Fault) {
		v.Credit = views.CreditForm{Handle: due.Handle, Role: due.Role, For: due.WhatFor, Errors: p.errorsAt(c, f, "credit_")}
	})
}

// ProductUncredit takes a credit away.
func (p *Pages) ProductUncredit(c *fiber.Ctx) error {
	err := p.Products.Uncredit(c.UserContext(), request.Actor(c), request.Slug(c), request.Field(c, "credit_handle"))
	return p.worked(c, "#credits", "saved", err, func(v *views.ProductDesk, f *fault.Fault) { v.Credit.Errors = p.errorsAt(c, f, "credit_") })
}
