package api

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/clean"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// ListChallenges lists the challenges that are announced.
func (a *API) ListChallenges(c *fiber.Ctx, params wire.ListChallengesParams) error {
	list, err := a.Challenges.List(c.UserContext(), a.now())
	if err != nil {
		return err
	}
	items, next, err := cut(list, func(ch challenges.Challenge) int64 { return int64(ch.ID) }, params.After, params.Limit)
	if err != nil {
		return err
	}
	return response.JSON(c, fiber.StatusOK, wire.ChallengeList{Items: each(items, a.toChallenge), Next: next})
}

// ShowChallenge gives one challenge.
func (a *API) ShowChallenge(c *fiber.Ctx, slug string) error {
	if !clean.ValidText(slug) {
		return challenges.ErrNotFound
	}
	found, err := a.Challenges.BySlug(c.UserContext(), slug)
	if err != nil {
		return err
	}
	if found.Dates.Phase(a.now()) == challenges.Coming && challenges.MayPlan(request.Actor(c)) != nil {
		return challenges.ErrNotFound
	}
	return a.sendChallenge(c, fiber.StatusOK, found)
}

// toSealed is how the contract writes a seal.
func toSealed(s challenges.Seal) wire.Sealed {
	if s == challenges.Unsealed {
		return wire.SealedNo
	}
	return wire.Sealed(s)
}

func (a *API) toChallenge(c challenges.Challenge) wire.Challenge {
	return wire.Challenge{
		Slug: c.Slug, Title: c.Title, Question: c.Question, URL: views.ChallengeURL(c.Slug), Ballot: wire.Ballot(c.Ballot), Sealed: toSealed(c.Sealed),
		Phase:       wire.Phase(c.Dates.Phase(a.now())),
		AnnouncedAt: c.Dates.Announced.UTC(), EntriesOpenAt: c.Dates.EntriesOpen.UTC(), EntriesCloseAt: c.Dates.EntriesClose.UTC(),
		VotingOpenAt: c.Dates.VotingOpen.UTC(), VotingCloseAt: c.Dates.VotingClose.UTC(), ResultsAt: c.Dates.Results.UTC(),
	}
}

func toChallengeRef(c board.ChallengeLink) *wire.ChallengeRef {
	return &wire.ChallengeRef{
		Slug: c.Slug, Title: c.Title, URL: views.ChallengeURL(c.Slug), Ballot: wire.Ballot(c.Ballot),
		VotingOpenAt: c.VotingOpens.UTC(), VotingCloseAt: c.VotingCloses.UTC(),
	}
}
