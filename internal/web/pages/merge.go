package pages

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/merges"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// MergeForm is where the team chooses what to merge an idea into, and sees what
// it would come to.
func (p *Pages) MergeForm(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	return p.mergeForm(c, id, request.Query(c, "into"), nil)
}

// mergeForm shows the form; refused is why what was typed was not done.
func (p *Pages) mergeForm(c *fiber.Ctx, id ideas.ID, typed string, refused *fault.Fault) error {
	ctx, actor := c.UserContext(), request.Actor(c)
	if err := ideas.MayDecide(actor); err != nil {
		return err
	}
	page, err := p.Board.Idea(ctx, actor, id)
	if err != nil {
		return err
	}
	v := views.MergeView{
		Shell: p.Shell(c), Idea: views.IdeaLink{ID: int64(id), Slug: page.Slug, Title: page.Title}, Into: typed,
		Note: request.Field(c, "note"), Back: backOr(c, ""),
	}
	v.NoIndex = true
	if v.Similar, err = p.mergeable(c, page.Card); err != nil {
		return err
	}
	switch {
	case refused != nil:
	case page.Status == ideas.Merged:
		refused = merges.ErrFromMerged
	case !page.Status.Votable() || page.Hidden:
		refused = merges.ErrFromClosed
	case typed != "":
		refused, err = p.previewMerge(c, &v, id, typed)
		if err != nil {
			return err
		}
	}
	status := fiber.StatusOK
	if refused != nil {
		status = response.StatusOf(refused)
		v.Errors = p.errors(c, refused)
		if text := v.Errors[""]; text != "" {
			v.Errors = views.Errors{"into": text}
		}
	}
	return response.HTML(c, status, views.MergeForm(v))
}

// previewMerge fills what merging would come to, or says why it would be refused.
func (p *Pages) previewMerge(c *fiber.Ctx, v *views.MergeView, id ideas.ID, typed string) (refused *fault.Fault, err error) {
	into, err := mergeTarget(typed)
	if err != nil {
		return fault.Of(err), nil
	}
	found, err := p.Merges.Preview(c.UserContext(), request.Actor(c), id, into)
	if f := fault.Of(err); err != nil && (f.Kind == fault.Conflict || errors.Is(err, ideas.ErrNotFound)) {
		return f, nil
	}
	if err != nil {
		return nil, err
	}
	v.Preview = &views.MergePreview{
		Into: views.IdeaLink{ID: int64(into), Slug: found.IntoSlug, Title: found.IntoTitle}, Carried: found.Carried, Both: found.Both, Newer: found.Newer, Own: found.Own,
		Before: views.MergeFigures{Voters: found.Before.Voters, WouldBuy: found.Before.WouldBuy, Staff: found.Before.Staff},
		After:  views.MergeFigures{Voters: found.After.Voters, WouldBuy: found.After.WouldBuy, Staff: found.After.Staff},
	}
	return nil, nil
}

// Merge puts an idea into another.
func (p *Pages) Merge(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	typed := request.Field(c, "into")
	into, err := mergeTarget(typed)
	if err == nil {
		_, err = p.Merges.Merge(c.UserContext(), request.Actor(c), id, into, request.Field(c, "note"))
	}
	if err == nil {
		return response.SeeOther(c, backOr(c, views.IdeaURL(int64(into), "")), "merge_done")
	}
	f := fault.Of(err)
	if f.Kind != fault.Conflict && f.Kind != fault.Invalid && !errors.Is(err, ideas.ErrNotFound) {
		return err
	}
	return p.mergeForm(c, id, typed, f)
}

// Unmerge takes an idea out of the one it went into.
func (p *Pages) Unmerge(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	if err := p.Merges.Unmerge(c.UserContext(), request.Actor(c), id); err != nil {
		return p.notAsThought(c, id, err)
	}
	return response.SeeOther(c, backOr(c, views.IdeaURL(int64(id), "")), "unmerged")
}

// backOr is the page that a form was sent from, where it says so.
func backOr(c *fiber.Ctx, fallback string) string {
	if back := request.Field(c, "back"); back != "" {
		return local(back)
	}
	return fallback
}

var ideaNumber = regexp.MustCompile(`^(?:#|\S*/ideas/)?([0-9]{1,18})(?:[-/?#]\S*)?$`)

// errTarget asks for something that names an idea.
var errTarget = fault.New(fault.Invalid, "invalid", "Some fields need another look.").With("into", "merges.target")

// mergeTarget reads the number or the address of an idea, as somebody types it.
func mergeTarget(typed string) (ideas.ID, error) {
	found := ideaNumber.FindStringSubmatch(strings.TrimSpace(typed))
	if found == nil {
		return 0, errTarget
	}
	n, err := strconv.ParseInt(found[1], 10, 64)
	if err != nil || n < 1 {
		return 0, errTarget
	}
	return ideas.ID(n), nil
}
