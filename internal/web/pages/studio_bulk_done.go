package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/i18n"
	"prosumer/internal/triage"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// StudioBulkDone is what came of an action on many ideas.
func (p *Pages) StudioBulkDone(c *fiber.Ctx) error {
	id, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	action, err := p.Triage.Action(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	v := views.BulkDoneView{Shell: p.gate(c)}
	v.BulkRow = p.bulkRow(c, v.Shell, action)
	v.Watch = []string{"board"}
	for _, item := range action.Items {
		idea := views.BulkIdea{ID: int64(item.Idea), Slug: item.Slug, Title: item.Title, Status: string(item.Status)}
		if item.Why != "" {
			idea.Why = i18n.Or(request.Lang(c), "fault."+item.Why, item.Why)
		}
		if item.Outcome == "undone" || item.Outcome == "kept" {
			idea.Undo = item.Outcome
		}
		v.Ideas = append(v.Ideas, idea)
	}
	return response.HTML(c, fiber.StatusOK, views.BulkDone(v))
}

// StudioBulkUndo takes an action back.
func (p *Pages) StudioBulkUndo(c *fiber.Ctx) error {
	id, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	if err := p.Triage.UndoBulk(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return response.SeeOther(c, views.BulkURL(id), "bulk_undone")
}

func (p *Pages) bulkList(c *fiber.Ctx) error {
	list, err := p.Triage.RecentBulk(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	v := views.BulkListView{Shell: p.gate(c)}
	for _, action := range list {
		v.Actions = append(v.Actions, p.bulkRow(c, v.Shell, action))
	}
	return response.HTML(c, fiber.StatusOK, views.BulkList(v))
}

func (p *Pages) bulkRow(c *fiber.Ctx, s views.Shell, a triage.BulkAction) views.BulkRow {
	row := views.BulkRow{ID: a.ID, By: a.By, At: a.At, Done: a.Done, Left: a.Left, Undoable: a.Undoable, What: p.bulkWhat(request.Lang(c), s, a)}
	if a.UndoneAt != nil && a.UndoneBy != nil {
		row.UndoneAt, row.UndoneBy = *a.UndoneAt, *a.UndoneBy
	}
	return row
}

// bulkWhat names an action in words.
func (p *Pages) bulkWhat(lang i18n.Lang, s views.Shell, a triage.BulkAction) string {
	to := a.Said
	switch {
	case a.Kind == triage.BulkMove:
		to = s.StatusWord(a.Said)
	case a.Kind == triage.BulkDecideBy:
		to = dayWords(s, a.Said)
	case a.Kind == triage.BulkOwner && a.Said == "":
		to = s.T("views.lanes.owner_nobody")
	case a.Kind == triage.BulkTopic && a.Said == "":
		to = s.T("views.propose.no_topic")
	}
	return i18n.T(lang, "views.lanes.what."+string(a.Kind), "To", to)
}
