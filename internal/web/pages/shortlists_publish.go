package pages

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/shortlists"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// ShortlistDecisions previews the decisions that a list's team prepared.
func (p *Pages) ShortlistDecisions(c *fiber.Ctx) error {
	id, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	return p.shortlistDecisions(c, fiber.StatusOK, shortlists.ID(id), "", nil)
}

func (p *Pages) shortlistDecisions(c *fiber.Ctx, status int, id shortlists.ID, refused string, problems []shortlists.Problem) error {
	sheet, err := p.sheet(c, id)
	if err != nil {
		return err
	}
	why := map[int64]string{} // what showed only when it was tried
	for _, problem := range problems {
		why[int64(problem.Idea)] = p.problemWord(c, problem)
	}
	v := views.ShortlistDecisionsView{Shell: p.gate(c), List: shortlistHead(sheet.List), Refused: refused}
	for _, e := range p.shortlistEntries(c, sheet) {
		switch {
		case !e.Prepared.Waits():
			if e.Prepared == nil {
				v.Undone++
			}
			continue
		case e.Prepared.Why == "":
			e.Prepared.Why = why[e.Idea]
		}
		v.Entries = append(v.Entries, e)
	}
	return response.HTML(c, status, views.ShortlistDecisions(v))
}

// ShortlistPublish publishes the prepared decisions of a list: all or none.
func (p *Pages) ShortlistPublish(c *fiber.Ctx) error {
	id, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	seen, err := strconv.ParseInt(request.Field(c, "seen"), 10, 64)
	if err != nil {
		seen = -1 // nobody looked at that
	}
	_, problems, err := p.Shortlists.Publish(c.UserContext(), request.Actor(c), shortlists.ID(id), seen)
	if f := fault.Of(err); err != nil && f.Kind == fault.Conflict {
		return p.shortlistDecisions(c, response.StatusOf(f), shortlists.ID(id), response.Sentence(request.Lang(c), f), problems)
	}
	if err != nil {
		return err
	}
	return response.SeeOther(c, views.ShortlistURL(id), "decisions_published")
}

// ShortlistCompare lays two to five ideas of a list side by side.
func (p *Pages) ShortlistCompare(c *fiber.Ctx) error {
	id, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	sheet, err := p.sheet(c, shortlists.ID(id))
	if err != nil {
		return err
	}
	var chosen []ideas.ID
	for _, typed := range c.Request().URI().QueryArgs().PeekMulti("idea") {
		if n, ok := positive(string(typed)); ok {
			chosen = append(chosen, ideas.ID(n))
		}
	}
	picked, err := sheet.Compare(chosen)
	if err != nil {
		return p.shortlistRefused(c, shortlists.ID(id), "", err)
	}
	of := sheet
	of.Entries = picked
	v := views.ShortlistCompareView{Shell: p.gate(c), List: shortlistHead(sheet.List), Criteria: shortlistCriteria(sheet), Entries: p.shortlistEntries(c, of)}
	ranked := 0
	for _, e := range sheet.Entries {
		if e.Review.Rank > 0 {
			ranked++
		}
	}
	for i := range v.Entries {
		v.Entries[i].Team.Of = ranked // a rank is of the whole list
	}
	return response.HTML(c, fiber.StatusOK, views.ShortlistCompare(v))
}
