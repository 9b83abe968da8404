package pages

import (
	"errors"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/clean"
	"prosumer/internal/i18n"
	"prosumer/internal/notices"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
	"prosumer/internal/web/views/ui"
)

// Person is a public profile. Its owner may look at it as others see it.
func (p *Pages) Person(c *fiber.Ctx) error {
	actor, handle := request.Actor(c), request.Handle(c)
	own, err := p.Board.Profile(c.UserContext(), actor, handle, request.Query(c, "after"))
	if err != nil {
		return err
	}
	mine := !actor.Visitor() && actor.ID == own.ID
	if !mine || request.Query(c, "as") != "others" {
		return p.showPerson(c, own, mine, false)
	}
	seen, err := p.Board.Profile(c.UserContext(), accounts.Actor{}, handle, request.Query(c, "after"))
	if errors.Is(err, accounts.ErrNotFound) {
		v := views.PersonView{Shell: p.Shell(c), Person: person(own.Person), Visibility: string(own.Visibility)}
		v.NoIndex = true
		return response.HTML(c, fiber.StatusOK, views.ProfileKept(v))
	}
	if err != nil {
		return err
	}
	return p.showPerson(c, seen, false, true)
}

func (p *Pages) showPerson(c *fiber.Ctx, profile board.Profile, mine, asOthers bool) error {
	actor, lang := request.Actor(c), request.Lang(c)
	days, err := p.Board.Activity(c.UserContext(), profile.ID, profile.VotesOpen, p.Zone)
	if err != nil {
		return err
	}
	v := views.PersonView{
		Shell: p.Shell(c), Person: person(profile.Person), Cover: image(profile.Cover), Bio: profile.BioHTML, Links: profile.Links, Since: profile.Since,
		Visibility: string(profile.Visibility), VotesOpen: profile.VotesOpen, Mine: mine, AsOthers: asOthers, Paged: request.Query(c, "after") != "",
		Rank: profile.Rank, RankedOf: profile.RankedOf, Standing: profile.Standing, Proposed: profile.Ranked.Ideas, VotesGot: profile.VotesReceived,
		AdoptedN: profile.Adopted, LaunchedN: profile.Launched, TakenUpN: profile.Figures.TakenUp, ThanksN: profile.Figures.Thanks, CoWorkedN: profile.Figures.CoWorked,
		Made: personCredits(profile.Made), Helped: personCredits(profile.Helped),
		Ideas: p.cards(actor, lang, profile.Ideas.Items), Next: profile.Ideas.Next, Votes: p.cards(actor, lang, profile.Votes),
	}
	for _, co := range profile.CoCreated {
		v.CoCreated = append(v.CoCreated, views.CoCreated{Card: p.card(actor, lang, co.Card), For: co.WhatFor})
	}
	for _, t := range profile.TakenUp {
		v.TakenUp = append(v.TakenUp, views.TakenUp{Title: t.Title, URL: views.CommentURL(t.Comment), For: t.WhatFor, At: t.At})
	}
	for _, r := range profile.Thanked {
		v.Thanked = append(v.Thanked, views.Remark{
			Words: clean.Shorten(r.Words, remarkLength), Kind: r.Kind, Title: r.Title, URL: views.CommentURL(r.ID), Thanks: r.Thanks, At: r.At,
		})
	}
	v.Activity, v.Active = p.heat(v.Shell, days)
	if v.Badges, err = p.badges(c, profile.ID); err != nil {
		return err
	}
	v.Title, v.Description = profile.Name, profile.Bio
	v.CanonicalURL = p.BaseURL + views.PersonURL(profile.Handle)
	if profile.Visibility != accounts.Full {
		v.NoIndex = true
		return response.HTML(c, fiber.StatusOK, views.PersonPage(v))
	}
	if !mine {
		if v.Follow, err = p.followOf(c, notices.Person, profile.Handle); err != nil {
			return err
		}
		v.Follow.Name = profile.Name
	}
	v.ShareImage = p.BaseURL + views.PersonCardURL(profile.Handle)
	v.Alternates = p.personFeeds(v.Shell, profile.Name, profile.Handle)
	v.Data = views.PersonPageData(v, p.BaseURL)
	return response.HTML(c, fiber.StatusOK, views.PersonPage(v))
}

// remarkLength is how much of a thanked remark a profile quotes.
const remarkLength = 280

func personCredits(list []board.PersonCredit) []views.PersonCredit {
	var shown []views.PersonCredit
	for _, c := range list {
		shown = append(shown, views.PersonCredit{
			Product: views.ProductLink{ID: c.Product.ID, Slug: c.Product.Slug, Name: c.Product.Name},
			Stage:   c.Stage, Role: c.Role, For: c.WhatFor, Cover: image(c.Picture),
		})
	}
	return shown
}

// heat is the year as the picture and its table tell it, and how much was done.
func (p *Pages) heat(s views.Shell, days []board.Day) (ui.Heat, int) {
	today := p.inZone(p.Now())
	h := ui.Heat{
		ID: "activity", Title: s.T("views.profile.activity"), Last: today, Head: [2]string{s.T("views.profile.month"), s.T("views.profile.contributions")},
		Table: s.T("views.profile.by_month"), Less: s.T("views.profile.less"), More: s.T("views.profile.more"),
	}
	for i := range h.Weekdays {
		h.Weekdays[i] = s.T("weekday." + string(rune('1'+i)))
	}
	total, monthly := 0, map[string]int{}
	for _, d := range days {
		total += d.N
		monthly[d.On.Format("2006-01")] += d.N
		h.Days = append(h.Days, ui.HeatDay{On: d.On, N: d.N, Text: i18n.Date(s.Lang, d.On) + ": " + s.T("views.profile.done", "Count", d.N)})
	}
	for n := 12; n >= 0; n-- {
		first := time.Date(today.Year(), today.Month()-time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		word := s.T("month." + first.Format("1"))
		h.Months = append(h.Months, ui.HeatMonth{Begins: first, Short: word, Long: word + first.Format(" 2006"), Text: s.N(monthly[first.Format("2006-01")])})
	}
	h.Summary = s.T("views.profile.activity_summary", "Count", total)
	return h, total
}
