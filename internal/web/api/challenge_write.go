package api

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/challenges"
	"prosumer/internal/clean"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
)

// CreateChallenge plans a challenge.
func (a *API) CreateChallenge(c *fiber.Ctx) error {
	actor := request.Actor(c)
	if err := challenges.MayPlan(actor); err != nil {
		return err
	}
	var in wire.ChallengeInput
	if err := request.JSON(c, &in); err != nil {
		return err
	}
	plan := challenges.Plan{
		Slug: in.Slug, Title: in.Title, Question: in.Question, Brief: given(in.BriefHTML), Prize: given(in.PrizeHTML), Terms: given(in.TermsHTML),
		Demands: given(in.Demands), Topic: given(in.Topic), Ballot: challenges.Kind(in.Ballot), Sealed: ofSealed(given(in.Sealed)),
		Budget: given(in.VoteBudget), Premoderated: given(in.Premoderated),
		Dates: challenges.Dates{
			Announced: in.AnnouncedAt, EntriesOpen: in.EntriesOpenAt, EntriesClose: in.EntriesCloseAt,
			VotingOpen: in.VotingOpenAt, VotingClose: in.VotingCloseAt, Results: in.ResultsAt,
		},
	}
	made, err := a.Challenges.Pose(c.UserContext(), actor, plan)
	if err != nil {
		return ofPlan(err)
	}
	c.Location(Base + "/challenges/" + made.Slug)
	return a.sendChallenge(c, fiber.StatusCreated, made)
}

// ReviseChallenge changes what is given of a challenge.
func (a *API) ReviseChallenge(c *fiber.Ctx, slug string) error {
	ctx, actor := c.UserContext(), request.Actor(c)
	if err := challenges.MayPlan(actor); err != nil {
		return err
	}
	if !clean.ValidText(slug) {
		return challenges.ErrNotFound
	}
	var patch wire.ChallengePatch
	if err := readPatch(c, &patch); err != nil {
		return err
	}
	found, err := a.Challenges.BySlug(ctx, slug)
	if err != nil {
		return err
	}
	text, err := a.Challenges.TextOf(ctx, found.ID)
	if err != nil {
		return err
	}
	changed, err := a.Challenges.Change(ctx, actor, slug, patch.Revision, planned(found, text, patch))
	if err != nil {
		return ofPlan(err)
	}
	return a.sendChallenge(c, fiber.StatusOK, changed)
}

// planned is the challenge as it stands, with the fields that were given.
func planned(c challenges.Challenge, t challenges.Text, patch wire.ChallengePatch) challenges.Plan {
	p := challenges.Plan{
		Slug: c.Slug, Title: c.Title, Question: c.Question, Brief: t.Brief.Source, Prize: t.Prize.Source, Terms: t.Terms.Source, Demands: t.Demands,
		Topic: given(t.Topic), Ballot: c.Ballot, Sealed: c.Sealed, Dates: c.Dates, Budget: c.Budget, Premoderated: c.Premoderated,
		Pictures: t.Pictures, Cover: t.Cover,
	}
	for _, field := range []struct{ from, to *string }{
		{patch.Slug, &p.Slug},
		{patch.Title, &p.Title},
		{patch.Question, &p.Question},
		{patch.BriefHTML, &p.Brief},
		{patch.PrizeHTML, &p.Prize},
		{patch.TermsHTML, &p.Terms},
		{patch.Demands, &p.Demands},
		{patch.Topic, &p.Topic},
		{(*string)(patch.Ballot), (*string)(&p.Ballot)},
	} {
		if field.from != nil {
			*field.to = *field.from
		}
	}
	for _, moment := range []struct{ from, to *time.Time }{
		{patch.AnnouncedAt, &p.Dates.Announced},
		{patch.EntriesOpenAt, &p.Dates.EntriesOpen},
		{patch.EntriesCloseAt, &p.Dates.EntriesClose},
		{patch.VotingOpenAt, &p.Dates.VotingOpen},
		{patch.VotingCloseAt, &p.Dates.VotingClose},
		{patch.ResultsAt, &p.Dates.Results},
	} {
		if moment.from != nil {
			*moment.to = *moment.from
		}
	}
	if patch.Sealed != nil {
		p.Sealed = ofSealed(*patch.Sealed)
	}
	if patch.VoteBudget != nil {
		p.Budget = *patch.VoteBudget
	}
	if patch.Premoderated != nil {
		p.Premoderated = *patch.Premoderated
	}
	return p
}

// ofSealed reads a seal; what is left out hides nothing.
func ofSealed(s wire.Sealed) challenges.Seal {
	if s == wire.SealedNo {
		return challenges.Unsealed
	}
	return challenges.Seal(s)
}

func (a *API) sendChallenge(c *fiber.Ctx, status int, found challenges.Challenge) error {
	text, err := a.Challenges.TextOf(c.UserContext(), found.ID)
	if err != nil {
		return err
	}
	base := a.toChallenge(found)
	return response.JSON(c, status, wire.WholeChallenge{
		Slug: base.Slug, Title: base.Title, Question: base.Question, URL: base.URL, Ballot: base.Ballot, Sealed: base.Sealed, Phase: base.Phase,
		AnnouncedAt: base.AnnouncedAt, EntriesOpenAt: base.EntriesOpenAt, EntriesCloseAt: base.EntriesCloseAt,
		VotingOpenAt: base.VotingOpenAt, VotingCloseAt: base.VotingCloseAt, ResultsAt: base.ResultsAt,
		BriefHTML: text.Brief.HTML.String(), PrizeHTML: text.Prize.HTML.String(), TermsHTML: text.Terms.HTML.String(), TermsVersion: found.Terms,
		Demands: text.Demands, Topic: given(text.Topic), VoteBudget: found.Budget, Premoderated: found.Premoderated, Revision: found.Revision,
	})
}

// ofPlan names the fields of a plan as the contract does.
func ofPlan(err error) error {
	return inFields(err, "brief", "brief_html", "prize", "prize_html", "terms", "terms_html", "budget", "vote_budget")
}
