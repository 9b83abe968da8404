package pages

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/fault"
	"prosumer/internal/products"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// Made lists the products that came of ideas.
func (p *Pages) Made(c *fiber.Ctx) error {
	page, err := p.Board.Products(c.UserContext(), request.Actor(c), request.Query(c, "after"), productsOnPage)
	if err != nil {
		return err
	}
	v := views.MadeView{Shell: p.Shell(c), Next: page.Next}
	for _, product := range page.Items {
		card := views.ProductCard{ID: int64(product.ID), Slug: product.Slug, Name: product.Name, Stage: string(product.Stage), Cover: image(product.Picture)}
		for _, credit := range creditsOf(product.Credits) {
			card.By = append(card.By, credit.Person)
		}
		v.Products = append(v.Products, card)
	}
	return response.HTML(c, fiber.StatusOK, views.Made(v))
}

// Product is the page of one product.
func (p *Pages) Product(c *fiber.Ctx) error {
	product, err := p.Board.Product(c.UserContext(), request.Actor(c), request.Slug(c))
	if err != nil {
		return err
	}
	return response.HTML(c, fiber.StatusOK, views.Product(p.productView(c, product)))
}

func (p *Pages) productView(c *fiber.Ctx, product board.Product) views.ProductView {
	actor := request.Actor(c)
	v := views.ProductView{
		Shell: p.Shell(c), ID: int64(product.ID), Slug: product.Slug, Name: product.Name, Stage: string(product.Stage), Cover: image(product.Picture),
		Story: product.Story, Ideas: p.cards(actor, request.Lang(c), product.Ideas), Credits: creditsOf(product.Credits), AdoptedAt: product.CreatedAt, ShopURL: product.ShopLink,
	}
	v.Title = product.Name
	if product.PipelineSince != nil {
		v.PipelineSince = *product.PipelineSince
	}
	if actor.Decides() {
		e := &views.ProductEdit{Name: product.Name, Story: product.Story.String(), Stage: string(product.Stage), ShopURL: product.ShopLink}
		for _, stage := range products.Stages {
			e.Stages = append(e.Stages, string(stage))
		}
		if product.PipelineSince != nil {
			e.PipelineSince = product.PipelineSince.Format(time.DateOnly)
		}
		v.Edit = e
	}
	return v
}

// ProductSave takes the team's form.
func (p *Pages) ProductSave(c *fiber.Ctx) error {
	slug := request.Slug(c)
	err := p.changeProduct(c, slug)
	if err == nil {
		return response.SeeOther(c, views.ProductURL(slug), "saved")
	}
	f := fault.Of(err)
	if f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return err
	}
	product, found := p.Board.Product(c.UserContext(), request.Actor(c), slug)
	if found != nil {
		return found
	}
	v := p.productView(c, product)
	if e := v.Edit; e != nil {
		e.Name, e.Story, e.Stage = request.Field(c, "name"), request.Field(c, "story"), request.Field(c, "stage")
		e.ShopURL, e.PipelineSince = request.Field(c, "shop_url"), request.Field(c, "pipeline_since")
		e.Errors = p.errors(c, f)
		if text, ok := e.Errors["shop_link"]; ok {
			e.Errors["shop_url"] = text
		}
	}
	return response.HTML(c, response.StatusOf(f), views.Product(v))
}

func (p *Pages) changeProduct(c *fiber.Ctx, slug string) error {
	since, ok := day(request.Field(c, "pipeline_since"))
	if !ok {
		return fault.New(fault.Invalid, "invalid", "Some fields need another look.").With("pipeline_since", "products.date")
	}
	name, story, shop, stage := request.Field(c, "name"), request.Field(c, "story"), request.Field(c, "shop_url"), products.Stage(request.Field(c, "stage"))
	change := products.Change{Name: &name, Story: &story, ShopLink: &shop, Stage: &stage, Provenance: &products.Provenance{PipelineSince: since}}
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
	_, err := p.Products.Change(c.UserContext(), actor, slug, change)
	return err
}
