package pages

import (
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/triage"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// terms is the answer duty as the site has it.
func (p *Pages) terms() triage.Terms {
	return triage.Terms{AnswerDays: p.AnswerDays, DecisionDays: p.DecisionDays, Zone: p.Zone}
}

// IdeaOwner gives an idea to somebody of the team, or to nobody.
func (p *Pages) IdeaOwner(c *fiber.Ctx) error {
	if err := ideas.MayDecide(request.Actor(c)); err != nil {
		return err
	}
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	actor := request.Actor(c)
	owner, err := strconv.ParseInt(request.Field(c, "owner"), 10, 64)
	if err != nil || owner < 0 {
		return triage.ErrNotTeam
	}
	if request.Field(c, "take") != "" {
		owner = int64(actor.ID)
	}
	if err := p.Triage.Assign(c.UserContext(), actor, id, accounts.ID(owner)); err != nil {
		return p.untriaged(c, id, err, nil)
	}
	flash := "triage_assigned"
	switch owner {
	case 0:
		flash = "triage_unassigned"
	case int64(actor.ID):
		flash = "triage_taken"
	}
	return response.SeeOther(c, p.backToDesk(c, id), flash)
}

// IdeaDecideBy sets the day an idea is decided by.
func (p *Pages) IdeaDecideBy(c *fiber.Ctx) error {
	if err := ideas.MayDecide(request.Actor(c)); err != nil {
		return err
	}
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	by, ok := day(request.Field(c, "decide_by"))
	if request.Field(c, "clear") != "" {
		by, ok = nil, true
	}
	if !ok {
		err = errForm.With("decide_by", "triage.day_shape")
	} else {
		err = p.Triage.DecideBy(c.UserContext(), request.Actor(c), id, by)
	}
	if err != nil {
		return p.untriaged(c, id, err, func(t *views.TriagePanel) { t.DecideBy = request.Field(c, "decide_by") })
	}
	return response.SeeOther(c, p.backToDesk(c, id), "saved")
}

// errForm is a form of which some fields need another look.
var errForm = fault.New(fault.Invalid, "invalid", "Some fields need another look.")

// IdeaNote adds a private note.
func (p *Pages) IdeaNote(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	if _, err := p.Triage.AddNote(c.UserContext(), request.Actor(c), id, request.Field(c, "note")); err != nil {
		return p.untriaged(c, id, err, func(t *views.TriagePanel) { t.Body = request.Field(c, "note") })
	}
	return response.SeeOther(c, p.backToDesk(c, id), "triage_noted")
}

// NoteSave changes a note of one's own.
func (p *Pages) NoteSave(c *fiber.Ctx) error {
	note, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	body := request.Field(c, "note")
	n, err := p.Triage.EditNote(c.UserContext(), request.Actor(c), note, body)
	if err != nil {
		on, missing := p.Triage.NoteIdea(c.UserContext(), request.Actor(c), note)
		if missing != nil {
			return err
		}
		return p.untriaged(c, on, err, func(t *views.TriagePanel) {
			t.Editing = note
			for i := range t.Notes {
				if t.Notes[i].ID == note {
					t.Notes[i].Body = body
				}
			}
		})
	}
	return response.SeeOther(c, p.backToDesk(c, n.Idea), "saved")
}

// NoteDelete takes a note of one's own away.
func (p *Pages) NoteDelete(c *fiber.Ctx) error {
	note, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	n, err := p.Triage.RemoveNote(c.UserContext(), request.Actor(c), note)
	if err != nil {
		return err
	}
	return response.SeeOther(c, p.backToDesk(c, n.Idea), "deleted")
}

// backToDesk is the way back of a form: where it came from, or the desk on the
// idea's page.
func (p *Pages) backToDesk(c *fiber.Ctx, id ideas.ID) string {
	return request.Back(c, "back", views.IdeaURL(int64(id), "")+"#triage")
}

// untriaged shows the idea again with what was wrong on the team's desk.
func (p *Pages) untriaged(c *fiber.Ctx, id ideas.ID, err error, typed func(*views.TriagePanel)) error {
	f := fault.Of(err)
	if f.Kind != fault.Invalid {
		return err
	}
	v, err := p.ideaNow(c, id)
	if err != nil {
		return err
	}
	v.Path = views.IdeaURL(v.ID, v.Slug)
	if v.Triage != nil && v.Triage.Panel != nil {
		v.Triage.Panel.Errors = p.errors(c, f)
		if typed != nil {
			typed(v.Triage.Panel)
		}
	}
	return response.HTML(c, response.StatusOf(f), views.Idea(v))
}

// Overdue lists what should have been answered or decided by now.
func (p *Pages) Overdue(c *fiber.Ctx) error {
	actor := request.Actor(c)
	v := views.OverdueView{Mine: request.Query(c, "mine") != ""}
	var owner accounts.ID
	if v.Mine {
		owner = actor.ID
	}
	list, total, err := p.Triage.Overdue(c.UserContext(), actor, owner)
	if err != nil {
		return err
	}
	v.Shell, v.Total = p.gate(c), total
	for _, late := range list {
		v.Items = append(v.Items, views.OverdueItem{TriageItem: p.triageItem(late.Item), Slug: late.Slug, Status: string(late.Status), Days: late.Days})
	}
	return response.HTML(c, fiber.StatusOK, views.Overdue(v))
}

func (p *Pages) triageItem(i triage.Item) views.TriageItem {
	v := views.TriageItem{ID: int64(i.ID), Title: i.Title, Contributor: i.Contributor, Wait: string(i.Wait), Since: i.Since, Due: i.Due, Late: i.Late(p.Now())}
	if i.Owner != nil {
		v.Owner = *i.Owner
	}
	return v
}

func colleagues(list []triage.Colleague) []views.Person {
	shown := make([]views.Person, len(list))
	for i, t := range list {
		shown[i] = views.Person{ID: int64(t.ID), Name: t.Name, Handle: t.Handle, Staff: true, Picture: face(t.Face)}
	}
	return shown
}

// typedDay writes a day as a date field holds it.
func typedDay(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.Format(time.DateOnly)
}

func trimmed(c *fiber.Ctx, name string) string { return strings.TrimSpace(request.Field(c, name)) }
