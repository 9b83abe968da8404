package pages

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/i18n"
	"prosumer/internal/ideas"
	"prosumer/internal/mail"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// dutyDays is how far back the figures of the answer duty reach.
const dutyDays = 90

// How explains the rules of the game.
func (p *Pages) How(c *fiber.Ctx) error {
	v := views.HowView{Shell: p.Shell(c), AnswerDays: p.AnswerDays, DecisionDays: p.DecisionDays, Newcomers: p.Board.NewcomerEvery()}
	days, ladder := p.Milestones.Rules()
	v.OpenDays = days
	for _, step := range ladder {
		v.Ladder = append(v.Ladder, views.HowMilestone{Voters: step.Voters, Days: step.Days, Review: step.Review})
	}
	var err error
	if v.Duty, err = p.duty(c, dutyDays); err != nil {
		return err
	}
	for _, r := range ideas.Reasons {
		v.Reasons = append(v.Reasons, string(r))
	}
	if v.Points, err = p.pointsTable(c); err != nil {
		return err
	}
	trust, err := p.Standing.Trust(c.UserContext())
	if err != nil {
		return err
	}
	v.TrustPoints, v.TrustDays = trust.Points, trust.Days
	v.DigestHour = fmt.Sprintf("%d:00", p.DigestHour)
	return response.HTML(c, fiber.StatusOK, views.How(v))
}

// APIDocs is the readable page of the API's contract.
func (p *Pages) APIDocs(c *fiber.Ctx) error {
	return response.HTML(c, fiber.StatusOK, views.APIDocs(views.APIDocsView{Shell: p.Shell(c), API: p.Reference}))
}

// Language switches the language: for members in their account, for visitors
// in a cookie that exists only because they asked.
func (p *Pages) Language(c *fiber.Ctx) error {
	lang := i18n.Choose(request.Field(c, "lang"), "")
	if err := p.Accounts.SetLang(c.UserContext(), request.Actor(c), string(lang)); err != nil {
		return err
	}
	c.Cookie(&fiber.Cookie{Name: "lang", Value: string(lang), Path: "/", MaxAge: 365 * 24 * 3600, HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode, Secure: strings.HasPrefix(p.BaseURL, "https:")})
	return response.SeeOther(c, request.Back(c, "next", views.HomeURL), "")
}

// DevMails lists the mails that were not sent because no mail server is set.
func (p *Pages) DevMails(c *fiber.Ctx) error {
	if !p.NearMailbox(c) {
		return request.ErrNotFound
	}
	list, err := p.Mailbox.Newest()
	if err != nil {
		return err
	}
	v := views.DevMailView{Shell: p.gate(c)}
	for _, m := range list {
		v.Mails = append(v.Mails, views.DevMail{Name: m.Name, To: m.To, Subject: m.Subject, At: mailTime(m.Name)})
	}
	return response.HTML(c, fiber.StatusOK, views.DevMails(v))
}

var addresses = regexp.MustCompile(`https?://\S+`)

// DevMail shows one of them.
func (p *Pages) DevMail(c *fiber.Ctx) error {
	m, html, err := p.keptMail(c)
	if err != nil {
		return err
	}
	v := views.DevMailMessageView{Shell: p.gate(c), Mail: views.DevMail{
		Name: m.Name, To: m.To, Subject: m.Subject, At: mailTime(m.Name), Text: m.Text, HTML: html != "", Links: addresses.FindAllString(m.Text, -1),
	}}
	return response.HTML(c, fiber.StatusOK, views.DevMailMessage(v))
}

// DevMailHTML shows one as a mail program does.
func (p *Pages) DevMailHTML(c *fiber.Ctx) error {
	_, html, err := p.keptMail(c)
	if err != nil {
		return err
	}
	if html == "" {
		return request.ErrNotFound
	}
	return mailHTML(c, html)
}

// keptMail is the mail that the address names, and its HTML, which not all have.
func (p *Pages) keptMail(c *fiber.Ctx) (mail.Kept, string, error) {
	if !p.NearMailbox(c) {
		return mail.Kept{}, "", request.ErrNotFound
	}
	list, err := p.Mailbox.Newest()
	if err != nil {
		return mail.Kept{}, "", err
	}
	at := slices.IndexFunc(list, func(m mail.Kept) bool { return m.Name == c.Params("name") })
	if at < 0 {
		return mail.Kept{}, "", request.ErrNotFound
	}
	html, err := p.Mailbox.HTML(list[at].Name)
	return list[at], html, err
}

// NearMailbox is true for a reader on this machine, where there is a mailbox. A
// proxy on this machine forwards for people who are not.
func (p *Pages) NearMailbox(c *fiber.Ctx) bool {
	forwarded := len(c.Request().Header.Peek(fiber.HeaderXForwardedFor))+len(c.Request().Header.Peek(fiber.HeaderForwarded)) > 0
	return p.Mailbox != nil && !forwarded && c.Context().RemoteIP().IsLoopback() && request.Address(c).IsLoopback()
}

func mailTime(name string) time.Time {
	t, err := time.Parse("20060102-150405.000000000", name)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Styleguide shows every part in every state; only where demo data is served.
func (p *Pages) Styleguide(c *fiber.Ctx) error {
	if !p.Demo {
		return request.ErrNotFound
	}
	return response.HTML(c, fiber.StatusOK, views.Styleguide(views.StyleguideView{Shell: p.gate(c)}))
}
