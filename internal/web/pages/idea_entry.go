package pages

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/challenges"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// addEntry fills what the contributor may do about challenges.
func (p *Pages) addEntry(c *fiber.Ctx, v *views.IdeaView, page *ideaPage) error {
	if !v.Mine || page.Hidden {
		return nil
	}
	if page.Challenge != nil {
		return p.addLeave(c, v, page)
	}
	if page.Status != ideas.Open {
		return nil
	}
	list, err := p.entryChoices(c)
	if err != nil {
		return err
	}
	anyVotes := page.Tally.Voters > 0 || page.Tally.Staff > 0
	var open []views.EntryChoice
	for _, choice := range list {
		if !choice.Score || !anyVotes {
			choice.Held = false // what is open already waits for nobody
			open = append(open, choice)
		}
	}
	if len(open) > 0 {
		v.Entry = &views.IdeaEntry{Challenges: open}
	}
	return nil
}

func (p *Pages) addLeave(c *fiber.Ctx, v *views.IdeaView, page *ideaPage) error {
	if page.Status != ideas.Open && page.Status != ideas.Held || page.Tally.Voters > 0 || page.Tally.Staff > 0 {
		return nil
	}
	ch, err := p.Challenges.BySlug(c.UserContext(), page.Challenge.Slug)
	if err == nil && p.Now().Before(ch.Dates.EntriesClose) {
		v.Entry = &views.IdeaEntry{Leave: true, LeaveUntil: ch.Dates.EntriesClose}
	}
	return err
}

// entryChoices are the challenges that take ideas now.
func (p *Pages) entryChoices(c *fiber.Ctx) ([]views.EntryChoice, error) {
	open, err := p.Challenges.Open(c.UserContext())
	list := make([]views.EntryChoice, len(open))
	for i, ch := range open {
		list[i] = views.EntryChoice{
			Slug: ch.Slug, Title: ch.Title, Question: ch.Question, Closes: ch.Dates.EntriesClose, Terms: ch.Terms,
			Score: ch.Ballot == challenges.Score, Held: ch.Premoderated,
		}
	}
	return list, err
}

// chosenEntry reads which challenge a form chose, and which version of its terms was
// accepted; 0 for none.
func chosenEntry(c *fiber.Ctx) (slug string, terms int) {
	slug = request.Field(c, "challenge")
	for _, accepted := range request.Fields(c, "accept_challenge") {
		of, version, _ := strings.Cut(accepted, ":")
		if of == slug {
			terms = number(version)
		}
	}
	return slug, terms
}

// number reads a small number; 0 for anything else.
func number(typed string) int {
	n, err := strconv.ParseInt(typed, 10, 32)
	if err != nil || n < 0 {
		return 0
	}
	return int(n)
}

// Enter puts the contributor's own idea into a challenge.
func (p *Pages) Enter(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	slug, terms := chosenEntry(c)
	if err := p.Ideas.Enter(c.UserContext(), request.Actor(c), id, slug, terms); err != nil {
		return p.entryRefused(c, id, err)
	}
	return response.SeeOther(c, views.IdeaURL(int64(id), ""), "entered")
}

// Leave takes the contributor's own entry out of its challenge.
func (p *Pages) Leave(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	if err := p.Ideas.Leave(c.UserContext(), request.Actor(c), id); err != nil {
		return p.entryRefused(c, id, err)
	}
	return response.SeeOther(c, views.IdeaURL(int64(id), ""), "left_challenge")
}

// entryRefused shows the idea as it is now, with the terms as they are now.
func (p *Pages) entryRefused(c *fiber.Ctx, id ideas.ID, err error) error {
	if f := fault.Of(err); f.Kind == fault.Invalid {
		err = &fault.Fault{Kind: fault.Conflict, Code: f.Code, Text: f.Text}
	}
	return p.notAsThought(c, id, err)
}
