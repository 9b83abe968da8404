package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/notices"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// UnsubscribeForm shows the button that ends mails: programs that look into
// mails open links, but press no buttons.
func (p *Pages) UnsubscribeForm(c *fiber.Ctx) error {
	token := request.Query(c, "token")
	_, what, ok := notices.ReadToken(p.OriginKey, token)
	if !ok {
		return notices.ErrLink
	}
	return response.HTML(c, fiber.StatusOK, views.Unsubscribe(views.UnsubscribeView{Shell: p.tokenGate(c), Token: token, What: string(what)}))
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
	_, what, _ := notices.ReadToken(p.OriginKey, token)
	return response.HTML(c, fiber.StatusOK, views.Unsubscribe(views.UnsubscribeView{Shell: p.tokenGate(c), What: string(what), Done: true}))
}
