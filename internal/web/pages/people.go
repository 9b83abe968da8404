package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// People is the hall of fame.
func (p *Pages) People(c *fiber.Ctx) error {
	period := ""
	if request.Query(c, "period") == "month" {
		period = "month"
	}
	h := board.Hall{Month: period == "month", Topic: request.Query(c, "topic"), Newcomers: request.Query(c, "among") == "new", After: request.Query(c, "after"), Limit: peopleOnPage}
	page, err := p.Board.Hall(c.UserContext(), h)
	if err != nil {
		return err
	}
	v := views.PeopleView{Shell: p.Shell(c), Hall: views.Hall{Period: period, Topic: h.Topic}, Next: page.Next}
	if h.Newcomers {
		v.Hall.Among = "new"
	}
	_, topics, err := p.Board.Counts(c.UserContext())
	if err != nil {
		return err
	}
	v.Topics = topicCounts(topics, v.Lang)
	for _, r := range page.Items {
		v.People = append(v.People, views.Ranked{Rank: r.Rank, Person: person(r.Person), Bio: r.Bio, Standing: r.Standing, Ideas: r.Ideas, Adopted: r.Adopted, Votes: r.VotesReceived})
	}
	return response.HTML(c, fiber.StatusOK, views.People(v))
}
