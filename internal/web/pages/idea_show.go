package pages

import (
	"slices"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/i18n"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
	"prosumer/internal/web/views/ui"
)

// IdeaShow is the page of one idea. A stale slug gets one permanent redirect.
func (p *Pages) IdeaShow(c *fiber.Ctx) error {
	id, slug, err := request.Idea(c)
	if err != nil {
		return err
	}
	page, into, err := p.ideaOrTarget(c, id)
	if err != nil {
		return err
	}
	if into != "" {
		return response.SeeOther(c, into, "merged")
	}
	if slug != page.Slug {
		to := views.IdeaURL(int64(id), page.Slug)
		if query := string(c.Request().URI().QueryString()); query != "" {
			to += "?" + query
		}
		return c.Redirect(to, fiber.StatusMovedPermanently)
	}
	v, err := p.ideaView(c, page)
	if err != nil {
		return err
	}
	if page.Status.Public() && !page.Hidden && opened(c) {
		if err := p.Ideas.MarkSeen(c.UserContext(), request.Actor(c), []ideas.ID{id}); err != nil {
			return err
		}
	}
	return response.HTML(c, fiber.StatusOK, views.Idea(v))
}

// opened reports whether somebody opens the page, rather than a browser that
// fetches it in case somebody will.
func opened(c *fiber.Ctx) bool {
	return c.Method() == fiber.MethodGet && c.Get("Sec-Purpose") == "" && c.Get("Purpose") == ""
}

// notAsThought answers what was refused because the idea is not as its reader
// thought: the page as it is now, with the sentence.
func (p *Pages) notAsThought(c *fiber.Ctx, id ideas.ID, err error) error {
	f := fault.Of(err)
	if _, ofScore := f.Fields["score"]; f.Kind != fault.Conflict && !ofScore {
		return err
	}
	v, failed := p.ideaNow(c, id)
	if failed != nil {
		return failed
	}
	v.Flash = response.Sentence(request.Lang(c), f)
	return response.HTML(c, response.StatusOf(f), views.Idea(v))
}

// moreIdeas is how many others an idea's page shows below.
const moreIdeas = 3

func (p *Pages) ideaView(c *fiber.Ctx, page *ideaPage) (views.IdeaView, error) {
	return p.ideaViewWith(c, page, nil)
}

// ideaViewWith is ideaView with a comment that was refused, to be shown again.
func (p *Pages) ideaViewWith(c *fiber.Ctx, page *ideaPage, refused *views.CommentForm) (views.IdeaView, error) {
	actor, lang := request.Actor(c), request.Lang(c)
	answers, moves := road(page.History, true)
	v := views.IdeaView{
		Shell: p.Shell(c), ID: int64(page.ID), Slug: page.Slug, IdeaTitle: page.Title, Status: string(page.Status), Contributor: person(page.Contributor),
		Topic: topicOf(page.Topic, lang), Tags: page.Tags, Story: page.Story, ProposedAt: page.CreatedAt, Edits: page.Edits, Answers: answers, Moves: moves,
	}
	v.Refused = refused
	if page.SubmittedAt != nil {
		v.ProposedAt = *page.SubmittedAt
	}
	for _, picture := range page.Pictures {
		v.Pictures = append(v.Pictures, image(&picture))
	}
	v.Title, v.Description = page.Title, page.Excerpt
	v.CanonicalURL = p.BaseURL + views.IdeaURL(v.ID, v.Slug)
	v.NoIndex = !page.Status.Public() || page.Hidden
	if !v.NoIndex {
		v.Data = views.IdeaData(v, p.BaseURL)
	}
	v.Watch = []string{"idea:" + page.ID.String()}
	v.Challenge = entered(page.Challenge)
	v.Vote = p.voteBox(page.IdeaPage)
	if page.Challenge != nil && page.Status.Votable() && !v.Vote.Late {
		v.VotingEnds = page.Challenge.VotingCloses
	}
	if refusal := votes.Refusal(actor, page.Contributor.ID, page.Status, page.Hidden); refusal != nil {
		if f := fault.Of(refusal); f.Kind != fault.SignIn && f.Code != votes.ErrUnconfirmed.Code {
			v.Vote.Refusal = response.Sentence(lang, f)
		}
	}
	if due, decision := page.Due(p.terms()); !decision {
		v.AnswerDue, v.AnswerLate = due, due.Before(p.Now())
	}
	v.DecisionDue = page.DecisionDue(p.terms())
	if page.Product != nil {
		v.Product = views.ProductLink{ID: page.Product.ID, Slug: page.Product.Slug, Name: page.Product.Name}
	}
	idea := ideas.Idea{ID: page.ID, Contributor: page.Contributor.ID, Status: page.Status}
	v.Mine = !actor.Visitor() && page.Contributor.ID == actor.ID
	v.MayEdit = ideas.MayRevise(actor, idea) == nil
	v.MayWithdraw = ideas.MayWithdraw(actor, idea) == nil
	if err := p.addDecision(c, &v, idea, page.History); err != nil {
		return views.IdeaView{}, err
	}
	if v.Decide != nil {
		v.Decide.Known = p.knownFields(v.Shell, page.IdeaPage)
	}
	for _, add := range []func(*fiber.Ctx, *views.IdeaView, *ideaPage) error{
		p.addEntry,
		p.addFollow,
		p.addMilestone,
		p.addMerge,
		p.addTriage,
		p.addComments,
		p.addCocreation,
		p.addFamily,
		p.addShare,
	} {
		if err := add(c, &v, page); err != nil {
			return views.IdeaView{}, err
		}
	}
	return v, p.addMore(c, &v, lang, page)
}

func (p *Pages) voteBox(page board.IdeaPage) views.VoteBox {
	t := page.Tally
	box := views.VoteBox{
		Idea: int64(page.ID), Title: page.Title, Voters: t.Voters, WouldBuy: t.WouldBuy, Staff: t.Staff, Scores: t.Scores, Seal: string(t.Seal),
		Challenge: entered(page.Challenge), CarriedOver: page.CarriedOver, Source: page.Source,
	}
	if page.Mine != nil {
		box.Mine, box.MineScore, box.MineWouldBuy = true, page.Mine.Score, page.Mine.WouldBuy
	}
	box.Early, box.Late = p.outside(page.Challenge)
	return box
}

// addMore shows others of the same topic.
func (p *Pages) addMore(c *fiber.Ctx, v *views.IdeaView, lang i18n.Lang, page *ideaPage) error {
	more, err := p.Board.Beside(c.UserContext(), request.Actor(c), page.Card, moreIdeas)
	v.More = p.cards(request.Actor(c), lang, more)
	return err
}

// addDecision gives the product team its panel.
func (p *Pages) addDecision(c *fiber.Ctx, v *views.IdeaView, idea ideas.Idea, history []ideas.Entry) error {
	actor := request.Actor(c)
	if !actor.Decides() || idea.Status == ideas.Draft {
		return nil
	}
	d := &views.Decision{}
	for _, s := range ideas.Next(idea.Status) {
		d.Allowed = append(d.Allowed, string(s))
	}
	for _, r := range ideas.Reasons {
		d.Reasons = append(d.Reasons, string(r))
	}
	templates, err := p.Ideas.Templates(c.UserContext(), actor)
	if err != nil {
		return err
	}
	for _, t := range templates {
		d.Templates = append(d.Templates, answerTemplate(t))
	}
	links, err := p.Board.ProductLinks(c.UserContext())
	if err != nil {
		return err
	}
	for _, l := range links {
		d.Products = append(d.Products, views.ProductLink{ID: l.ID, Slug: l.Slug, Name: l.Name})
	}
	undo, err := p.Ideas.Undoable(c.UserContext(), actor, idea)
	if err != nil {
		return err
	}
	if undo {
		for _, e := range slices.Backward(history) {
			if e.Kind == "move" && e.From != nil {
				d.UndoTo, d.UndoUntil = string(*e.From), e.At.Add(time.Hour)
				break
			}
		}
	}
	v.Decide = d
	return nil
}

func answerTemplate(t ideas.Template) views.AnswerTemplate {
	return views.AnswerTemplate{ID: t.ID, Name: t.Name, Lang: t.Lang, Status: string(t.Status), Reason: string(t.Reason), Body: t.Body}
}

// IdeaVersions lists what an idea said before each edit.
func (p *Pages) IdeaVersions(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	page, err := p.Board.Idea(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	list, err := p.Ideas.Versions(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	v := views.VersionsView{Shell: p.Shell(c), Idea: views.IdeaLink{ID: int64(id), Slug: page.Slug, Title: page.Title}}
	v.NoIndex = true
	for _, version := range list {
		v.Versions = append(v.Versions, views.Version{Number: version.Number, At: version.ReplacedAt, By: person(page.Contributor), Title: version.Title, Story: version.Story})
	}
	return response.HTML(c, fiber.StatusOK, views.Versions(v))
}

// pictureOf shows a picture chosen in a form again.
func (p *Pages) pictureOf(c *fiber.Ctx, list []ideas.Picture) ([]ui.Image, error) {
	ids := make([]string, len(list))
	for i, picture := range list {
		ids[i] = picture.ID
	}
	found, err := p.Media.ByIDs(c.UserContext(), p.DB, ids)
	if err != nil {
		return nil, err
	}
	var shown []ui.Image
	for _, picture := range list {
		if stored, ok := found[picture.ID]; ok {
			stored.Alt = picture.Alt
			shown = append(shown, image(&stored))
		}
	}
	return shown, nil
}

// typedTags reads tags as people type them, with commas between.
func typedTags(typed string) []string {
	var tags []string
	for part := range strings.SplitSeq(typed, ",") {
		if part = clean.Line(part); part != "" {
			tags = append(tags, part)
		}
	}
	return tags
}
