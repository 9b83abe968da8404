package pages

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/comments"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// CommentSay takes a comment or an answer. The words of a visitor go with them
// through signing in; words that are refused stand in the form again.
func (p *Pages) CommentSay(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	answers, err := answered(c)
	if err != nil {
		return err
	}
	text := typedComment(c)
	actor := request.Actor(c)
	if actor.Visitor() {
		return p.carryComment(c, id, comments.Typed{Text: text, Answers: answers})
	}
	said, err := p.Comments.Say(c.UserContext(), actor, id, answers, text)
	if err != nil {
		return p.unsaid(c, id, answers, err)
	}
	return p.toComment(c, said, "comment_said")
}

func answered(c *fiber.Ctx) (comments.ID, error) {
	typed := request.Field(c, "answers")
	if typed == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(typed, 10, 64)
	if err != nil || n < 1 {
		return 0, comments.ErrNotFound
	}
	return comments.ID(n), nil
}

func typedComment(c *fiber.Ctx) comments.Text {
	return comments.Text{Body: request.Field(c, "body"), Kind: comments.Kind(request.Field(c, "kind")), Stance: comments.Stance(request.Field(c, "stance"))}
}

// carryComment sends a visitor to sign in, and back to the form with the words.
func (p *Pages) carryComment(c *fiber.Ctx, id ideas.ID, typed comments.Typed) error {
	secret, err := p.Comments.Carry(c.UserContext(), id, typed)
	if f := fault.Of(err); err != nil && f.Kind == fault.Invalid {
		return p.unsaid(c, id, typed.Answers, err)
	}
	if err != nil {
		return err
	}
	back := views.IdeaURL(int64(id), "") + "?said=" + secret
	if typed.Answers != 0 {
		_, thread, from, err := p.Comments.Where(c.UserContext(), request.Actor(c), typed.Answers)
		if err != nil {
			return err
		}
		back += "&thread=" + thread.String()
		if from != 0 {
			back += "&from=" + from.String()
		}
	}
	return response.SeeOther(c, views.SignInURL(back+"#talk"), "")
}

// unsaid shows the idea again with what was typed, and what is wrong with it.
func (p *Pages) unsaid(c *fiber.Ctx, id ideas.ID, answers comments.ID, err error) error {
	f := fault.Of(err)
	if f.Kind == fault.Internal || f.Kind == fault.SignIn {
		return err
	}
	page, gone := p.ideaPage(c, id)
	if gone != nil {
		return gone
	}
	text := typedComment(c)
	form := views.CommentForm{Answers: int64(answers), Body: text.Body, Kind: string(text.Kind), Stance: string(text.Stance), Errors: p.errors(c, f)}
	v, failed := p.ideaViewWith(c, page, &form)
	if failed != nil {
		return failed
	}
	v.Path = views.IdeaURL(v.ID, v.Slug)
	if v.Comments == nil || v.Comments.Why != "" { // no form to stand in: the page that says why gives the words back
		return err
	}
	return response.HTML(c, response.StatusOf(f), views.Idea(v))
}

// toComment leads to a comment, wherever it stands now.
func (p *Pages) toComment(c *fiber.Ctx, id comments.ID, flash string) error {
	idea, thread, from, err := p.Comments.Where(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	q := views.TalkQuery{Thread: int64(thread), From: int64(from)}
	return response.SeeOther(c, withAnchor(views.TalkURL(int64(idea.ID), idea.Slug, q), views.CommentAnchor(int64(id))), flash)
}

// withAnchor points an address of the talk at one place in it.
func withAnchor(address, anchor string) string {
	const talk = "#talk"
	return address[:len(address)-len(talk)] + "#" + anchor
}

// CommentShow leads from a comment's own address to where it stands.
func (p *Pages) CommentShow(c *fiber.Ctx) error {
	id, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	return p.toComment(c, comments.ID(id), "")
}

// CommentReply is the page of an idea with the form that answers a comment.
func (p *Pages) CommentReply(c *fiber.Ctx) error {
	id, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	idea, thread, from, err := p.Comments.Where(c.UserContext(), request.Actor(c), comments.ID(id))
	if err != nil {
		return err
	}
	q := views.TalkQuery{Thread: int64(thread), From: int64(from), Reply: id}
	return response.SeeOther(c, views.TalkURL(int64(idea.ID), idea.Slug, q), "")
}

// CommentThank thanks for a comment, or takes that back.
func (p *Pages) CommentThank(c *fiber.Ctx) error {
	id, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	ctx, actor := c.UserContext(), request.Actor(c)
	if request.Field(c, "act") == "retract" {
		if _, err := p.Comments.Unthank(ctx, actor, comments.ID(id)); err != nil {
			return err
		}
		return p.toComment(c, comments.ID(id), "thanks_back")
	}
	if _, err := p.Comments.Thank(ctx, actor, comments.ID(id), comments.Reason(request.Field(c, "reason"))); err != nil {
		return err
	}
	return p.toComment(c, comments.ID(id), "thanked")
}

// CommentAct does one of the rarer things with a comment.
func (p *Pages) CommentAct(c *fiber.Ctx) error {
	id, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	ctx, actor, on := c.UserContext(), request.Actor(c), comments.ID(id)
	var idea ideas.ID
	flash, goes := "", false // its place in the talk may be gone with it
	switch request.Field(c, "act") {
	case "delete":
		flash, goes = "comment_delete", true
		idea, err = p.Comments.Delete(ctx, actor, on)
	case "hide":
		flash, goes = "comment_hide", true
		idea, err = p.Comments.Hide(ctx, actor, on)
	case "restore":
		flash = "comment_restore"
		_, err = p.Comments.Restore(ctx, actor, on)
	case "pin":
		flash = "comment_pin"
		_, err = p.Comments.Pin(ctx, actor, on, true)
	case "unpin":
		flash = "comment_unpin"
		_, err = p.Comments.Pin(ctx, actor, on, false)
	case "answered":
		flash = "comment_answered"
		_, err = p.Comments.Settle(ctx, actor, on, true)
	case "unanswered":
		flash = "comment_unanswered"
		_, err = p.Comments.Settle(ctx, actor, on, false)
	default:
		return request.ErrNotFound
	}
	if err != nil {
		return err
	}
	if goes {
		return response.SeeOther(c, views.TalkURL(int64(idea), "", views.TalkQuery{}), flash)
	}
	return p.toComment(c, on, flash)
}

// TalkLock closes the talk of an idea, or opens it.
func (p *Pages) TalkLock(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	lock := request.Field(c, "act") == "lock"
	if err := p.Comments.Lock(c.UserContext(), request.Actor(c), id, lock); err != nil {
		return err
	}
	flash := "talk_unlock"
	if lock {
		flash = "talk_lock"
	}
	return response.SeeOther(c, views.TalkURL(int64(id), "", views.TalkQuery{}), flash)
}
