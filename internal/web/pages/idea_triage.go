package pages

import (
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/triage"
	"prosumer/internal/web/request"
	"prosumer/internal/web/views"
	"prosumer/internal/web/views/ui"
)

func face(id *string) ui.Image { return image(media.Face(id)) }

// addTriage says for whom an idea was entered, and gives the team its desk.
func (p *Pages) addTriage(c *fiber.Ctx, v *views.IdeaView, page *ideaPage) error {
	var shown views.IdeaTriage
	behalf, err := p.behalfOf(c, page.IdeaPage)
	if err != nil {
		return err
	}
	shown.Behalf = behalf
	if request.Actor(c).Decides() && page.Status != ideas.Draft {
		if shown.Panel, err = p.desk(c, v.Shell, page.IdeaPage); err != nil {
			return err
		}
		shown.Panel.Behalf = behalf
	}
	if shown.Behalf != nil || shown.Panel != nil {
		v.Triage = &shown
	}
	return nil
}

// behalfOf asks only where the contributor has no profile: customers have none
// that others wrote for.
func (p *Pages) behalfOf(c *fiber.Ctx, page board.IdeaPage) (*views.Behalf, error) {
	if !page.Contributor.Hidden || page.Source != "" {
		return nil, nil
	}
	b, found, err := p.Triage.Behalf(c.UserContext(), request.Actor(c), page.ID)
	if err != nil || !found {
		return nil, err
	}
	return &views.Behalf{By: b.By, Source: b.Source, Who: b.Who, Consent: b.Consent, ConsentOn: b.ConsentOn}, nil
}

func (p *Pages) desk(c *fiber.Ctx, s views.Shell, page board.IdeaPage) (*views.TriagePanel, error) {
	ctx, actor := c.UserContext(), request.Actor(c)
	desk, err := p.Triage.Desk(ctx, actor, page.ID)
	if err != nil {
		return nil, err
	}
	team, err := p.Triage.Team(ctx, actor)
	if err != nil {
		return nil, err
	}
	notes, err := p.Triage.Notes(ctx, actor, page.ID)
	if err != nil {
		return nil, err
	}
	events, err := p.Triage.Events(ctx, actor, page.ID)
	if err != nil {
		return nil, err
	}
	t := &views.TriagePanel{
		Team: colleagues(team), DecideBy: typedDay(desk.DecideBy), Due: page.DecisionDue(p.terms()), Open: page.Status.Votable(),
		History: deskSteps(s, page.History, events),
	}
	if desk.Owner != nil {
		t.OwnerID = int64(desk.Owner.ID)
		if !slices.ContainsFunc(team, func(m triage.Colleague) bool { return m.ID == desk.Owner.ID }) { // left the team since
			t.Team = append(t.Team, colleagues([]triage.Colleague{*desk.Owner})...)
		}
	}
	if desk.SnoozedTill != nil {
		t.Snoozed = *desk.SnoozedTill
	}
	for _, n := range notes {
		shown := views.Note{ID: n.ID, By: views.Person{ID: int64(n.Author), Name: n.Name, Handle: n.Handle, Staff: true, Picture: face(n.Face)}, At: n.At, Body: n.Body, Mine: n.Author == actor.ID}
		if n.EditedAt != nil {
			shown.Edit = *n.EditedAt
		}
		for _, part := range triage.Parts(n.Body, team) {
			shown.Parts = append(shown.Parts, views.NotePart(part))
		}
		t.Notes = append(t.Notes, shown)
	}
	return t, nil
}

// deskSteps is all that happened to an idea, what everybody sees and what only the
// team does, the latest first.
func deskSteps(s views.Shell, history []ideas.Entry, events []triage.Event) []views.Step {
	var list []views.Step
	for _, e := range history {
		list = append(list, views.Step{At: e.At, By: e.ByName, What: publicStep(s, e)})
	}
	for _, e := range events {
		list = append(list, views.Step{At: e.At, By: e.Name, What: privateStep(s, e), Private: true})
	}
	slices.SortStableFunc(list, func(a, b views.Step) int { return b.At.Compare(a.At) })
	return list
}

func publicStep(s views.Shell, e ideas.Entry) string {
	switch {
	case e.Kind != "move":
		return s.T("views.history.answered")
	case e.To == ideas.Draft:
		return s.T("views.road.begun")
	case e.Undo:
		return s.T("views.history.undone", "Status", s.StatusWord(string(e.To)))
	case e.Reason != nil:
		return s.T("views.history.moved_because", "Status", s.StatusWord(string(e.To)), "Reason", s.ReasonWord(string(*e.Reason)))
	default:
		return s.T("views.history.moved", "Status", s.StatusWord(string(e.To)))
	}
}

func privateStep(s views.Shell, e triage.Event) string {
	day := ""
	if e.Day != nil { // a calendar day, whatever the zone
		noon := time.Date(e.Day.Year(), e.Day.Month(), e.Day.Day(), 12, 0, 0, 0, time.UTC)
		day = s.Date(noon)
	}
	switch e.Kind {
	case triage.Assigned:
		if e.About == nil {
			return s.T("views.history.unassigned")
		}
		return s.T("views.history.assigned", "Name", *e.About)
	case triage.DueSet:
		if e.Day == nil {
			return s.T("views.history.decide_by_cleared")
		}
		return s.T("views.history.decide_by", "Date", day)
	case triage.Snoozed:
		return s.T("views.history.snoozed", "Date", day)
	default:
		return s.T("views.history." + string(e.Kind))
	}
}
