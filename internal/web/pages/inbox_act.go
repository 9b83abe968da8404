package pages

import (
	"errors"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/triage"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// inboxPlace is where in the inbox a form was sent from.
func inboxPlace(c *fiber.Ctx) views.TriageQuery {
	return views.TriageQuery{Idea: idNumber(request.Field(c, "next")), Mine: request.Field(c, "mine") != ""}
}

// InboxSettle takes an answer from the inbox, and brings up the next idea.
func (p *Pages) InboxSettle(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	answer, err := p.answerOf(c, id)
	if err != nil {
		return err
	}
	d := ideas.Decision{To: ideas.Status(request.Field(c, "status")), Answer: answer, Reason: ideas.Reason(request.Field(c, "reason"))}
	err = p.Triage.Settle(c.UserContext(), request.Actor(c), id, idNumber(request.Field(c, "seen")), d)
	if err == nil {
		q := inboxPlace(c)
		if q.Done, q.Did = int64(id), string(d.To); d.To == "" {
			q.Did = "answered"
		}
		return response.SeeOther(c, views.TriageInboxURL(q), "")
	}
	f := fault.Of(err)
	switch {
	case errors.Is(err, triage.ErrSettled), errors.Is(err, ideas.ErrMove), errors.Is(err, ideas.ErrMoved):
		return p.inboxLost(c, id, answer, f)
	case f.Kind == fault.Invalid:
		return p.unsettled(c, id, answer, d, f)
	}
	return err
}

// inboxLost tells that somebody else was quicker, what they did, and keeps the
// words that were not sent. The next idea is up.
func (p *Pages) inboxLost(c *fiber.Ctx, id ideas.ID, answer string, f *fault.Fault) error {
	page, err := p.Board.Idea(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	last := page.History[len(page.History)-1]
	lost := views.TriageLost{Idea: views.IdeaLink{ID: int64(id), Slug: page.Slug, Title: page.Title}, By: last.ByName, At: last.At}
	if last.Kind == "move" {
		lost.To = string(last.To)
	}
	if typed, err := clean.Typed(answer); err == nil {
		lost.Words = clean.Text(typed)
	}
	return p.inbox(c, response.StatusOf(f), inboxPlace(c), func(v *views.TriageInboxView) { v.Settled = &lost })
}

// unsettled shows the idea again with the form as it was filled in.
func (p *Pages) unsettled(c *fiber.Ctx, id ideas.ID, answer string, d ideas.Decision, f *fault.Fault) error {
	q := inboxPlace(c)
	q.Idea = int64(id)
	return p.inbox(c, response.StatusOf(f), q, func(v *views.TriageInboxView) {
		if v.Idea == nil || v.Idea.ID != int64(id) {
			v.Flash = response.Sentence(v.Lang, f)
			return
		}
		a := &v.Idea.Answer
		a.Status, a.Answer, a.Reason, a.Template = string(d.To), answer, string(d.Reason), request.Field(c, "template")
		a.Fields, a.Errors = fieldsLeft(c, answer), p.errors(c, f)
	})
}

// InboxSnooze leaves an idea out of the inbox until a day.
func (p *Pages) InboxSnooze(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	until, ok := day(request.Field(c, "until"))
	if !ok {
		err = errForm.With("until", "triage.day_shape")
	} else {
		err = p.Triage.Snooze(c.UserContext(), request.Actor(c), id, until)
	}
	f := fault.Of(err)
	switch {
	case err == nil && until == nil:
		return response.SeeOther(c, p.backToDesk(c, id), "triage_woken")
	case err == nil:
		q := inboxPlace(c)
		q.Done, q.Did = int64(id), "later"
		return response.SeeOther(c, views.TriageInboxURL(q), "")
	case f.Kind == fault.Invalid:
		q := inboxPlace(c)
		q.Idea = int64(id)
		return p.inbox(c, response.StatusOf(f), q, func(v *views.TriageInboxView) {
			v.Wrong = p.errors(c, f)["until"]
		})
	}
	return err
}

// InboxUndo takes the decision back, and brings the idea up again.
func (p *Pages) InboxUndo(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	q := inboxPlace(c)
	q.Idea = int64(id)
	if err := p.Products.Undo(c.UserContext(), request.Actor(c), id); err != nil {
		f := fault.Of(err)
		if f.Kind != fault.Conflict {
			return err
		}
		return p.inbox(c, response.StatusOf(f), q, func(v *views.TriageInboxView) { v.Wrong = response.Sentence(v.Lang, f) })
	}
	return response.SeeOther(c, views.TriageInboxURL(q), "undone")
}
