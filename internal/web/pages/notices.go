package pages

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/notices"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// NoticeLine turns a notice into what its words are made of.
func NoticeLine(n notices.Notice) views.NoticeLine {
	return views.NoticeLine{
		ID: int64(n.ID), Kind: string(n.Kind), About: string(n.Kind.About()), Why: n.Why, Idea: int64(n.Idea), Title: n.Title, Slug: n.Slug,
		Who: n.Who, WhoHandle: n.WhoHandle, Thread: n.Thread, Data: n.Data, At: n.At, Fresh: n.ReadAt == nil,
	}
}

// abouts are the groups that a reader may choose between: the team's own for the
// team.
func abouts(c *fiber.Ctx) []string {
	var list []string
	for _, a := range notices.Abouts {
		if a != notices.Teamwork || request.Actor(c).Staff() {
			list = append(list, string(a))
		}
	}
	return list
}

// Inbox lists what the person was told.
func (p *Pages) Inbox(c *fiber.Ctx) error {
	actor := request.Actor(c)
	of, before := request.Query(c, "of"), idNumber(request.Query(c, "before"))
	if !slices.Contains(abouts(c), of) {
		of = ""
	}
	list, next, err := p.Notices.Inbox(c.UserContext(), actor, notices.About(of), notices.ID(before))
	if err != nil {
		return err
	}
	mail, err := p.Notices.Choices(c.UserContext(), actor)
	if err != nil {
		return err
	}
	v := views.NoticesView{Shell: p.gate(c), Of: of, Abouts: abouts(c), Next: int64(next), Refused: mail.Refusal}
	if v.Unread, err = p.Notices.Unread(c.UserContext(), actor); err != nil {
		return err
	}
	v.Shell.Unread = v.Unread
	lines := make([]views.NoticeLine, len(list))
	for i, n := range list {
		lines[i] = NoticeLine(n)
		v.UpTo = max(v.UpTo, int64(n.ID))
	}
	v.Days = v.Shell.Days(lines)
	return response.HTML(c, fiber.StatusOK, views.Notices(v))
}

// OpenNotice leads to what a notice speaks of. Whoever opened it has read it; a
// browser that only looks ahead has not.
func (p *Pages) OpenNotice(c *fiber.Ctx) error {
	id := notices.ID(idNumber(c.Params("notice")))
	n, err := p.Notices.ByID(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	if opened(c) {
		if err := p.Notices.ReadThese(c.UserContext(), request.Actor(c), []notices.ID{id}); err != nil {
			return err
		}
	}
	return response.SeeOther(c, NoticeLine(n).URL(), "")
}

// ReadNotices marks some as read, or all that was shown.
func (p *Pages) ReadNotices(c *fiber.Ctx) error {
	ctx, actor := c.UserContext(), request.Actor(c)
	var err error
	if upTo := idNumber(request.Field(c, "up_to")); upTo > 0 {
		err = p.Notices.Read(ctx, actor, notices.ID(upTo))
	} else {
		var ids []notices.ID
		for _, written := range request.Fields(c, "notice") {
			ids = append(ids, notices.ID(idNumber(written)))
		}
		err = p.Notices.ReadThese(ctx, actor, ids)
	}
	if err != nil {
		return err
	}
	return response.SeeOther(c, request.Back(c, "back", views.InboxURL), "notices_read")
}

// MuteNotices has the person told no more of something, or again.
func (p *Pages) MuteNotices(c *fiber.Ctx) error {
	scope, name, _ := strings.Cut(request.Field(c, "what"), ":")
	do, flash := p.Notices.Mute, "muted"
	if request.Field(c, "act") == "unmute" {
		do, flash = p.Notices.Unmute, "unmuted"
	}
	if err := do(c.UserContext(), request.Actor(c), notices.Mute{Scope: notices.Scope(scope), Name: name}); err != nil {
		return err
	}
	return response.SeeOther(c, request.Back(c, "back", views.InboxURL), flash)
}

// NoticeSettings shows what the person is told how.
func (p *Pages) NoticeSettings(c *fiber.Ctx) error {
	ctx, actor := c.UserContext(), request.Actor(c)
	all, err := p.Notices.Choices(ctx, actor)
	if err != nil {
		return err
	}
	mutes, err := p.Notices.Mutes(ctx, actor)
	if err != nil {
		return err
	}
	v := views.NoticeSettingsView{Shell: p.gate(c), Mail: !all.Off, Refused: all.Refusal, Hour: fmt.Sprintf("%d:00", p.DigestHour)}
	mine := abouts(c)
	for _, choice := range all.List {
		if slices.Contains(mine, string(choice.About)) {
			v.Choices = append(v.Choices, views.NoticeChoice{About: string(choice.About), Inbox: choice.Inbox, Mail: string(choice.Mail)})
		}
	}
	for _, m := range mutes {
		line := views.MuteLine{Scope: string(m.Scope), Name: m.Name, Title: m.Title}
		switch {
		case m.Scope == notices.MuteKind:
			line.Title = v.T("views.kinds." + m.Name)
		case m.Idea != 0:
			line.URL = views.IdeaURL(m.Idea, "")
		default:
			line.Title = v.T("views.mutes.gone")
		}
		v.Mutes = append(v.Mutes, line)
	}
	return response.HTML(c, fiber.StatusOK, views.NoticeSettings(v))
}

// SetNotices takes the table.
func (p *Pages) SetNotices(c *fiber.Ctx) error {
	on, flash := request.Field(c, "mail") != "", "mail_off"
	if on {
		flash = "mail_on"
	}
	var list []notices.Choice
	for _, a := range abouts(c) {
		if mail := request.Field(c, "mail_"+a); mail != "" {
			list = append(list, notices.Choice{About: notices.About(a), Inbox: request.Field(c, "inbox_"+a) != "", Mail: notices.When(mail)})
		}
	}
	if err := p.Notices.Choose(c.UserContext(), request.Actor(c), list, on); err != nil {
		return err
	}
	return response.SeeOther(c, views.NoticesURL, flash)
}

// MailAgain has mail go to an address that was refused once more.
func (p *Pages) MailAgain(c *fiber.Ctx) error {
	if err := p.Notices.TryAgain(c.UserContext(), request.Actor(c)); err != nil {
		return err
	}
	return response.SeeOther(c, request.Back(c, "back", views.NoticesURL), "mail_again")
}
