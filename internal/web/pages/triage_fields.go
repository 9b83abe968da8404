package pages

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/ideas"
	"prosumer/internal/web/request"
	"prosumer/internal/web/views"
)

// knownFields are the values of a template's fields that follow from an idea. A
// sealed tally is not among them: an answer is public.
func (p *Pages) knownFields(s views.Shell, page board.IdeaPage) map[string]string {
	known := map[string]string{"contributor": page.Contributor.Name, "title": page.Title, "date": s.Date(p.Now())}
	if page.Tally.Seal == challenges.Unsealed {
		known["votes"] = s.N(page.Tally.Voters)
	}
	return known
}

// answerOf is the answer of a form with its fields filled in: those that follow
// from the idea, and those typed beside it. Without script a template that was
// chosen stands for an answer that was left empty.
func (p *Pages) answerOf(c *fiber.Ctx, id ideas.ID) (string, error) {
	ctx, actor, answer := c.UserContext(), request.Actor(c), request.Field(c, "answer")
	if answer == "" && request.Field(c, "plain") != "" {
		body, err := p.templateBody(c)
		if err != nil {
			return "", err
		}
		answer = body
	}
	if !actor.Decides() {
		return answer, nil
	}
	left := ideas.FieldsIn(answer)
	if len(left) == 0 {
		return answer, nil
	}
	page, err := p.Board.Idea(ctx, actor, id)
	if err != nil {
		return "", err
	}
	values := p.knownFields(views.Shell{Lang: request.Lang(c), Zone: p.Zone}, page)
	for _, name := range left {
		if typed := trimmed(c, "field_"+name); typed != "" {
			values[name] = typed
		}
	}
	return ideas.FillFields(answer, values), nil
}

func (p *Pages) templateBody(c *fiber.Ctx) (string, error) {
	id, err := strconv.ParseInt(request.Field(c, "template"), 10, 64)
	if err != nil || !request.Actor(c).Decides() {
		return "", nil
	}
	list, err := p.Ideas.Templates(c.UserContext(), request.Actor(c))
	if err != nil {
		return "", err
	}
	for _, t := range list {
		if t.ID == id {
			return t.Body, nil
		}
	}
	return "", nil
}

// fieldsLeft asks for what an answer still needs.
func fieldsLeft(c *fiber.Ctx, answer string) []views.AnswerField {
	var list []views.AnswerField
	for _, name := range ideas.FieldsIn(answer) {
		list = append(list, views.AnswerField{Name: name, Value: trimmed(c, "field_"+name)})
	}
	return list
}
