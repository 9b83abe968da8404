package api

import (
	"errors"
	"slices"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/clean"
	"prosumer/internal/ideas"
	"prosumer/internal/products"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
)

// AnswerIdea adds an official answer that leaves the status as it is.
func (a *API) AnswerIdea(c *fiber.Ctx, id wire.IdeaID) error {
	ctx, actor := c.UserContext(), request.Actor(c)
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	var in wire.AnswerInput
	if err := request.JSON(c, &in); err != nil {
		return err
	}
	if err := a.Ideas.Answer(ctx, actor, ideas.ID(id), in.AnswerHTML); err != nil {
		return ofAnswer(err)
	}
	page, err := a.Board.Idea(ctx, actor, ideas.ID(id))
	if err != nil {
		return err
	}
	entry := newest(page, func(e ideas.Entry) bool {
		return e.Kind == string(wire.HistoryEntryKindAnswer) && e.Actor == actor.ID
	})
	return response.JSON(c, fiber.StatusCreated, entry)
}

// DecideIdea moves an idea where the team wants it, with its public answer.
func (a *API) DecideIdea(c *fiber.Ctx, id wire.IdeaID) error {
	ctx, actor := c.UserContext(), request.Actor(c)
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	var in wire.DecisionInput
	if err := request.JSON(c, &in); err != nil {
		return err
	}
	if err := a.decide(c, actor, ideas.ID(id), in); err != nil {
		return err
	}
	idea, page, err := a.wholeIdea(c, ideas.ID(id))
	if err != nil {
		return err
	}
	result := wire.DecisionResult{
		Idea: idea,
		Entry: newest(page, func(e ideas.Entry) bool {
			return e.Kind == string(wire.HistoryEntryKindMove) && string(e.To) == string(in.Status)
		}),
	}
	if page.Product != nil {
		product, err := a.Board.Product(ctx, actor, page.Product.Slug)
		if err != nil {
			return err
		}
		written := toProduct(product)
		result.Product = &written
	}
	return response.JSON(c, fiber.StatusOK, result)
}

// decide checks what only the contract asks for, and then asks the domain.
func (a *API) decide(c *fiber.Ctx, actor accounts.Actor, id ideas.ID, in wire.DecisionInput) error {
	if !in.Status.Valid() {
		return remedy("status", "ideas.status_unknown")
	}
	if answer, err := clean.Typed(in.AnswerHTML); err == nil && answer.Empty() {
		return remedy("answer_html", remedyAnswer)
	}
	provenance, err := ofProvenance(in.Provenance)
	if err != nil {
		return err
	}
	if in.Status == wire.DecisionInputStatusAdopted {
		return a.adopt(c, actor, id, in, provenance)
	}
	if in.Status == wire.DecisionInputStatusMerged {
		if in.Into == nil {
			return remedy("into", remedyInto)
		}
		note, err := clean.Typed(in.AnswerHTML)
		if err != nil {
			return ofAnswer(err)
		}
		_, err = a.Merges.Merge(c.UserContext(), actor, id, ideas.ID(*in.Into), clean.Text(note))
		return err
	}
	if in.Into != nil {
		return remedy("into", remedyMerge)
	}
	for field, is := range map[string]bool{"product": in.Product != nil, "product_name": in.ProductName != nil, "provenance": in.Provenance != nil} {
		if is {
			return remedy(field, remedyAdoption)
		}
	}
	_, err = a.Ideas.Decide(c.UserContext(), actor, id, ideas.Decision{
		To: ideas.Status(in.Status), Answer: in.AnswerHTML, Reason: ideas.Reason(given(in.Reason)),
	})
	return ofAnswer(err)
}

func (a *API) adopt(c *fiber.Ctx, actor accounts.Actor, id ideas.ID, in wire.DecisionInput, p *products.Provenance) error {
	adoption := products.Adoption{Answer: in.AnswerHTML, Name: given(in.ProductName), Joins: given(in.Product)}
	if p != nil {
		adoption.PipelineSince = p.PipelineSince
	}
	_, err := a.Products.Adopt(c.UserContext(), actor, id, adoption)
	if errors.Is(err, products.ErrNotFound) {
		return remedy("product", products.ErrNotFound.Code)
	}
	return ofAnswer(inFields(err, "product", "product_name"))
}

// newest is the latest entry of an idea that fits. There is one: it has just
// been written.
func newest(page board.IdeaPage, fits func(ideas.Entry) bool) wire.HistoryEntry {
	for _, e := range slices.Backward(page.History) {
		if fits(e) {
			return toEntry(e, page.Contributor)
		}
	}
	return wire.HistoryEntry{}
}

// ofAnswer names the field of an answer as the contract does.
func ofAnswer(err error) error { return inFields(err, "answer", "answer_html", "body", "answer_html") }
