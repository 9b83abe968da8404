package pages

import (
	"net/url"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/i18n"
	"prosumer/internal/ideas"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// Studio is the team's board, as lanes or as a list. Asked for without anything it
// opens with the view that the member chose.
func (p *Pages) Studio(c *fiber.Ctx) error {
	actor, asked := request.Actor(c), studioAsked(c)
	q := p.studioQuery(asked)
	frame, err := p.Board.StudioFrame(c.UserContext(), actor, q)
	if err != nil {
		return err
	}
	if len(c.Request().URI().QueryString()) == 0 {
		for _, v := range frame.Views {
			if v.Default && v.Query != "" {
				return response.SeeOther(c, views.StudioURL+"?"+v.Query, "")
			}
		}
	}
	around, err := p.studioFrame(c, asked, frame)
	if err != nil {
		return err
	}
	return p.studioShow(c, fiber.StatusOK, around, q, frame)
}

func (p *Pages) studioShow(c *fiber.Ctx, status int, around views.StudioFrame, q board.StudioQuery, frame board.StudioFrame) error {
	if around.Query.View == views.StudioList {
		return p.studioList(c, status, around, q, frame)
	}
	return p.studioLanes(c, status, around, q, frame)
}

// studioAsked reads the address. One that names a status or a page of the list
// asks for the list.
func studioAsked(c *fiber.Ctx) views.StudioQuery {
	return studioSaid(func(name string) string { return request.Query(c, name) })
}

// studioWritten reads the filters that a form carries, as they stand in an address.
func studioWritten(filters string) views.StudioQuery {
	values, err := url.ParseQuery(filters)
	if err != nil {
		return views.StudioQuery{}
	}
	return studioSaid(values.Get)
}

func studioSaid(said func(name string) string) views.StudioQuery {
	asked := views.StudioQuery{
		View: said("view"), Status: said("status"), Topic: said("topic"), Challenge: said("challenge"), Owner: said("owner"),
		Waiting: said("waiting") != "", Overdue: said("overdue") != "", Rising: said("rising") != "", Q: said("q"), After: said("after"),
	}
	if asked.View != views.StudioList && (asked.Status != "" || asked.After != "") {
		asked.View = views.StudioList
	}
	return asked
}

func (p *Pages) studioQuery(asked views.StudioQuery) board.StudioQuery {
	q := board.StudioQuery{
		Q: asked.Q, Topic: asked.Topic, Challenge: asked.Challenge, Owner: asked.Owner,
		Waiting: asked.Waiting, Overdue: asked.Overdue, Rising: asked.Rising, After: asked.After, Terms: p.terms(),
	}
	if asked.Status != "" {
		for word := range strings.SplitSeq(asked.Status, ",") {
			q.Statuses = append(q.Statuses, ideas.Status(word))
		}
	}
	return q
}

func (p *Pages) studioFrame(c *fiber.Ctx, asked views.StudioQuery, frame board.StudioFrame) (views.StudioFrame, error) {
	_, topics, err := p.Board.Counts(c.UserContext())
	if err != nil {
		return views.StudioFrame{}, err
	}
	f := views.StudioFrame{Shell: p.gate(c), Query: asked, Unanswered: frame.Unanswered, Topics: topicCounts(topics, request.Lang(c))}
	f.Watch = []string{"board"}
	for _, h := range frame.Challenges {
		f.Challenges = append(f.Challenges, views.Topic{Slug: h.Slug, Name: h.Title})
	}
	for _, member := range frame.Team {
		f.Team = append(f.Team, person(member))
	}
	now := asked
	now.After = ""
	for _, v := range frame.Views {
		saved := views.SavedView{ID: v.ID, Name: v.Name, Query: v.Query, Shared: v.Shared, Default: v.Default, Current: v.Query != "" && v.Query == now.Filters()}
		if v.Owner != request.Actor(c).ID {
			saved.By = v.OwnerName
		}
		f.Saved = append(f.Saved, saved)
	}
	return f, nil
}

func (p *Pages) studioLanes(c *fiber.Ctx, status int, around views.StudioFrame, q board.StudioQuery, frame board.StudioFrame) error {
	tickets, err := p.Board.LaneTickets(c.UserContext(), request.Actor(c), q)
	if err != nil {
		return err
	}
	v := views.LanesView{StudioFrame: around}
	for n, lane := range board.Lanes {
		column := views.LaneView{Key: lane.Key}
		for _, s := range lane.Statuses {
			column.Statuses = append(column.Statuses, string(s))
			column.Ideas += frame.Counts[s]
		}
		if column.Ideas == 0 && lane.Key == string(ideas.Held) {
			continue // there only while a moderator has something to do
		}
		for _, t := range tickets[n] {
			column.Tickets = append(column.Tickets, p.ticket(t, request.Lang(c)))
		}
		v.Lanes = append(v.Lanes, column)
	}
	return response.HTML(c, status, views.Lanes(v))
}

func (p *Pages) studioList(c *fiber.Ctx, status int, around views.StudioFrame, q board.StudioQuery, frame board.StudioFrame) error {
	page, err := p.Board.Studio(c.UserContext(), request.Actor(c), q)
	if err != nil {
		return err
	}
	v := views.StudioView{StudioFrame: around, Next: page.Next}
	all := 0
	for _, s := range ideas.Statuses {
		if n := frame.Counts[s]; n > 0 || slices.Contains(q.Statuses, s) {
			v.Statuses = append(v.Statuses, views.StatusCount{Status: string(s), Ideas: n})
			all += n
		}
	}
	v.Statuses = append([]views.StatusCount{{Ideas: all}}, v.Statuses...)
	for _, t := range page.Items {
		v.Ideas = append(v.Ideas, p.ticket(t, request.Lang(c)))
	}
	return response.HTML(c, status, views.Studio(v))
}

func (p *Pages) ticket(t board.Ticket, lang i18n.Lang) views.StudioRow {
	row := views.StudioRow{
		ID: int64(t.ID), Slug: t.Slug, Title: t.Title, Status: string(t.Status), Hidden: t.Hidden, Cover: image(t.Cover), Contributor: t.Contributor, Challenge: t.Challenge,
		Voters: t.Tally.Voters, WouldBuy: t.Tally.WouldBuy, Staff: t.Tally.Staff, Scored: t.Scored, Scores: t.Tally.Scores, ProposedAt: t.ProposedAt(), Answered: t.Came.AnsweredAt != nil,
	}
	for _, s := range ideas.Next(t.Status) {
		row.Next = append(row.Next, string(s))
	}
	if t.Owner != nil {
		row.Owner = person(*t.Owner)
	}
	if t.Topic != nil {
		row.Topic = t.Topic.Name(string(lang))
	}
	row.Due, row.Decision = t.Due(p.terms())
	row.Late = !row.Due.IsZero() && row.Due.Before(p.Now())
	if t.Status == ideas.Parked && t.Came.DecideBy != nil {
		row.Again = *t.Came.DecideBy
	}
	return row
}
