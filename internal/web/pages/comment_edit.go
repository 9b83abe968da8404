package pages

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/comments"
	"prosumer/internal/fault"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// commentView is a page about one comment.
func (p *Pages) commentView(c *fiber.Ctx) (views.CommentView, comments.Comment, error) {
	id, err := request.Number(c, "id")
	if err != nil {
		return views.CommentView{}, comments.Comment{}, err
	}
	actor := request.Actor(c)
	one, err := p.Comments.ByID(c.UserContext(), actor, comments.ID(id))
	if err != nil {
		return views.CommentView{}, one, err
	}
	idea, err := p.Ideas.ByID(c.UserContext(), actor, one.Idea)
	if err != nil {
		return views.CommentView{}, one, err
	}
	v := views.CommentView{
		Shell: p.Shell(c), Idea: views.IdeaLink{ID: int64(idea.ID), Slug: idea.Slug, Title: idea.Title}, Comment: shownComment(actor, idea, true, one),
		Form: views.CommentForm{Body: one.Source, Kind: string(one.Kind), Stance: string(one.Stance), Version: one.Version},
	}
	if one.Thread != 0 {
		v.Form.Answers = int64(one.Thread)
	}
	v.NoIndex = true
	return v, one, nil
}

// CommentEditForm is the form of one's own comment.
func (p *Pages) CommentEditForm(c *fiber.Ctx) error {
	v, one, err := p.commentView(c)
	if err != nil {
		return err
	}
	switch actor := request.Actor(c); {
	case actor.Visitor():
		return comments.ErrSignIn
	case one.Author.ID != actor.ID:
		return comments.ErrNotYours
	case one.Gone():
		return comments.ErrGone
	}
	return response.HTML(c, fiber.StatusOK, views.CommentEdit(v))
}

// CommentSave takes it.
func (p *Pages) CommentSave(c *fiber.Ctx) error {
	id, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	seen, err := strconv.Atoi(request.Field(c, "version"))
	if err != nil {
		seen = 0
	}
	text := typedComment(c)
	_, err = p.Comments.Edit(c.UserContext(), request.Actor(c), comments.ID(id), seen, text)
	if err == nil {
		return p.toComment(c, comments.ID(id), "comment_saved")
	}
	f := fault.Of(err)
	if f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return err
	}
	v, one, gone := p.commentView(c)
	if gone != nil || one.Gone() {
		return err
	}
	v.Path = views.EditCommentURL(id)
	v.Form.Body, v.Form.Errors = text.Body, p.errors(c, f)
	if one.Thread == 0 {
		v.Form.Kind, v.Form.Stance = string(text.Kind), string(text.Stance)
	}
	return response.HTML(c, response.StatusOf(f), views.CommentEdit(v))
}

// CommentVersions is what a comment said before each edit.
func (p *Pages) CommentVersions(c *fiber.Ctx) error {
	v, one, err := p.commentView(c)
	if err != nil {
		return err
	}
	list, err := p.Comments.Versions(c.UserContext(), request.Actor(c), one.ID)
	if err != nil {
		return err
	}
	for _, o := range list {
		was := views.CommentVersion{Number: o.Number, At: o.ReplacedAt, Kind: string(o.Kind), Text: o.HTML}
		if o.Stance != nil {
			was.Stance = string(*o.Stance)
		}
		v.Versions = append(v.Versions, was)
	}
	return response.HTML(c, fiber.StatusOK, views.CommentVersions(v))
}

// handle is somebody who can be named, as the script shows them.
type handle struct {
	Handle string `json:"handle"`
	Name   string `json:"name"`
}

// CommentHandles offers whom a comment may name.
func (p *Pages) CommentHandles(c *fiber.Ctx) error {
	idea, err := strconv.ParseInt(request.Query(c, "idea"), 10, 64)
	if err != nil {
		idea = 0
	}
	found, err := p.Comments.Complete(c.UserContext(), request.Actor(c), request.Query(c, "q"), idea)
	if err != nil {
		return err
	}
	list := make([]handle, len(found))
	for i, h := range found {
		list[i] = handle{h.Handle, h.Name}
	}
	return response.JSON(c, fiber.StatusOK, list)
}
