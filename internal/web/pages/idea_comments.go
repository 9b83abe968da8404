package pages

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/cocreation"
	"prosumer/internal/comments"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// addComments fills the talk below the idea. Where there can be none, there is
// no place for it either.
func (p *Pages) addComments(c *fiber.Ctx, v *views.IdeaView, page *ideaPage) error {
	if !page.Status.Public() && page.Status != ideas.Merged {
		return nil
	}
	idea := ideas.Idea{ID: page.ID, Contributor: page.Contributor.ID, Status: page.Status, Hidden: page.Hidden, Slug: page.Slug}
	t, err := p.talk(c, idea, talkQuery(c), v.Refused, whatFor(page.taken))
	if err != nil {
		return err
	}
	if t.Query != (views.TalkQuery{}) {
		v.NoIndex = true // the talk has one address, the idea's own
	}
	v.Comments = &t
	return nil
}

// talkQuery reads which part of the talk is asked for; what it does not know it
// leaves out.
func talkQuery(c *fiber.Ctx) views.TalkQuery {
	number := func(name string) int64 {
		n, err := strconv.ParseInt(request.Query(c, name), 10, 64)
		if err != nil || n < 0 {
			return 0
		}
		return n
	}
	q := views.TalkQuery{
		Order: request.Query(c, "talk"), Kind: request.Query(c, "kind"), Sides: request.Query(c, "view") == "sides",
		Thread: number("thread"), From: number("from"), Reply: number("reply"), After: request.Query(c, "more"),
	}
	if q.Order != string(comments.Newest) && q.Order != string(comments.Oldest) {
		q.Order = ""
	}
	if !slices.Contains(comments.Kinds, comments.Kind(q.Kind)) {
		q.Kind = ""
	}
	return q
}

// whatFor says what each comment was taken up for, of all that were.
func whatFor(taken []cocreation.Taken) map[comments.ID]string {
	said := make(map[comments.ID]string, len(taken))
	for _, t := range taken {
		said[t.Comment] = t.WhatFor
	}
	return said
}

// talk is a part of an idea's talk. refused is a form that has to be shown
// again, or nil; taken is what comments were taken up for, nil to be asked.
func (p *Pages) talk(c *fiber.Ctx, idea ideas.Idea, q views.TalkQuery, refused *views.CommentForm, taken map[comments.ID]string) (views.IdeaComments, error) {
	ctx, actor := c.UserContext(), request.Actor(c)
	t := views.IdeaComments{Idea: int64(idea.ID), Slug: idea.Slug, Query: q}
	asked := comments.Query{Order: comments.Order(q.Order), Kind: comments.Kind(q.Kind), Thread: comments.ID(q.Thread), From: comments.ID(q.From), After: q.After}
	var found comments.Page
	var err error
	if q.Sides {
		var sides comments.Sides
		if sides, err = p.Comments.Sides(ctx, actor, idea.ID); err == nil {
			found = comments.Page{Head: sides.Head, Threads: slices.Concat(sides.For, sides.Against)}
		}
	} else {
		found, err = p.Comments.Talk(ctx, actor, idea.ID, asked)
	}
	if err != nil {
		return t, err
	}
	p.fillHead(&t, found)
	if refusal := comments.Refusal(actor, idea, t.Locked); refusal != nil {
		f := fault.Of(refusal)
		t.SignIn = f.Kind == fault.SignIn
		if !t.SignIn {
			t.Why = response.Sentence(request.Lang(c), f)
		}
	}
	t.MayLock = comments.MayModerate(actor) == nil
	shown, err := p.shownComments(c, idea, t.Why == "", slices.Concat(found.Pinned, found.Threads), taken)
	if err != nil {
		return t, err
	}
	t.Pinned, t.List = shown[:len(found.Pinned)], shown[len(found.Pinned):]
	if q.Sides {
		n := slices.IndexFunc(t.List, func(c views.Comment) bool { return c.Stance == string(comments.Against) })
		if n < 0 {
			n = len(t.List)
		}
		t.For, t.Contra, t.List = t.List[:n], t.List[n:], nil
	}
	return t, p.addForms(c, idea.ID, &t, refused)
}

func (p *Pages) fillHead(t *views.IdeaComments, found comments.Page) {
	h := found.Head
	t.Count, t.Threads, t.Fors, t.Against, t.Locked = h.Comments, h.Threads, h.Fors, h.Againsts, h.Locked
	t.Next, t.MoreOf, t.Newest = found.Next, int64(found.More), int64(found.Newest)
	for _, k := range comments.Kinds {
		t.Kinds = append(t.Kinds, views.KindCount{Kind: string(k), Count: h.Of(k)})
	}
}

// addForms puts the form at its place: above the talk, or below the comment that
// is answered. What was typed before signing in, or was refused, stands in it.
func (p *Pages) addForms(c *fiber.Ctx, idea ideas.ID, t *views.IdeaComments, refused *views.CommentForm) error {
	if t.Why != "" {
		return nil
	}
	form := refused
	if form == nil {
		carried, err := p.Comments.Carried(c.UserContext(), request.Actor(c), idea, request.Query(c, "said"))
		if err != nil {
			return err
		}
		form = &views.CommentForm{Answers: int64(carried.Answers), Body: carried.Body, Kind: string(carried.Kind), Stance: string(carried.Stance)}
	}
	if form.Answers == 0 && refused == nil {
		form.Answers = t.Query.Reply
	}
	for _, list := range [][]views.Comment{t.Pinned, t.List} {
		if placeForm(list, form) {
			return nil
		}
	}
	if t.Query.Thread == 0 {
		form.Answers = 0
		t.Form = form
	}
	return nil
}

// placeForm puts the form below the comment that it answers, if it is here.
func placeForm(list []views.Comment, form *views.CommentForm) bool {
	for i := range list {
		if list[i].ID == form.Answers {
			form.To = list[i].By.Name
			list[i].Form = form
			return true
		}
		if placeForm(list[i].Replies, form) {
			return true
		}
	}
	return false
}

// shownComments are the comments as the page shows them to whoever asks.
func (p *Pages) shownComments(c *fiber.Ctx, idea ideas.Idea, open bool, list []comments.Comment, what map[comments.ID]string) ([]views.Comment, error) {
	actor := request.Actor(c)
	shown := make([]views.Comment, len(list))
	var taken []comments.ID
	for i, one := range list {
		shown[i] = shownComment(actor, idea, open, one)
		if one.TakenUp {
			taken = append(taken, one.ID)
		}
		for _, reply := range one.Below {
			shown[i].Replies = append(shown[i].Replies, shownComment(actor, idea, open, reply))
		}
		shown[i].MoreCount = max(0, one.Replies-len(slices.DeleteFunc(slices.Clone(one.Below), comments.Comment.Gone)))
	}
	if len(taken) == 0 {
		return shown, nil
	}
	var err error
	if what == nil {
		what, err = p.Cocreation.TakenFor(c.UserContext(), taken)
	}
	for i := range shown {
		shown[i].TakenFor = what[comments.ID(shown[i].ID)]
	}
	return shown, err
}

func shownComment(actor accounts.Actor, idea ideas.Idea, open bool, one comments.Comment) views.Comment {
	by := one.Author
	mine := !actor.Visitor() && by.ID == actor.ID
	v := views.Comment{
		ID: int64(one.ID), Idea: int64(one.Idea), Thread: int64(one.Thread), Parent: int64(one.Parent),
		By:     views.Person{ID: int64(by.ID), Name: by.Name, Handle: by.Handle, Staff: by.Staff, Picture: image(media.Face(by.Face))},
		Author: by.ID == idea.Contributor && by.ID != 0, Kind: string(one.Kind), Stance: string(one.Stance), Text: one.HTML, At: one.At, Version: one.Version,
		Deleted: one.Deleted, Hidden: one.Hidden, Pinned: one.Pinned, Answered: one.Answered, Thanks: one.Thanks, Thanked: string(one.Thanked), Mine: mine,
		TakenUp: one.TakenUp, CarriedFor: one.CarriedFor, CarriedAgainst: one.CarriedAgainst,
		MayReply: open && !one.Gone(), MayThank: !actor.Visitor() && actor.Confirmed && !mine && !one.Gone() && idea.Status.Public(),
		MayEdit: open && mine && !one.Gone(), MayDelete: mine && !one.Deleted,
		MayHide: actor.Moderates() && !mine && !one.Deleted, MayPin: actor.Decides() && one.Thread == 0 && !one.Gone(),
		MaySettle: one.Kind == comments.Question && !one.Gone() && comments.MaySettle(actor, by.ID, idea.Contributor),
		MayTakeUp: comments.MayTakeUp(actor, idea.Contributor, one) && cocreation.Open(idea.Status), MayWorkIn: ideas.MayRevise(actor, idea) == nil,
	}
	if one.EditedAt != nil {
		v.Edited = *one.EditedAt
	}
	if one.InReply != nil {
		v.InReplyTo = &views.CommentLink{ID: int64(one.InReply.ID), Name: one.InReply.Name}
	}
	return v
}

// TalkPart is a part of an idea's talk by itself, for the page's script.
func (p *Pages) TalkPart(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	idea, err := p.Ideas.ByID(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	if since, err := strconv.ParseInt(request.Query(c, "since"), 10, 64); err == nil && since > 0 {
		return p.arrived(c, idea, comments.ID(since))
	}
	t, err := p.talk(c, idea, talkQuery(c), nil, nil)
	if err != nil {
		return err
	}
	return response.HTML(c, fiber.StatusOK, views.Talk(p.Shell(c), t))
}

// arrived is what was said since a comment.
func (p *Pages) arrived(c *fiber.Ctx, idea ideas.Idea, since comments.ID) error {
	actor := request.Actor(c)
	found, err := p.Comments.Talk(c.UserContext(), actor, idea.ID, comments.Query{Since: since})
	if err != nil {
		return err
	}
	t := views.IdeaComments{Idea: int64(idea.ID), Slug: idea.Slug}
	p.fillHead(&t, found)
	if t.List, err = p.shownComments(c, idea, comments.Refusal(actor, idea, t.Locked) == nil || actor.Visitor(), found.Threads, nil); err != nil {
		return err
	}
	for i := range t.List {
		t.List[i].Fresh, t.List[i].MoreCount = true, 0
	}
	t.Newest = cmp.Or(t.Newest, int64(since))
	return response.HTML(c, fiber.StatusOK, views.Arrived(p.Shell(c), t))
}
