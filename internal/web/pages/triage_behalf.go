package pages

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/triage"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// BehalfForm is the form of an idea that a customer gave by letter, by phone or
// in the shop.
func (p *Pages) BehalfForm(c *fiber.Ctx) error {
	if err := ideas.MayDecide(request.Actor(c)); err != nil {
		return err
	}
	form := views.BehalfForm{ConsentOn: p.terms().Today(p.Now()).Format(time.DateOnly)}
	return p.behalfForm(c, fiber.StatusOK, form, nil, nil)
}

func (p *Pages) behalfForm(c *fiber.Ctx, status int, form views.BehalfForm, pictures []ideas.Picture, f *fault.Fault) error {
	_, topics, err := p.Board.Counts(c.UserContext())
	if err != nil {
		return err
	}
	form.Sources = triage.Sources
	if form.Pictures, err = p.pictureOf(c, pictures); err != nil {
		return err
	}
	v := views.BehalfView{Shell: p.gate(c), Form: form, Topics: topicCounts(topics, request.Lang(c)), Errors: p.errors(c, f)}
	return response.HTML(c, status, views.OnBehalf(v))
}

// BehalfCreate enters it.
func (p *Pages) BehalfCreate(c *fiber.Ctx) error {
	actor := request.Actor(c)
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	text := p.ideaText(c)
	form := views.BehalfForm{
		Source: request.Field(c, "source"), Who: request.Field(c, "who"), ShownAs: request.Field(c, "shown_as"), Consented: request.Field(c, "consented") != "",
		Consent: request.Field(c, "consent"), ConsentOn: request.Field(c, "consent_on"),
		Title: text.Title, Story: text.Story, Topic: text.Topic, Tags: request.Field(c, "tags"),
	}
	idea, err := p.enter(c, form, &text)
	if err == nil {
		return response.SeeOther(c, views.IdeaURL(int64(idea.ID), idea.Slug), "triage_entered")
	}
	if f := fault.Of(err); f.Kind == fault.Invalid {
		return p.behalfForm(c, response.StatusOf(f), form, text.Pictures, f)
	}
	return err
}

func (p *Pages) enter(c *fiber.Ctx, form views.BehalfForm, text *ideas.Text) (ideas.Idea, error) {
	actor := request.Actor(c)
	if err := p.takePictures(c, actor, text); err != nil {
		return ideas.Idea{}, err
	}
	on, ok := day(form.ConsentOn)
	if !ok {
		on = nil // said as a day that is missing
	}
	if form.ShownAs == "" {
		form.ShownAs = views.Shell{Lang: request.Lang(c)}.T("views.behalf.someone")
	}
	return p.Triage.Enter(c.UserContext(), actor, triage.Entry{
		Text: *text, Source: form.Source, Who: form.Who, ShownAs: form.ShownAs, Consented: form.Consented, Consent: form.Consent, ConsentOn: on,
	})
}
