package pages

import (
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/fault"
	"prosumer/internal/products"
	"prosumer/internal/web/request"
	"prosumer/internal/web/views"
)

// part is the number of a milestone or reward in the address; 0 for a new one.
func part(c *fiber.Ctx) (int64, error) {
	if c.Params("id") == "" {
		return 0, nil
	}
	return request.Number(c, "id")
}

// MilestoneSave adds a milestone, or changes one.
func (p *Pages) MilestoneSave(c *fiber.Ctx) error {
	id, err := part(c)
	if err != nil {
		return err
	}
	prefix := "milestone_"
	if id != 0 {
		prefix += strconv.FormatInt(id, 10) + "_"
	}
	typed := views.MilestoneForm{ID: id, Title: request.Field(c, prefix+"title"), Text: request.Field(c, prefix+"text"), On: request.Field(c, prefix+"on")}
	return p.worked(c, "#milestones", "saved", p.saveMilestone(c, typed), func(v *views.ProductDesk, f *fault.Fault) {
		typed.Errors = p.errorsAt(c, f, prefix)
		if id == 0 {
			v.Milestone = typed
		}
		for i, m := range v.Milestones {
			if m.ID == id {
				typed.Picture = m.Picture
				v.Milestones[i] = typed
			}
		}
	})
}

func (p *Pages) saveMilestone(c *fiber.Ctx, typed views.MilestoneForm) error {
	on, ok := day(typed.On)
	if !ok {
		return errDay("on")
	}
	m, actor := products.Milestone{ID: typed.ID, Title: typed.Title, Text: typed.Text, On: on}, request.Actor(c)
	if actor.Decides() {
		picture, err := p.chosenPicture(c, actor)
		if err != nil {
			return err
		}
		if picture != "" {
			m.Picture = &picture
		}
	}
	return p.Products.SaveMilestone(c.UserContext(), actor, request.Slug(c), m)
}

// MilestoneRemove takes a milestone off.
func (p *Pages) MilestoneRemove(c *fiber.Ctx) error {
	id, err := part(c)
	if err != nil {
		return err
	}
	err = p.Products.RemoveMilestone(c.UserContext(), request.Actor(c), request.Slug(c), id)
	return p.worked(c, "#milestones", "saved", err, func(v *views.ProductDesk, f *fault.Fault) { v.Milestone.Errors = p.errors(c, f) })
}

// RewardTerms says what the credited get.
func (p *Pages) RewardTerms(c *fiber.Ctx) error {
	terms := request.Field(c, "terms")
	err := p.Products.SetTerms(c.UserContext(), request.Actor(c), request.Slug(c), terms)
	return p.worked(c, "#rewards", "saved", err, func(v *views.ProductDesk, f *fault.Fault) { v.Terms, v.TermsErrors = terms, p.errors(c, f) })
}

// RewardGive records a reward.
func (p *Pages) RewardGive(c *fiber.Ctx) error {
	typed := views.RewardForm{
		Handle: request.Field(c, "reward_handle"), Text: request.Field(c, "reward_text"), Amount: request.Field(c, "reward_amount"),
		Currency: request.Field(c, "reward_currency"), On: request.Field(c, "reward_on"),
	}
	on, ok := day(typed.On)
	err := errDay("on")
	if ok {
		err = p.Products.Give(c.UserContext(), request.Actor(c), request.Slug(c), products.Reward{Handle: typed.Handle, Text: typed.Text, Amount: typed.Amount, Currency: typed.Currency, On: on})
	}
	return p.worked(c, "#rewards", "saved", err, func(v *views.ProductDesk, f *fault.Fault) {
		typed.Errors = p.errorsAt(c, f, "reward_")
		v.Reward = typed
	})
}

// RewardRemove takes a record away that was made by mistake.
func (p *Pages) RewardRemove(c *fiber.Ctx) error {
	id, err := part(c)
	if err != nil {
		return err
	}
	err = p.Products.RemoveReward(c.UserContext(), request.Actor(c), request.Slug(c), id)
	return p.worked(c, "#rewards", "saved", err, func(v *views.ProductDesk, f *fault.Fault) { v.Reward.Errors = p.errors(c, f) })
}

// BetaCall opens the call for testers, or changes it. It closes when the day that
// was typed is over, in the zone of the site.
func (p *Pages) BetaCall(c *fiber.Ctx) error {
	typed := views.CallForm{Words: request.Field(c, "beta_words"), Closes: request.Field(c, "beta_closes"), Places: request.Field(c, "beta_places")}
	places, _ := strconv.Atoi(strings.TrimSpace(typed.Places)) // what is no number is too few
	call := products.Call{Words: typed.Words, Places: places}
	on, ok := day(typed.Closes)
	err := errDay("closes")
	if ok {
		if on != nil {
			over := time.Date(on.Year(), on.Month(), on.Day()+1, 0, 0, 0, 0, p.inZone(*on).Location())
			call.ClosesAt = &over
		}
		err = p.Products.CallTesters(c.UserContext(), request.Actor(c), request.Slug(c), call)
	}
	return p.worked(c, "#beta", "saved", err, func(v *views.ProductDesk, f *fault.Fault) {
		typed.Errors = p.errorsAt(c, f, "beta_")
		v.Call = typed
	})
}

// BetaClose ends the call for testers now.
func (p *Pages) BetaClose(c *fiber.Ctx) error {
	err := p.Products.CloseCall(c.UserContext(), request.Actor(c), request.Slug(c))
	return p.worked(c, "#beta", "saved", err, func(v *views.ProductDesk, f *fault.Fault) { v.Call.Errors = p.errors(c, f) })
}

// BetaTester accepts or declines somebody who applied.
func (p *Pages) BetaTester(c *fiber.Ctx) error {
	accept := request.Field(c, "act") == "accept"
	err := p.Products.DecideTester(c.UserContext(), request.Actor(c), request.Slug(c), request.Field(c, "handle"), accept)
	return p.worked(c, "#beta", "saved", err, func(v *views.ProductDesk, f *fault.Fault) { v.Call.Errors = p.errorsAt(c, f, "beta_") })
}
