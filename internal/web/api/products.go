package api

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/clean"
	"prosumer/internal/ideas"
	"prosumer/internal/products"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
)

// ListProducts lists what came of ideas.
func (a *API) ListProducts(c *fiber.Ctx, params wire.ListProductsParams) error {
	limit, err := limitOf(params.Limit)
	if err != nil {
		return err
	}
	page, err := a.Board.Products(c.UserContext(), request.Actor(c), given(params.After), limit)
	if err != nil {
		return ofAfter(err)
	}
	return response.JSON(c, fiber.StatusOK, wire.ProductList{Items: each(page.Items, toProduct), Next: nullable(page.Next)})
}

// CreateProduct makes one product of several ideas.
func (a *API) CreateProduct(c *fiber.Ctx) error {
	actor := request.Actor(c)
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	var in wire.ProductInput
	if err := request.JSON(c, &in); err != nil {
		return err
	}
	if answer, err := clean.Typed(in.AnswerHTML); err == nil && answer.Empty() {
		return remedy("answer_html", remedyAnswer)
	}
	provenance, err := ofProvenance(in.Provenance)
	if err != nil {
		return err
	}
	adoption := products.Adoption{Answer: in.AnswerHTML, Name: given(in.Name)}
	if provenance != nil {
		adoption.PipelineSince = provenance.PipelineSince
	}
	list := make([]ideas.ID, len(in.Ideas))
	for i, id := range in.Ideas {
		list[i] = ideas.ID(id)
	}
	made, err := a.Products.AdoptTogether(c.UserContext(), actor, list, adoption)
	if err != nil {
		return ofAnswer(inFields(err, "product", "name"))
	}
	product, err := a.Board.Product(c.UserContext(), actor, made.Slug)
	if err != nil {
		return err
	}
	c.Location(Base + "/products/" + made.Slug)
	return response.JSON(c, fiber.StatusCreated, toProduct(product))
}

// ShowProduct gives one product.
func (a *API) ShowProduct(c *fiber.Ctx, slug string) error {
	if !clean.ValidText(slug) {
		return products.ErrNotFound
	}
	product, err := a.Board.Product(c.UserContext(), request.Actor(c), slug)
	if err != nil {
		return err
	}
	return response.JSON(c, fiber.StatusOK, toProduct(product))
}

// ReviseProduct changes what is given of a product.
func (a *API) ReviseProduct(c *fiber.Ctx, slug string) error {
	actor := request.Actor(c)
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	if !clean.ValidText(slug) {
		return products.ErrNotFound
	}
	var patch wire.ProductPatch
	if err := readPatch(c, &patch); err != nil {
		return err
	}
	provenance, err := ofProvenance(patch.Provenance)
	if err != nil {
		return err
	}
	change := products.Change{
		Name: patch.Name, Story: patch.StoryHTML, ShopLink: patch.ShopLink, Stage: (*products.Stage)(patch.Stage), Provenance: provenance,
	}
	stored, err := a.Products.Change(c.UserContext(), actor, slug, change)
	if err != nil {
		return ofStory(err)
	}
	return a.ShowProduct(c, stored.Slug)
}
