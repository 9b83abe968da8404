package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// addFollow fills following this idea: for whoever did not propose it, where
// something may still become of it.
func (p *Pages) addFollow(c *fiber.Ctx, v *views.IdeaView, page *ideaPage) error {
	if v.Mine || !page.Status.Public() || page.Hidden {
		return nil
	}
	v.Follow = &views.IdeaFollow{Following: page.following, Voted: page.Mine != nil}
	return nil
}

// Follow takes the form: the person hears of the idea, or no longer.
func (p *Pages) Follow(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	do, flash := p.Notices.Follow, "followed"
	if request.Field(c, "act") == "stop" {
		do, flash = p.Notices.Unfollow, "unfollowed"
	}
	if err := do(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return response.SeeOther(c, request.Back(c, "back", views.IdeaURL(int64(id), "")), flash)
}
