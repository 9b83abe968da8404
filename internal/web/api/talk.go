package api

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/comments"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// ListComments gives a page of the talk about an idea.
func (a *API) ListComments(c *fiber.Ctx, id wire.IdeaID, params wire.ListCommentsParams) error {
	ctx, actor := c.UserContext(), request.Actor(c)
	limit, err := limitOf(params.Limit)
	if err != nil {
		return err
	}
	if _, err := a.Ideas.ByID(ctx, actor, ideas.ID(id)); err != nil {
		return err
	}
	q := comments.Query{Limit: limit, After: value(params.After), Order: comments.Order(value(params.Order)), Kind: comments.Kind(value(params.Kind)), Stance: comments.Stance(value(params.Stance)), Thread: comments.ID(value(params.Thread))}
	if q.Thread != 0 && q.After != "" { // within a thread the cursor is a reply
		from, err := strconv.ParseInt(q.After, 10, 64)
		if err != nil || from < 1 {
			return ofTalk(comments.ErrCursor)
		}
		q.From = comments.ID(from)
	}
	page, err := a.Comments.Talk(ctx, actor, ideas.ID(id), q)
	if err != nil {
		return ofTalk(err)
	}
	list := wire.CommentList{Items: each(append(page.Pinned, page.Threads...), toComment)}
	next := page.Next
	if page.More != 0 {
		next = page.More.String()
	}
	if next != "" {
		list.Next = &next
	}
	return response.JSON(c, fiber.StatusOK, list)
}

// value is what a parameter holds, or nothing.
func value[T any](given *T) T {
	if given == nil {
		var none T
		return none
	}
	return *given
}

// ofTalk puts a refusal beside the name that the contract has for its field.
func ofTalk(err error) error {
	f := fault.Of(err)
	if f.Code == comments.ErrCursor.Code {
		return f.With("after", f.Code)
	}
	if code, found := f.Fields["body"]; found {
		return f.With("html", code)
	}
	return err
}

// CreateComment says something about an idea, or answers a comment.
func (a *API) CreateComment(c *fiber.Ctx, id wire.IdeaID) error {
	var in wire.CommentInput
	if err := request.JSON(c, &in); err != nil {
		return err
	}
	actor := request.Actor(c)
	said, err := a.Comments.Say(c.UserContext(), actor, ideas.ID(id), comments.ID(value(in.Answers)), comments.Text{
		Body: in.HTML, Kind: comments.Kind(value(in.Kind)), Stance: comments.Stance(value(in.Stance)),
	})
	if err != nil {
		return ofTalk(err)
	}
	one, err := a.Comments.ByID(c.UserContext(), actor, said)
	if err != nil {
		return err
	}
	return response.JSON(c, fiber.StatusCreated, toComment(one))
}

// ReviseComment changes a comment of one's own.
func (a *API) ReviseComment(c *fiber.Ctx, id wire.CommentID) error {
	var in wire.CommentPatch
	if err := request.JSON(c, &in); err != nil {
		return err
	}
	one, err := a.Comments.Edit(c.UserContext(), request.Actor(c), comments.ID(id), value(in.Version), comments.Text{
		Body: in.HTML, Kind: comments.Kind(value(in.Kind)), Stance: comments.Stance(value(in.Stance)),
	})
	if err != nil {
		return ofTalk(err)
	}
	return response.JSON(c, fiber.StatusOK, toComment(one))
}

// DeleteComment takes a comment of one's own away.
func (a *API) DeleteComment(c *fiber.Ctx, id wire.CommentID) error {
	if _, err := a.Comments.Delete(c.UserContext(), request.Actor(c), comments.ID(id)); err != nil {
		return err
	}
	return response.NoContent(c)
}

// ThankForComment says thanks.
func (a *API) ThankForComment(c *fiber.Ctx, id wire.CommentID) error {
	var in wire.ThanksInput
	if err := request.JSON(c, &in); err != nil {
		return err
	}
	one, err := a.Comments.Thank(c.UserContext(), request.Actor(c), comments.ID(id), comments.Reason(in.Reason))
	if err != nil {
		return err
	}
	return response.JSON(c, fiber.StatusOK, toComment(one))
}

// TakeThanksBack takes it back.
func (a *API) TakeThanksBack(c *fiber.Ctx, id wire.CommentID) error {
	one, err := a.Comments.Unthank(c.UserContext(), request.Actor(c), comments.ID(id))
	if err != nil {
		return err
	}
	return response.JSON(c, fiber.StatusOK, toComment(one))
}

// toComment is a comment as its reader may see it.
func toComment(one comments.Comment) wire.Comment {
	w := wire.Comment{
		ID: int64(one.ID), Idea: int64(one.Idea), Staff: one.Author.Staff, Kind: wire.CommentKind(one.Kind), HTML: one.HTML.String(), At: one.At.UTC(), Version: one.Version,
		Gone: one.Gone(), Pinned: one.Pinned, Answered: one.Answered, TakenUp: one.TakenUp, Replies: one.Replies, Thanks: one.Thanks,
		CarriedFor: one.CarriedFor, CarriedAgainst: one.CarriedAgainst, URL: views.CommentURL(int64(one.ID)),
	}
	if one.Thread != 0 {
		thread, parent := int64(one.Thread), int64(one.Parent)
		w.Thread, w.Parent = &thread, &parent
	}
	if one.InReply != nil {
		to := int64(one.InReply.ID)
		w.InReplyTo = &to
	}
	if one.Author.Name != "" {
		by := toRef(one.Author.Name, one.Author.Handle, false)
		w.By = &by
	}
	if one.Stance != "" {
		stance := wire.CommentStance(one.Stance)
		w.Stance = &stance
	}
	if one.Thanked != "" {
		reason := wire.ThanksReason(one.Thanked)
		w.Thanked = &reason
	}
	if one.EditedAt != nil {
		at := one.EditedAt.UTC()
		w.EditedAt = &at
	}
	if len(one.Below) > 0 {
		below := each(one.Below, toComment)
		w.Below = below
	}
	return w
}
