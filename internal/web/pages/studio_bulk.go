package pages

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/i18n"
	"prosumer/internal/ideas"
	"prosumer/internal/triage"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// StudioBulk is the form of what to do with the ideas that were ticked, or without
// any the list of what was done lately.
func (p *Pages) StudioBulk(c *fiber.Ctx) error {
	if err := ideas.MayDecide(request.Actor(c)); err != nil {
		return err
	}
	action, picked := request.Query(c, "action"), []ideas.ID{}
	for _, typed := range c.Context().QueryArgs().PeekMulti("idea") {
		if id, err := strconv.ParseInt(string(typed), 10, 64); err == nil {
			picked = append(picked, ideas.ID(id))
		}
	}
	if action == "" {
		return p.bulkList(c)
	}
	if len(picked) == 0 {
		return response.SeeOther(c, local(request.Query(c, "back")), "bulk_none")
	}
	v, err := p.bulkView(c, action, local(request.Query(c, "back")))
	if err != nil {
		return err
	}
	return p.bulkForm(c, fiber.StatusOK, v, picked)
}

// StudioBulkPreview says what would come of each idea, and does nothing.
func (p *Pages) StudioBulkPreview(c *fiber.Ctx) error {
	b, v, picked, err := p.bulkTyped(c)
	if err != nil {
		return err
	}
	plan, err := []triage.Planned(nil), error(nil)
	if v.Errors == nil {
		plan, err = p.Triage.Preview(c.UserContext(), request.Actor(c), picked, b)
	}
	if f := fault.Of(err); err != nil && f.Kind == fault.Invalid {
		v.Errors = p.errors(c, f)
	} else if err != nil {
		return err
	}
	if v.Errors != nil {
		return p.bulkForm(c, fiber.StatusUnprocessableEntity, v, picked)
	}
	v.Preview = true
	for _, planned := range plan {
		idea := views.BulkIdea{
			ID: int64(planned.Idea), Slug: planned.Slug, Title: planned.Title, Status: string(planned.Status), Was: planned.Was,
			From: p.bulkWords(v, planned.Was), To: p.bulkWords(v, bulkTo(v)),
		}
		if planned.Why != nil {
			idea.Why = response.Sentence(request.Lang(c), planned.Why)
		}
		v.Ideas = append(v.Ideas, idea)
	}
	return response.HTML(c, fiber.StatusOK, views.Bulk(v))
}

// StudioBulkDo does what was previewed.
func (p *Pages) StudioBulkDo(c *fiber.Ctx) error {
	b, v, _, err := p.bulkTyped(c)
	if err != nil {
		return err
	}
	if v.Errors != nil {
		return errFields
	}
	var previewed []triage.Planned
	for _, item := range request.Fields(c, "item") {
		digits, was, _ := strings.Cut(item, "|")
		if id, err := strconv.ParseInt(digits, 10, 64); err == nil {
			previewed = append(previewed, triage.Planned{Idea: ideas.ID(id), Was: was})
		}
	}
	id, err := p.Triage.Do(c.UserContext(), request.Actor(c), previewed, b)
	if err != nil {
		return err
	}
	return response.SeeOther(c, views.BulkURL(id), "bulk_done")
}

// bulkTyped reads the form of an action. What cannot be read at all stands in the
// view's errors.
func (p *Pages) bulkTyped(c *fiber.Ctx) (triage.Bulk, views.BulkView, []ideas.ID, error) {
	if err := ideas.MayDecide(request.Actor(c)); err != nil {
		return triage.Bulk{}, views.BulkView{}, nil, err
	}
	v, err := p.bulkView(c, request.Field(c, "action"), local(request.Field(c, "back")))
	if err != nil {
		return triage.Bulk{}, v, nil, err
	}
	v.Decision.Status, v.Decision.Reason, v.Decision.Answer = request.Field(c, "status"), request.Field(c, "reason"), request.Field(c, "answer")
	v.Decision.Template, v.Owner, v.Topic, v.DecideBy = request.Field(c, "template"), request.Field(c, "owner"), request.Field(c, "topic"), request.Field(c, "decide_by")
	b := triage.Bulk{
		Kind: triage.BulkKind(v.Action), Topic: v.Topic,
		Decision: ideas.Decision{To: ideas.Status(v.Decision.Status), Reason: ideas.Reason(v.Decision.Reason), Answer: v.Decision.Answer},
	}
	var ok bool
	if b.Day, ok = day(v.DecideBy); !ok {
		v.Errors = p.errors(c, errFields.With("decide_by", "products.date"))
	}
	if owner, err := strconv.ParseInt(v.Owner, 10, 64); err == nil {
		b.Owner = accounts.ID(owner)
	} else if v.Owner != "" {
		v.Errors = p.errors(c, errFields.With("owner", triage.ErrNotTeam.Code))
	}
	var picked []ideas.ID
	for _, typed := range request.Fields(c, "idea") {
		if id, err := strconv.ParseInt(typed, 10, 64); err == nil {
			picked = append(picked, ideas.ID(id))
		}
	}
	return b, v, picked, nil
}

// bulkView is the form with what it offers.
func (p *Pages) bulkView(c *fiber.Ctx, action, back string) (views.BulkView, error) {
	ctx, actor, lang := c.UserContext(), request.Actor(c), request.Lang(c)
	v := views.BulkView{Shell: p.gate(c), Action: action, Back: back}
	known := false
	for _, a := range views.BulkActions {
		known = known || a == action
	}
	if !known {
		return v, request.ErrNotFound
	}
	_, topics, err := p.Board.Counts(ctx)
	if err != nil {
		return v, err
	}
	v.Topics = topicCounts(topics, lang)
	team, err := p.Triage.Team(ctx, actor)
	if err != nil {
		return v, err
	}
	for _, member := range team {
		v.Team = append(v.Team, views.Person{ID: int64(member.ID), Name: member.Name, Handle: member.Handle})
	}
	if action != string(triage.BulkMove) {
		return v, nil
	}
	for _, s := range []ideas.Status{ideas.UnderReview, ideas.Shortlisted, ideas.NeedsWork, ideas.Parked, ideas.Declined, ideas.Open} {
		v.Decision.Allowed = append(v.Decision.Allowed, string(s))
	}
	for _, r := range ideas.Reasons {
		v.Decision.Reasons = append(v.Decision.Reasons, string(r))
	}
	templates, err := p.Ideas.Templates(ctx, actor)
	for _, t := range templates {
		v.Decision.Templates = append(v.Decision.Templates, answerTemplate(t))
	}
	return v, err
}

// bulkForm shows the form above the ideas that were ticked.
func (p *Pages) bulkForm(c *fiber.Ctx, status int, v views.BulkView, picked []ideas.ID) error {
	list, err := p.Triage.Named(c.UserContext(), request.Actor(c), picked)
	if err != nil {
		return err
	}
	for _, idea := range list {
		v.Ideas = append(v.Ideas, views.BulkIdea{ID: int64(idea.Idea), Slug: idea.Slug, Title: idea.Title, Status: string(idea.Status)})
	}
	return response.HTML(c, status, views.Bulk(v))
}

// bulkTo is the value that an action gives, as its form carries it.
func bulkTo(v views.BulkView) string {
	switch triage.BulkKind(v.Action) {
	case triage.BulkMove:
		return v.Decision.Status
	case triage.BulkOwner:
		return v.Owner
	case triage.BulkTopic:
		return v.Topic
	default:
		return v.DecideBy
	}
}

// bulkWords says such a value for people.
func (p *Pages) bulkWords(v views.BulkView, value string) string {
	switch triage.BulkKind(v.Action) {
	case triage.BulkMove:
		return v.StatusWord(value)
	case triage.BulkOwner:
		for _, member := range v.Team {
			if strconv.FormatInt(member.ID, 10) == value {
				return member.Name
			}
		}
		return v.T("views.lanes.owner_nobody")
	case triage.BulkTopic:
		for _, t := range v.Topics {
			if t.Slug == value {
				return t.Name
			}
		}
		return v.T("views.propose.no_topic")
	default:
		return dayWords(v.Shell, value)
	}
}

// dayWords says a day, or that there is none but by the settings.
func dayWords(s views.Shell, value string) string {
	if at, ok := day(value); ok && at != nil {
		return i18n.Date(s.Lang, *at)
	}
	return s.T("views.lanes.by_settings")
}
