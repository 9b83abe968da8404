package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/cocreation"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// addCocreation fills what went into the idea, who is asked to co-create it, and
// what the viewer may do about either.
func (p *Pages) addCocreation(c *fiber.Ctx, v *views.IdeaView, page *ideaPage) error {
	if !page.Status.Public() && page.Status != ideas.Merged || page.Hidden {
		return nil
	}
	actor := request.Actor(c)
	work := &views.IdeaCocreation{}
	for _, t := range page.taken {
		work.Taken = append(work.Taken, views.TakenIn{
			Comment: int64(t.Comment), WhatFor: t.WhatFor, At: t.At, Version: valueOf(t.Version),
			By: views.Person{ID: int64(t.Account), Name: t.Name, Handle: t.Handle, Picture: image(media.Face(t.Face))},
		})
	}
	if !actor.Visitor() {
		p.addInvitations(c, v, work, page)
	}
	v.Cocreation = work
	return nil
}

func (p *Pages) addInvitations(c *fiber.Ctx, v *views.IdeaView, work *views.IdeaCocreation, page *ideaPage) {
	actor := request.Actor(c)
	open := cocreation.Open(page.Status)
	for _, i := range page.invitations {
		shown := views.Invitation{ID: i.ID, WhatFor: i.WhatFor, At: i.At, Status: i.Status, By: views.Person{ID: int64(i.Account), Name: i.Name, Handle: i.Handle, Picture: image(media.Face(i.Face))}}
		if i.Account == actor.ID {
			work.Mine = &shown
			work.Late = !open
		} else {
			work.Invited = append(work.Invited, shown)
		}
	}
	work.MayInvite = v.Mine && open
	if v.Merge != nil && open {
		for _, other := range v.Merge.CoCreators {
			work.MayLeave = work.MayLeave || other.ID == int64(actor.ID)
		}
	}
}

func valueOf(n *int) int {
	if n == nil {
		return 0
	}
	return *n
}

// inviteRefused shows the idea's page with the form as it was typed.
func (p *Pages) inviteRefused(c *fiber.Ctx, id ideas.ID, err error) error {
	f := fault.Of(err)
	if f.Kind != fault.Invalid && f.Kind != fault.Conflict && f.Kind != fault.TooMany {
		return err
	}
	v, failed := p.ideaNow(c, id)
	if failed != nil {
		return failed
	}
	if v.Cocreation == nil || !v.Cocreation.MayInvite {
		return err
	}
	v.Cocreation.Handle, v.Cocreation.WhatFor, v.Cocreation.Errors = request.Field(c, "handle"), request.Field(c, "what_for"), p.errors(c, f)
	return response.HTML(c, response.StatusOf(f), views.Idea(v))
}
