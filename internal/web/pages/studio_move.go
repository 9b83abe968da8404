package pages

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/fault"
	"prosumer/internal/i18n"
	"prosumer/internal/ideas"
	"prosumer/internal/triage"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// StudioMove is the form that moves one idea. The address names where it was seen
// and where it is to go; where a colleague was quicker, the page says so.
func (p *Pages) StudioMove(c *fiber.Ctx) error {
	ctx, actor := c.UserContext(), request.Actor(c)
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	page, err := p.Board.Idea(ctx, actor, id)
	if err != nil {
		return err
	}
	v := views.StudioMoveView{
		Shell: p.gate(c), ID: int64(id), Slug: page.Slug, Name: page.Title, Seen: string(page.Status), Back: views.StudioURL, Today: p.Now(),
	}
	if back := request.Query(c, "back"); back != "" {
		v.Back = local(back)
	}
	status := fiber.StatusOK
	if err := p.Triage.Still(ctx, actor, id, ideas.Status(request.Query(c, "seen"))); err != nil {
		elsewhere, moved := errors.AsType[*triage.Elsewhere](err)
		if !moved {
			return err
		}
		v.Moved, status = p.meanwhile(request.Lang(c), elsewhere), fiber.StatusConflict
	}
	iv := views.IdeaView{}
	if err := p.addDecision(c, &iv, ideas.Idea{ID: id, Contributor: page.Contributor.ID, Status: page.Status}, page.History); err != nil {
		return err
	}
	if iv.Decide != nil {
		v.Decision = *iv.Decide
		v.Decision.Known = p.knownFields(v.Shell, page)
	}
	for to := range strings.SplitSeq(request.Query(c, "to"), ",") {
		if v.Decision.Status == "" && slices.Contains(v.Decision.Allowed, to) {
			v.Decision.Status = to
		}
	}
	if page.DecideBy != nil {
		v.DecideBy = page.DecideBy.Format(time.DateOnly)
	}
	return response.HTML(c, status, views.StudioMove(v))
}

// meanwhile says who moved an idea where, and when.
func (p *Pages) meanwhile(lang i18n.Lang, e *triage.Elsewhere) string {
	status := i18n.T(lang, "status."+string(e.Status))
	if p.Now().Sub(e.At) < time.Minute {
		return i18n.T(lang, "views.lanes.moved_now", "Name", e.By, "Status", status)
	}
	s := views.Shell{Lang: lang, Zone: p.Zone}
	return i18n.T(lang, "views.lanes.moved_at", "Name", e.By, "Status", status, "Date", s.DateTime(e.At))
}

// triageMove is the move that the form asks for.
func (p *Pages) triageMove(c *fiber.Ctx, to ideas.Status, answer string) (triage.Move, error) {
	m := triage.Move{
		Decision: ideas.Decision{To: to, Answer: answer, Reason: ideas.Reason(request.Field(c, "reason"))},
		Seen:     ideas.Status(request.Field(c, "seen")),
	}
	field := ""
	switch to {
	case ideas.UnderReview, ideas.Shortlisted:
		field = "decide_by"
	case ideas.Parked:
		field = "until"
	}
	if typed := request.Field(c, field); field != "" && typed != "" {
		when, ok := day(typed)
		if !ok {
			return m, errFields.With(field, "products.date")
		}
		m.Day = when
	}
	return m, nil
}

var errFields = fault.New(fault.Invalid, "invalid", "Some fields need another look.")

// wantsJSON reports whether the script asks, which shows the answer itself.
func wantsJSON(c *fiber.Ctx) bool {
	return strings.Contains(c.Get(fiber.HeaderAccept), fiber.MIMEApplicationJSON)
}

// movedJSON is what the board's script is told: where the idea is now, what it may
// become, and what was refused.
type movedJSON struct {
	At     string            `json:"at,omitempty"`
	Next   []string          `json:"next"`
	Code   string            `json:"code,omitempty"`
	Detail string            `json:"detail,omitempty"`
	Fields map[string]string `json:"fields,omitempty"`
}

// decidedJSON answers a decision of the script's.
func (p *Pages) decidedJSON(c *fiber.Ctx, id ideas.ID, err error) error {
	said, status := movedJSON{Next: []string{}}, fiber.StatusOK
	if page, gone := p.Board.Idea(c.UserContext(), request.Actor(c), id); gone == nil {
		said.At = string(page.Status)
		for _, s := range ideas.Next(page.Status) {
			said.Next = append(said.Next, string(s))
		}
	}
	if err != nil {
		f := fault.Of(err)
		if f.Kind == fault.Internal {
			return err
		}
		status, said.Code, said.Detail, said.Fields = response.StatusOf(f), f.Code, response.Sentence(request.Lang(c), f), response.Remedies(request.Lang(c), f)
		if elsewhere, moved := errors.AsType[*triage.Elsewhere](err); moved {
			said.Detail = p.meanwhile(request.Lang(c), elsewhere)
		}
	}
	return response.JSON(c, status, said)
}
