package pages

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/i18n"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// samples are all mails in the language asked for.
func (p *Pages) samples(c *fiber.Ctx) (i18n.Lang, []views.MailSample, error) {
	if !p.NearMailbox(c) {
		return "", nil, request.ErrNotFound
	}
	lang := request.Lang(c)
	if asked := i18n.Lang(request.Query(c, "lang")); slices.Contains(i18n.All, asked) {
		lang = asked
	}
	list, err := views.MailSamples(views.Shell{Lang: lang, Zone: p.Zone}, "Prosumer", p.BaseURL)
	return lang, list, err
}

// MailSamples shows every mail that the site sends, with made-up content.
func (p *Pages) MailSamples(c *fiber.Ctx) error {
	lang, list, err := p.samples(c)
	if err != nil {
		return err
	}
	return response.HTML(c, fiber.StatusOK, views.MailSamplesPage(views.MailSamplesView{Shell: p.gate(c), Of: string(lang), Samples: list}))
}

// MailSample shows the HTML of one as a mail program does: its own style and
// nothing else.
func (p *Pages) MailSample(c *fiber.Ctx) error {
	_, list, err := p.samples(c)
	if err != nil {
		return err
	}
	for _, s := range list {
		if s.Name == c.Params("name") {
			return mailHTML(c, s.Mail.HTML)
		}
	}
	return request.ErrNotFound
}

func mailHTML(c *fiber.Ctx, html string) error {
	style := sha256.Sum256([]byte(views.MailStyle))
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-"+base64.StdEncoding.EncodeToString(style[:])+"'")
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	return c.SendString(html)
}
