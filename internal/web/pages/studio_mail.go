package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// StudioMail lists the mails that were given up, for administrators.
func (p *Pages) StudioMail(c *fiber.Ctx) error {
	post, err := p.Notices.Post(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	v := views.StudioMailView{Shell: p.gate(c), Waiting: post.Waiting, Since: post.Since}
	for _, d := range post.Dead {
		v.Dead = append(v.Dead, views.DeadLetter{ID: d.ID, What: d.What, Handle: d.Handle, At: d.At, DeadAt: d.DeadAt, Attempts: d.Attempts, Failure: d.Failure})
	}
	return response.HTML(c, fiber.StatusOK, views.StudioMail(v))
}

// StudioLetter has a mail that was given up tried again, or drops it.
func (p *Pages) StudioLetter(c *fiber.Ctx) error {
	id := idNumber(c.Params("letter"))
	do, flash := p.Notices.PostAgain, "letter_again"
	if request.Field(c, "act") == "drop" {
		do, flash = p.Notices.DropLetter, "letter_dropped"
	}
	if err := do(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return response.SeeOther(c, views.StudioMailURL, flash)
}
