package pages

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/comments"
	"prosumer/internal/ideas"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// TakeUp takes a comment up into its idea, or takes that back. Who wants to work
// it in at once goes on to the form of the idea.
func (p *Pages) TakeUp(c *fiber.Ctx) error {
	n, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	actor, id := request.Actor(c), comments.ID(n)
	if request.Field(c, "act") == "undo" {
		if _, err := p.Cocreation.UndoTakeUp(c.UserContext(), actor, id); err != nil {
			return err
		}
		return response.SeeOther(c, views.CommentURL(n), "take_up_undone")
	}
	text := request.Field(c, "text")
	taken, err := p.Cocreation.TakeUp(c.UserContext(), actor, id, request.Field(c, "what_for"), text == "written")
	if err != nil {
		return err
	}
	if text == "now" {
		if idea, err := p.Ideas.ByID(c.UserContext(), actor, taken.Idea); err == nil && ideas.MayRevise(actor, idea) == nil {
			return response.SeeOther(c, views.WorkInURL(int64(taken.Idea), taken.ID), "taken_up")
		}
	}
	return response.SeeOther(c, views.CommentURL(n), "taken_up")
}

// Invite asks somebody to co-create one's idea.
func (p *Pages) Invite(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	if err := p.Cocreation.Invite(c.UserContext(), request.Actor(c), id, request.Field(c, "handle"), request.Field(c, "what_for")); err != nil {
		return p.inviteRefused(c, id, err)
	}
	return response.SeeOther(c, views.IdeaURL(int64(id), "")+"#co-creators", "invited")
}

// AnswerInvitation accepts, declines, or takes back.
func (p *Pages) AnswerInvitation(c *fiber.Ctx) error {
	n, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	var idea ideas.ID
	flash := "invitation_declined"
	switch request.Field(c, "act") {
	case "accept":
		flash = "invitation_accepted"
		idea, err = p.Cocreation.Answer(c.UserContext(), request.Actor(c), n, true)
	case "withdraw":
		flash = "invitation_withdrawn"
		idea, err = p.Cocreation.Withdraw(c.UserContext(), request.Actor(c), n)
	default:
		idea, err = p.Cocreation.Answer(c.UserContext(), request.Actor(c), n, false)
	}
	if err != nil {
		return err
	}
	return response.SeeOther(c, views.IdeaURL(int64(idea), "")+"#co-creators", flash)
}

// LeaveIdea takes one's own name off an idea.
func (p *Pages) LeaveIdea(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	if err := p.Cocreation.Leave(c.UserContext(), request.Actor(c), id); err != nil {
		return p.notAsThought(c, id, err)
	}
	return response.SeeOther(c, views.IdeaURL(int64(id), ""), "left_idea")
}

// workedIn is the thing taken up that an edit of the idea works in; nil where
// the form names none, or none that stands.
func (p *Pages) workedIn(c *fiber.Ctx, idea ideas.ID, named string) *views.WorkedIn {
	id, err := strconv.ParseInt(named, 10, 64)
	if err != nil {
		return nil
	}
	taken, err := p.Cocreation.TakenByID(c.UserContext(), id)
	if err != nil || taken.Idea != idea {
		return nil
	}
	return &views.WorkedIn{ID: taken.ID, Comment: int64(taken.Comment), By: taken.Name, WhatFor: taken.WhatFor}
}

// builtOn is the idea that a new one is to build on; nil where there is none
// that everybody can see.
func (p *Pages) builtOn(c *fiber.Ctx, of *ideas.ID) *views.BuiltOn {
	if of == nil {
		return nil
	}
	page, err := p.Board.Idea(c.UserContext(), request.Actor(c), *of)
	if err != nil || !page.Status.Public() || page.Hidden {
		return nil
	}
	return &views.BuiltOn{Idea: views.IdeaLink{ID: int64(page.ID), Slug: page.Slug, Title: page.Title}, By: person(page.Contributor), Topic: topicOf(page.Topic, request.Lang(c)).Slug, Tags: page.Tags}
}

// namedIdea reads the number of an idea as forms and addresses carry it.
func namedIdea(typed string) *ideas.ID {
	n, err := strconv.ParseInt(typed, 10, 64)
	if err != nil || n <= 0 {
		return nil
	}
	id := ideas.ID(n)
	return &id
}
