package pages

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/ideas"
	"prosumer/internal/shortlists"
	"prosumer/internal/web/request"
)

// positive reads a positive number of a form.
func positive(typed string) (int64, bool) {
	n, err := strconv.ParseInt(typed, 10, 64)
	return n, err == nil && n > 0
}

// ShortlistTop puts the best of the list's challenge on it.
func (p *Pages) ShortlistTop(c *fiber.Ctx) error {
	return p.changeShortlist(c, "top", "shortlist_put", func(id shortlists.ID) error {
		n, _ := strconv.Atoi(strings.TrimSpace(request.Field(c, "n")))
		_, err := p.Shortlists.PutTop(c.UserContext(), request.Actor(c), id, n)
		return err
	})
}

// ShortlistTake takes an idea off a list.
func (p *Pages) ShortlistTake(c *fiber.Ctx) error {
	return p.changeShortlist(c, "", "shortlist_taken", func(id shortlists.ID) error {
		idea, _ := positive(request.Field(c, "idea"))
		return p.Shortlists.Take(c.UserContext(), request.Actor(c), id, ideas.ID(idea))
	})
}

// ShortlistOrder arranges a list: one idea by some places, or all of them.
func (p *Pages) ShortlistOrder(c *fiber.Ctx) error {
	return p.changeShortlist(c, "", "", func(id shortlists.ID) error {
		if by, err := strconv.Atoi(request.Field(c, "by")); err == nil {
			idea, _ := positive(request.Field(c, "idea"))
			return p.Shortlists.Shift(c.UserContext(), request.Actor(c), id, ideas.ID(idea), by)
		}
		var order []ideas.ID
		for _, typed := range request.Fields(c, "order") {
			if n, ok := positive(typed); ok {
				order = append(order, ideas.ID(n))
			}
		}
		return p.Shortlists.Arrange(c.UserContext(), request.Actor(c), id, order)
	})
}

// ShortlistCriterion adds, changes or removes a criterion.
func (p *Pages) ShortlistCriterion(c *fiber.Ctx) error {
	return p.changeShortlist(c, "criterion", "saved", func(id shortlists.ID) error {
		n, _ := positive(request.Field(c, "criterion"))
		which := shortlists.CriterionID(n)
		if request.Field(c, "remove") != "" {
			return p.Shortlists.RemoveCriterion(c.UserContext(), request.Actor(c), id, which)
		}
		// A weight is typed as people write numbers: 2.5 or 2,5. What is none is 0, which is refused.
		weight, _ := strconv.ParseFloat(strings.Replace(strings.TrimSpace(request.Field(c, "weight")), ",", ".", 1), 64)
		return p.Shortlists.PutCriterion(c.UserContext(), request.Actor(c), id, shortlists.Criterion{ID: which, Name: request.Field(c, "name"), Weight: weight})
	})
}
