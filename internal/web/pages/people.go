package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
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
	page, err := p.Board.People(c.UserContext(), period == "month", request.Query(c, "after"), peopleOnPage)
	if err != nil {
		return err
	}
	v := views.PeopleView{Shell: p.Shell(c), Period: period, Next: page.Next}
	for _, r := range page.Items {
		v.People = append(v.People, views.Ranked{Rank: r.Rank, Person: person(r.Person), Bio: r.Bio, Standing: r.Standing, Ideas: r.Ideas, Adopted: r.Adopted, Votes: r.VotesReceived})
	}
	return response.HTML(c, fiber.StatusOK, views.People(v))
}

// Person is a public profile.
func (p *Pages) Person(c *fiber.Ctx) error {
	actor, lang := request.Actor(c), request.Lang(c)
	profile, err := p.Board.Profile(c.UserContext(), actor, request.Handle(c), request.Query(c, "after"))
	if err != nil {
		return err
	}
	v := views.PersonView{
		Shell: p.Shell(c), Person: person(profile.Person), Bio: profile.Bio, Links: profile.Links, Since: profile.Since,
		NameOnly: profile.Visibility != accounts.Full, Mine: !actor.Visitor() && actor.ID == profile.ID, Rank: profile.Rank, RankedOf: profile.RankedOf,
		Standing: profile.Standing, Proposed: profile.Ranked.Ideas, VotesGot: profile.VotesReceived, AdoptedN: profile.Ranked.Adopted, LaunchedN: profile.Launched,
		Adopted: p.cards(actor, lang, profile.Adopted), Ideas: p.cards(actor, lang, profile.Ideas.Items), Next: profile.Ideas.Next,
	}
	v.Title, v.Description = profile.Name, profile.Bio
	v.Person.Handle = profile.Handle
	for _, credit := range profile.Credits {
		v.Credits = append(v.Credits, views.PersonCredit{
			Product: views.ProductLink{ID: credit.Product.ID, Slug: credit.Product.Slug, Name: credit.Product.Name},
			Stage:   credit.Stage, For: credit.WhatFor, Cover: image(credit.Picture),
		})
	}
	return response.HTML(c, fiber.StatusOK, views.PersonPage(v))
}
