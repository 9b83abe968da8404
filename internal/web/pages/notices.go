package pages

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/notices"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// NoticeLine turns a notice into what its words are made of.
func NoticeLine(n notices.Notice) views.NoticeLine {
	return views.NoticeLine{
		ID: int64(n.ID), Kind: string(n.Kind), Why: n.Why, Idea: int64(n.Idea), Title: n.Title, Slug: n.Slug, Data: n.Data, At: n.At, Fresh: n.ReadAt == nil,
	}
}

// Inbox lists what the person was told; what it shows is read then.
func (p *Pages) Inbox(c *fiber.Ctx) error {
	before, err := strconv.ParseInt(request.Query(c, "before"), 10, 64)
	if err != nil || before < 0 {
		before = 0
	}
	list, next, err := p.Notices.Inbox(c.UserContext(), request.Actor(c), notices.ID(before))
	if err != nil {
		return err
	}
	v := views.NoticesView{Shell: p.gate(c), Next: int64(next)}
	for _, n := range list {
		v.Notices = append(v.Notices, NoticeLine(n))
	}
	if len(list) > 0 && before == 0 && opened(c) {
		if err := p.Notices.Read(c.UserContext(), request.Actor(c), list[0].ID); err != nil {
			return err
		}
	}
	return response.HTML(c, fiber.StatusOK, views.Notices(v))
}

// NoticeSettings shows whether the person gets mails.
func (p *Pages) NoticeSettings(c *fiber.Ctx) error {
	mail, err := p.Notices.WantsMail(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	return response.HTML(c, fiber.StatusOK, views.NoticeSettings(views.NoticeSettingsView{Shell: p.gate(c), Mail: mail}))
}

// SetNotices takes the switch.
func (p *Pages) SetNotices(c *fiber.Ctx) error {
	on, flash := request.Field(c, "mail") != "", "mail_off"
	if on {
		flash = "mail_on"
	}
	if err := p.Notices.SetMail(c.UserContext(), request.Actor(c), on); err != nil {
		return err
	}
	return response.SeeOther(c, views.NoticesURL, flash)
}

// UnsubscribeForm shows the button that ends the mails: programs that look into
// mails open links, but press no buttons.
func (p *Pages) UnsubscribeForm(c *fiber.Ctx) error {
	token := request.Query(c, "token")
	if _, ok := notices.ReadToken(p.OriginKey, token); !ok {
		return notices.ErrLink
	}
	return response.HTML(c, fiber.StatusOK, views.Unsubscribe(views.UnsubscribeView{Shell: p.tokenGate(c), Token: token}))
}

// Unsubscribe ends the mails: for the button, with the token among its fields,
// and for a mail program by one click (RFC 8058), with the token in the address.
func (p *Pages) Unsubscribe(c *fiber.Ctx) error {
	token := request.Field(c, "token")
	if token == "" {
		token = request.Query(c, "token")
	}
	if err := p.Notices.Unsubscribe(c.UserContext(), p.OriginKey, token); err != nil {
		return err
	}
	return response.HTML(c, fiber.StatusOK, views.Unsubscribe(views.UnsubscribeView{Shell: p.tokenGate(c), Done: true}))
}
