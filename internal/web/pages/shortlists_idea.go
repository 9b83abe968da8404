package pages

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/shortlists"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// ShortlistIdea is one idea of a list, where it is scored and decided.
func (p *Pages) ShortlistIdea(c *fiber.Ctx) error {
	list, idea, err := listAndIdea(c)
	if err != nil {
		return err
	}
	v, err := p.shortlistIdea(c, list, idea)
	if err != nil {
		return err
	}
	return response.HTML(c, fiber.StatusOK, views.ShortlistIdea(v))
}

func listAndIdea(c *fiber.Ctx) (shortlists.ID, ideas.ID, error) {
	list, err := request.Number(c, "id")
	if err != nil {
		return 0, 0, err
	}
	idea, _, err := request.Idea(c)
	return shortlists.ID(list), idea, err
}

func (p *Pages) shortlistIdea(c *fiber.Ctx, list shortlists.ID, idea ideas.ID) (views.ShortlistIdeaView, error) {
	sheet, err := p.sheet(c, list)
	if err != nil {
		return views.ShortlistIdeaView{}, err
	}
	at := slices.IndexFunc(sheet.Entries, func(e shortlists.Entry) bool { return e.Idea == idea })
	if at < 0 {
		return views.ShortlistIdeaView{}, request.ErrNotFound
	}
	page, err := p.Board.Idea(c.UserContext(), request.Actor(c), idea)
	if err != nil {
		return views.ShortlistIdeaView{}, err
	}
	entry := p.shortlistEntries(c, sheet)[at]
	v := views.ShortlistIdeaView{
		Shell: p.gate(c), List: shortlistHead(sheet.List), Criteria: shortlistCriteria(sheet), Entry: entry, Story: page.Story, Marks: map[int64]int{},
	}
	v.Path = views.ShortlistIdeaURL(int64(list), int64(idea))
	if mine := entry.Team.Mine; mine != nil {
		v.Marks, v.Note = maps.Clone(mine.Marks), mine.Note
	}
	for i := range sheet.Entries { // the next one, from here on and round
		if e := sheet.Entries[(at+1+i)%len(sheet.Entries)]; e.Idea != idea && !e.Review.Shown {
			v.Next = views.IdeaLink{ID: int64(e.Idea), Slug: e.Slug, Title: e.Title}
			break
		}
	}
	v.Decide = views.Decision{Reasons: reasonCodes(), Known: p.knownFields(v.Shell, page)}
	for _, to := range shortlists.Outcomes(page.Status) {
		v.Decide.Allowed = append(v.Decide.Allowed, string(to))
	}
	return v, p.prepareForm(c, &v)
}

// prepareForm fills the form of the decision with what is prepared.
func (p *Pages) prepareForm(c *fiber.Ctx, v *views.ShortlistIdeaView) error {
	templates, err := p.Ideas.Templates(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	for _, t := range templates {
		v.Decide.Templates = append(v.Decide.Templates, answerTemplate(t))
	}
	links, err := p.Board.ProductLinks(c.UserContext())
	if err != nil {
		return err
	}
	for _, l := range links {
		v.Decide.Products = append(v.Decide.Products, views.ProductLink{ID: l.ID, Slug: l.Slug, Name: l.Name})
	}
	if d := v.Entry.Prepared; d.Waits() {
		v.Decide.Status, v.Decide.Answer, v.Decide.Reason = d.To, d.Answer, d.Reason
		v.Decide.ProductName, v.Decide.Product, v.Decide.PipelineSince = d.ProductName, d.Joins, d.PipelineSince
	}
	return nil
}

// ShortlistCard keeps the reader's card, or hands it in.
func (p *Pages) ShortlistCard(c *fiber.Ctx) error {
	list, idea, err := listAndIdea(c)
	if err != nil {
		return err
	}
	sc := shortlists.Score{Marks: shortlists.Marks{}, Note: request.Field(c, "note")}
	for key, value := range c.Request().PostArgs().All() {
		criterion, isMark := strings.CutPrefix(string(key), "mark-")
		which, known := positive(criterion)
		if mark, err := strconv.Atoi(string(value)); isMark && known && err == nil {
			sc.Marks[shortlists.CriterionID(which)] = mark
		}
	}
	flash, save := "card_saved", p.Shortlists.SaveCard
	if request.Field(c, "do") == "hand_in" {
		flash, save = "card_handed_in", p.Shortlists.HandIn
	}
	err = save(c.UserContext(), request.Actor(c), list, idea, sc)
	if err == nil {
		return response.SeeOther(c, views.ShortlistIdeaURL(int64(list), int64(idea)), flash)
	}
	f := fault.Of(err)
	if f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return err
	}
	v, gone := p.shortlistIdea(c, list, idea)
	if gone != nil {
		return p.shortlistRefused(c, list, "", err)
	}
	v.CardErrors, v.Note, v.Marks = p.errors(c, f), sc.Note, map[int64]int{}
	for criterion, mark := range sc.Marks {
		v.Marks[int64(criterion)] = mark
	}
	return response.HTML(c, response.StatusOf(f), views.ShortlistIdea(v))
}

// ShortlistPrepare prepares a decision, or drops the one that is.
func (p *Pages) ShortlistPrepare(c *fiber.Ctx) error {
	list, idea, err := listAndIdea(c)
	if err != nil {
		return err
	}
	to, flash := views.ShortlistIdeaURL(int64(list), int64(idea))+"#prepare", "decision_prepared"
	if request.Field(c, "do") == "drop" {
		flash = "decision_dropped"
		err = p.Shortlists.Drop(c.UserContext(), request.Actor(c), list, idea)
	} else {
		err = p.prepare(c, list, idea)
	}
	if err == nil {
		return response.SeeOther(c, to, flash)
	}
	f := fault.Of(err)
	if f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return err
	}
	v, gone := p.shortlistIdea(c, list, idea)
	if gone != nil {
		return p.shortlistRefused(c, list, "", err)
	}
	d := &v.Decide
	d.Status, d.Answer, d.Reason, d.Template = request.Field(c, "status"), request.Field(c, "answer"), request.Field(c, "reason"), request.Field(c, "template")
	d.ProductName, d.Product, d.PipelineSince, d.Errors = request.Field(c, "product_name"), request.Field(c, "product"), request.Field(c, "pipeline_since"), p.errors(c, f)
	return response.HTML(c, response.StatusOf(f), views.ShortlistIdea(v))
}

func (p *Pages) prepare(c *fiber.Ctx, list shortlists.ID, idea ideas.ID) error {
	answer, err := p.answerOf(c, idea)
	if err != nil {
		return err
	}
	since, ok := day(request.Field(c, "pipeline_since"))
	if !ok {
		return fault.New(fault.Invalid, "invalid", "Some fields need another look.").With("pipeline_since", "products.date")
	}
	return p.Shortlists.Prepare(c.UserContext(), request.Actor(c), list, shortlists.Prepared{
		Idea: idea, To: ideas.Status(request.Field(c, "status")), Answer: answer, Reason: ideas.Reason(request.Field(c, "reason")),
		ProductName: request.Field(c, "product_name"), Joins: request.Field(c, "product"), PipelineSince: since,
	})
}
