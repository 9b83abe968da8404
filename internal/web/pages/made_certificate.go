package pages

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/i18n"
	"prosumer/internal/products"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// Certificate is somebody's credit on a product as a sheet to print.
func (p *Pages) Certificate(c *fiber.Ctx) error {
	due, err := p.Board.Due(c.UserContext(), request.Actor(c), request.Slug(c), request.Handle(c))
	if err != nil {
		return err
	}
	v := views.CertificateView{
		Shell: p.Shell(c), Slug: due.Slug, Product: due.Product, Name: due.Name, Handle: due.Handle, Role: due.Role, For: due.WhatFor, On: due.On,
		Launched: due.Stage == products.StageLaunched, Site: p.site(), Embeds: !due.Hidden,
		BadgeURL: p.BaseURL + views.BadgeURL(due.Slug, due.Handle, string(request.Lang(c))), ProductURL: p.BaseURL + views.ProductURL(due.Slug),
	}
	v.NoIndex = due.Hidden
	return response.HTML(c, fiber.StatusOK, views.Certificate(v))
}

// site is where this board is, as people say it.
func (p *Pages) site() string {
	if u, err := url.Parse(p.BaseURL); err == nil && u.Host != "" {
		return u.Host
	}
	return "Prosumer"
}

// badgeCaching lets other sites keep a badge for an hour: then somebody who hides
// since is gone from it.
const badgeCaching = "public, max-age=3600"

// Badge is somebody's credit on a product as a picture that other sites show. It
// is the same for everybody, needs nothing from anywhere, and may run nothing.
func (p *Pages) Badge(c *fiber.Ctx) error {
	due, err := p.Board.Due(c.UserContext(), accounts.Actor{}, request.Slug(c), request.Handle(c))
	if err != nil {
		return err
	}
	lang := i18n.EN
	if request.Query(c, "lang") == string(i18n.NL) {
		lang = i18n.NL
	}
	drawn, err := views.Badge(views.BadgeView{
		Name: due.Name, Product: due.Product, Site: p.site(), Seed: due.Handle,
		Role: i18n.T(lang, "views.badge."+due.Role), Stage: i18n.T(lang, "stage."+string(due.Stage)),
	})
	if err != nil {
		return err
	}
	c.Response().Header.DelAllCookies() // of a session that is over: no cache may keep it
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'")
	c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	c.Set(fiber.HeaderAccessControlAllowOrigin, "*")
	c.Set(fiber.HeaderCacheControl, badgeCaching)
	c.Set(fiber.HeaderContentType, "image/svg+xml; charset=utf-8")
	return c.Send(drawn)
}
