package pages

import (
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// StudioChallenges is the team's list of challenges.
func (p *Pages) StudioChallenges(c *fiber.Ctx) error {
	list, err := p.Challenges.All(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	faces, err := p.Board.ChallengeFaces(c.UserContext(), idsOf(list), true)
	if err != nil {
		return err
	}
	v := views.StudioChallengesView{Shell: p.gate(c)}
	for _, ch := range list {
		face := faces[ch.ID]
		v.Rows = append(v.Rows, views.StudioChallenge{ChallengeCard: challengeCard(ch, face, p.Now()), Held: face.Held, Voters: face.Voters})
	}
	return response.HTML(c, fiber.StatusOK, views.StudioChallenges(v))
}

// ChallengeNew is the empty form, with dates that leave people time.
func (p *Pages) ChallengeNew(c *fiber.Ctx) error {
	if err := challenges.MayPlan(request.Actor(c)); err != nil {
		return err
	}
	midnight := p.Now().In(p.zone())
	day := func(days, hour int) time.Time {
		return time.Date(midnight.Year(), midnight.Month(), midnight.Day()+days, hour, 0, 0, 0, p.zone())
	}
	plan := challenges.Plan{Ballot: challenges.Score, Dates: challenges.Dates{
		Announced: day(1, 9), EntriesOpen: day(2, 9), EntriesClose: day(23, 18), VotingOpen: day(24, 9), VotingClose: day(38, 18), Results: day(45, 12),
	}}
	return p.challengeForm(c, fiber.StatusOK, challenges.Challenge{}, plan, nil)
}

// ChallengePose takes the form of a new challenge.
func (p *Pages) ChallengePose(c *fiber.Ctx) error {
	actor := request.Actor(c)
	if err := challenges.MayPlan(actor); err != nil {
		return err
	}
	plan, err := p.plan(c, actor, challenges.Challenge{})
	if err == nil {
		var made challenges.Challenge
		if made, err = p.Challenges.Pose(c.UserContext(), actor, plan); err == nil {
			return response.SeeOther(c, views.ChallengeURL(made.Slug), "challenge_posed")
		}
	}
	return p.planRefused(c, challenges.Challenge{}, plan, err)
}

// ChallengeEdit is the form of a challenge, and of the jury's verdict.
func (p *Pages) ChallengeEdit(c *fiber.Ctx) error {
	ch, plan, err := p.planned(c)
	if err != nil {
		return err
	}
	return p.challengeForm(c, fiber.StatusOK, ch, plan, nil)
}

// ChallengeChange takes the form of a challenge that is there.
func (p *Pages) ChallengeChange(c *fiber.Ctx) error {
	ch, _, err := p.planned(c)
	if err != nil {
		return err
	}
	actor := request.Actor(c)
	plan, err := p.plan(c, actor, ch)
	if err == nil {
		var changed challenges.Challenge
		if changed, err = p.Challenges.Change(c.UserContext(), actor, ch.Slug, number(request.Field(c, "revision")), plan); err == nil {
			return response.SeeOther(c, views.StudioChallengeURL(changed.Slug), "saved")
		}
	}
	return p.planRefused(c, ch, plan, err)
}

// ChallengeDelete removes a challenge that nothing was entered into.
func (p *Pages) ChallengeDelete(c *fiber.Ctx) error {
	ch, plan, err := p.planned(c)
	if err != nil {
		return err
	}
	if err := p.Challenges.Delete(c.UserContext(), request.Actor(c), ch.Slug); err != nil {
		return p.planRefused(c, ch, plan, err)
	}
	return response.SeeOther(c, views.StudioChallengesURL, "challenge_deleted")
}

// planned is the challenge of the address, with what it says as a form has it.
func (p *Pages) planned(c *fiber.Ctx) (challenges.Challenge, challenges.Plan, error) {
	if err := challenges.MayPlan(request.Actor(c)); err != nil {
		return challenges.Challenge{}, challenges.Plan{}, err
	}
	ch, err := p.Challenges.BySlug(c.UserContext(), request.Slug(c))
	if err != nil {
		return ch, challenges.Plan{}, err
	}
	text, err := p.Challenges.TextOf(c.UserContext(), ch.ID)
	plan := challenges.Plan{
		Slug: ch.Slug, Title: ch.Title, Question: ch.Question, Brief: text.Brief.Source, Prize: text.Prize.Source, Terms: text.Terms.Source, Demands: text.Demands,
		Ballot: ch.Ballot, Sealed: ch.Sealed, Dates: ch.Dates, Budget: ch.Budget, Premoderated: ch.Premoderated,
		Pictures: text.Pictures, Cover: text.Cover, Template: text.Template,
	}
	if text.Topic != nil {
		plan.Topic = *text.Topic
	}
	return ch, plan, err
}

// plan reads the form. What cannot be read of it is Invalid beside its field.
func (p *Pages) plan(c *fiber.Ctx, actor accounts.Actor, ch challenges.Challenge) (challenges.Plan, error) {
	plan := challenges.Plan{
		Slug: strings.TrimSpace(request.Field(c, "slug")), Title: request.Field(c, "title"), Question: request.Field(c, "question"),
		Brief: request.Field(c, "brief"), Prize: request.Field(c, "prize"), Terms: request.Field(c, "terms"), Demands: request.Field(c, "demands"),
		Topic: request.Field(c, "topic"), Ballot: challenges.Kind(request.Field(c, "ballot")), Sealed: challenges.Seal(request.Field(c, "sealed")),
		Premoderated: request.Field(c, "premoderated") != "", DropTemplate: request.Field(c, "drop_template") != "",
	}
	text := p.ideaText(c)
	if err := p.takePictures(c, actor, &text); err != nil {
		return plan, err
	}
	for _, picture := range text.Pictures {
		plan.Pictures = append(plan.Pictures, challenges.Picture(picture))
	}
	plan.Cover = text.Cover
	var check fault.Check
	if typed := request.Field(c, "budget"); typed != "" {
		n, err := strconv.Atoi(typed)
		check.Need(err == nil && n > 0, "budget", "challenges.budget_range")
		plan.Budget = n
	}
	for _, m := range moments(&plan.Dates, ch.Dates) {
		at, ok := p.moment(request.Field(c, m.field), m.was)
		check.Need(ok, m.field, "challenges.date_missing")
		*m.at = at
	}
	if file, err := templateFile(c); err != nil {
		check.Need(false, "template", "challenges.file_large")
	} else {
		plan.Template = file
	}
	return plan, check.Err()
}

// dated is one of the dates of a form, and what it was before.
type dated struct {
	field string
	at    *time.Time
	was   time.Time
}

func moments(d *challenges.Dates, was challenges.Dates) []dated {
	return []dated{
		{"announced_at", &d.Announced, was.Announced},
		{"entries_open_at", &d.EntriesOpen, was.EntriesOpen},
		{"entries_close_at", &d.EntriesClose, was.EntriesClose},
		{"voting_open_at", &d.VotingOpen, was.VotingOpen},
		{"voting_close_at", &d.VotingClose, was.VotingClose},
		{"results_at", &d.Results, was.Results},
	}
}

// moment reads a day and time in the zone of the site. What the form showed of a
// moment is that moment, seconds and all.
func (p *Pages) moment(typed string, was time.Time) (time.Time, bool) {
	if !was.IsZero() && typed == (views.Shell{Zone: p.Zone}).ClockField(was) {
		return was, true
	}
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(layout, typed, p.zone()); err == nil && t.Year() >= 1900 && t.Year() <= 2200 {
			return t, true
		}
	}
	return time.Time{}, false
}

func (p *Pages) zone() *time.Location {
	if p.Zone == nil {
		return time.UTC
	}
	return p.Zone
}

// templateFile reads the file of the form; nil when none was chosen.
func templateFile(c *fiber.Ctx) (*challenges.File, error) {
	header, err := c.FormFile("template")
	if err != nil || header.Size == 0 {
		return nil, nil // no file is no mistake
	}
	if header.Size > challenges.MaxFile {
		return nil, fault.New(fault.Invalid, "challenges.file_large", "The file is larger than 5 MB.")
	}
	file, err := header.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	raw, err := io.ReadAll(file)
	return &challenges.File{Name: header.Filename, Bytes: raw}, err
}

// planRefused shows the form again with everything typed in it.
func (p *Pages) planRefused(c *fiber.Ctx, ch challenges.Challenge, plan challenges.Plan, err error) error {
	f := fault.Of(err)
	if f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return err
	}
	if f.Code == challenges.ErrTaken.Code {
		f = fault.New(fault.Invalid, "invalid", f.Text).With("slug", f.Code)
	}
	return p.challengeForm(c, response.StatusOf(f), ch, plan, f)
}

func (p *Pages) challengeForm(c *fiber.Ctx, status int, ch challenges.Challenge, plan challenges.Plan, problem *fault.Fault) error {
	v, err := p.challengeFormView(c, ch, plan)
	if err != nil {
		return err
	}
	v.Errors = p.errors(c, problem)
	if problem != nil && ch.Slug != "" { // what was edited stays the base, so that nobody is overwritten
		v.Revision = max(number(request.Field(c, "revision")), 1)
	}
	return response.HTML(c, status, views.ChallengeForm(v))
}

func (p *Pages) challengeFormView(c *fiber.Ctx, ch challenges.Challenge, plan challenges.Plan) (views.ChallengeFormView, error) {
	now := p.Now()
	_, topics, err := p.Board.Counts(c.UserContext())
	if err != nil {
		return views.ChallengeFormView{}, err
	}
	v := views.ChallengeFormView{
		Shell: p.gate(c), Revision: ch.Revision, Slug: plan.Slug, Name: plan.Title, Question: plan.Question, Brief: plan.Brief, Prize: plan.Prize, Terms: plan.Terms,
		TermsVersion: ch.Terms, Demands: plan.Demands, Topic: plan.Topic, Topics: topicCounts(topics, request.Lang(c)), Ballot: string(plan.Ballot),
		Seal: string(plan.Sealed), Premoderated: plan.Premoderated, Cover: plan.Cover, MaxPictures: challenges.MaxPictures,
	}
	if plan.Budget != 0 {
		v.Budget = strconv.Itoa(plan.Budget)
	}
	typed := c.Method() == fiber.MethodPost
	for _, m := range moments(&plan.Dates, ch.Dates) {
		field := views.MomentField{Name: m.field, Value: v.ClockField(*m.at), Over: !m.was.IsZero() && !m.was.After(now)}
		if typed && m.at.IsZero() {
			field.Value = request.Field(c, m.field)
		}
		v.Moments = append(v.Moments, field)
	}
	if v.Pictures, err = p.pictureOf(c, ofChallenge(plan.Pictures)); err != nil || ch.Slug == "" {
		return v, err
	}
	v.Path = views.StudioChallengeURL(ch.Slug)
	v.Challenge = viewedChallenge(ch, now)
	return v, p.addFixed(c, &v, ch, now)
}

// addFixed says what of a challenge stays as it is, and adds the jury's part.
func (p *Pages) addFixed(c *fiber.Ctx, v *views.ChallengeFormView, ch challenges.Challenge, now time.Time) error {
	card, err := p.faced(c, ch)
	if err != nil {
		return err
	}
	fixed, err := p.Challenges.Fixed(c.UserContext(), ch)
	if err != nil {
		return err
	}
	v.Entries, v.SlugStays, v.BallotStays, v.SealStays, v.BudgetStay = card.Entries, fixed.Slug, fixed.Ballot, fixed.Seal, fixed.Budget
	text, err := p.Challenges.TextOf(c.UserContext(), ch.ID)
	if err != nil {
		return err
	}
	if text.Template != nil {
		v.Template = views.FileLink{Name: text.Template.Name, Size: text.Template.Size}
	}
	if now.Before(ch.Dates.VotingClose) {
		return nil
	}
	return p.addJury(c, v, ch, text)
}

func ofChallenge(list []challenges.Picture) []ideas.Picture {
	pictures := make([]ideas.Picture, len(list))
	for i, picture := range list {
		pictures[i] = ideas.Picture(picture)
	}
	return pictures
}
