package pages

import (
	"errors"
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/i18n"
	"prosumer/internal/ideas"
	"prosumer/internal/triage"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// TriageInbox shows what waits for the team, one idea at a time.
func (p *Pages) TriageInbox(c *fiber.Ctx) error {
	q := views.TriageQuery{Idea: idNumber(request.Query(c, "idea")), Mine: request.Query(c, "mine") != "", To: request.Query(c, "to"), Done: idNumber(request.Query(c, "done")), Did: request.Query(c, "did")}
	return p.inbox(c, fiber.StatusOK, q, nil)
}

func idNumber(written string) int64 {
	n, err := strconv.ParseInt(written, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// inbox draws it; change may put in what a form had before it was refused.
func (p *Pages) inbox(c *fiber.Ctx, status int, q views.TriageQuery, change func(*views.TriageInboxView)) error {
	ctx, actor := c.UserContext(), request.Actor(c)
	owner := accounts.ID(0)
	if q.Mine {
		owner = actor.ID
	}
	box, err := p.Triage.Inbox(ctx, actor, owner, ideas.ID(q.Idea))
	if err != nil {
		return err
	}
	v := views.TriageInboxView{
		Shell: p.gate(c), Query: q, Admits: !actor.Decides(), Held: box.Held, Answers: box.Answers, Overdue: box.Overdue, Snoozed: box.Snoozed,
		Tomorrow: p.terms().Today(p.Now()).AddDate(0, 0, 1).Format("2006-01-02"),
	}
	v.Path = views.TriageInboxURL(views.TriageQuery{Idea: q.Idea, Mine: q.Mine})
	v.Watch = []string{"board"}
	if actor.Decides() {
		team, err := p.Triage.Team(ctx, actor)
		if err != nil {
			return err
		}
		v.Team = colleagues(team)
	}
	if err := p.inboxDone(c, &v); err != nil {
		return err
	}
	for _, item := range box.Items {
		v.Items = append(v.Items, p.triageItem(item))
	}
	at := slices.IndexFunc(box.Items, func(i triage.Item) bool { return int64(i.ID) == q.Idea })
	if at < 0 {
		if at = 0; q.Idea != 0 && q.Done == 0 && status == fiber.StatusOK && v.Flash == "" {
			v.Flash = v.T("views.triage_inbox.gone")
		}
	}
	for ; at < len(box.Items); at++ {
		idea, err := p.inboxIdea(c, v, box.Items, at)
		if errors.Is(err, ideas.ErrNotFound) { // hidden or withdrawn since the list was read
			continue
		}
		if err != nil {
			return err
		}
		v.Idea, v.Items[at].Current = &idea, true
		v.Watch = append(v.Watch, "idea:"+box.Items[at].ID.String())
		break
	}
	if change != nil {
		change(&v)
	}
	return response.HTML(c, status, views.TriageInbox(v))
}

// inboxDone says what was done a moment ago, and offers to take it back.
func (p *Pages) inboxDone(c *fiber.Ctx, v *views.TriageInboxView) error {
	if v.Query.Done == 0 || !i18n.Has(v.Lang, "views.triage_inbox.did."+v.Query.Did) {
		return nil
	}
	idea, err := p.Ideas.ByID(c.UserContext(), request.Actor(c), ideas.ID(v.Query.Done))
	if err != nil {
		return nil //nolint:nilerr // an idea that is not there any more is not worth a word
	}
	undo, err := p.Ideas.Undoable(c.UserContext(), request.Actor(c), idea)
	if err != nil {
		return err
	}
	v.Done = &views.TriageDone{Idea: views.IdeaLink{ID: int64(idea.ID), Slug: idea.Slug, Title: idea.Title}, Did: v.Query.Did, Undo: undo && string(idea.Status) == v.Query.Did}
	return nil
}

func (p *Pages) inboxIdea(c *fiber.Ctx, v views.TriageInboxView, items []triage.Item, at int) (views.TriageIdea, error) {
	ctx, actor, lang, item := c.UserContext(), request.Actor(c), request.Lang(c), items[at]
	page, err := p.Board.Idea(ctx, actor, item.ID)
	if err != nil {
		return views.TriageIdea{}, err
	}
	i := views.TriageIdea{
		TriageItem: p.triageItem(item), Slug: page.Slug, Status: string(page.Status), By: person(page.Contributor), Topic: topicOf(page.Topic, lang).Name,
		Challenge: entered(page.Challenge), Tags: page.Tags, Story: page.Story, ProposedAt: item.Since, Vote: p.voteBox(page),
	}
	if item.OwnerID != nil {
		i.OwnerID = int64(*item.OwnerID)
	}
	for _, picture := range page.Pictures {
		i.Pictures = append(i.Pictures, image(&picture))
	}
	if n := len(page.History); n > 0 {
		i.Seen = page.History[n-1].ID
	}
	if at > 0 {
		i.Previous = int64(items[at-1].ID)
	}
	if at+1 < len(items) {
		i.Next = int64(items[at+1].ID)
	}
	if i.Behalf, err = p.behalfOf(c, page); err != nil {
		return views.TriageIdea{}, err
	}
	similar, err := p.Board.Similar(ctx, actor, page.Title)
	if err != nil {
		return views.TriageIdea{}, err
	}
	similar = slices.DeleteFunc(similar, func(s board.Card) bool { return s.ID == page.ID })
	i.Similar = p.cards(actor, lang, similar)
	if !actor.Decides() {
		i.Answer.Reasons = reasonCodes()
		preset(&i, v.Query.To)
		return i, nil
	}
	notes, err := p.Triage.Notes(ctx, actor, page.ID)
	if err != nil {
		return views.TriageIdea{}, err
	}
	i.Notes = len(notes)
	if i.Lists, err = p.openLists(c, page.ID); err != nil {
		return views.TriageIdea{}, err
	}
	i.Answer, err = p.inboxAnswer(c, v.Shell, page)
	if err != nil {
		return views.TriageIdea{}, err
	}
	preset(&i, v.Query.To)
	return i, nil
}

// preset is the status that a key or its link asked for.
func preset(i *views.TriageIdea, to string) {
	if slices.Contains(i.Answer.Allowed, to) || to == string(ideas.Declined) && i.Wait == string(triage.ForAdmission) {
		i.Answer.Status = to
	}
}

// inboxAnswer is the answer's form: every move but those that ask for more than
// words, such as adopting.
func (p *Pages) inboxAnswer(c *fiber.Ctx, s views.Shell, page board.IdeaPage) (views.Decision, error) {
	d := views.Decision{Reasons: reasonCodes(), Known: p.knownFields(s, page)}
	for _, to := range ideas.Next(page.Status) {
		if to != ideas.Adopted && to != ideas.Merged {
			d.Allowed = append(d.Allowed, string(to))
		}
	}
	templates, err := p.Ideas.Templates(c.UserContext(), request.Actor(c))
	if err != nil {
		return views.Decision{}, err
	}
	for _, t := range templates {
		d.Templates = append(d.Templates, answerTemplate(t))
	}
	return d, nil
}

func reasonCodes() []string {
	list := make([]string, len(ideas.Reasons))
	for i, r := range ideas.Reasons {
		list[i] = string(r)
	}
	return list
}

// openLists are the shortlists that an idea can be put on.
func (p *Pages) openLists(c *fiber.Ctx, _ ideas.ID) ([]views.ShortlistLink, error) {
	if p.Shortlists == nil {
		return nil, nil
	}
	open, err := p.Shortlists.Open(c.UserContext(), request.Actor(c))
	if err != nil {
		return nil, err
	}
	var list []views.ShortlistLink
	for _, l := range open {
		list = append(list, views.ShortlistLink{Name: l.Name, Path: views.StudioShortlistsURL + "/" + strconv.FormatInt(int64(l.ID), 10) + "/entries"})
	}
	return list, nil
}
