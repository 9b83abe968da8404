package api

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/ideas"
	"prosumer/internal/votes"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
)

// CastVote casts the caller's vote, or replaces it.
func (a *API) CastVote(c *fiber.Ctx, id wire.IdeaID, params wire.CastVoteParams) error {
	var in wire.VoteInput
	if err := request.JSON(c, &in); err != nil {
		return err
	}
	// Here 0 is a score like any other that is out of range, not the lack of one.
	if in.Score != nil && (*in.Score < 1 || *in.Score > votes.MaxScore) {
		return votes.ErrScoreRange.With("score", votes.ErrScoreRange.Code)
	}
	choice := votes.Choice{Score: given(in.Score), WouldBuy: given(in.WouldBuy), From: request.Origin(c, a.OriginKey, given(params.VoteReferrer))}
	tally, err := a.Votes.Cast(c.UserContext(), request.Actor(c), ideas.ID(id), choice)
	if err != nil {
		return err
	}
	// When it was cast is not asked for: that would be a query for each vote.
	vote := &wire.Vote{Idea: id, Score: in.Score, WouldBuy: choice.WouldBuy}
	return response.JSON(c, fiber.StatusOK, wire.VoteResult{Vote: vote, Tally: TallyOf(tally.Seen(true))})
}

// RetractVote removes the caller's vote.
func (a *API) RetractVote(c *fiber.Ctx, id wire.IdeaID) error {
	tally, err := a.Votes.Retract(c.UserContext(), request.Actor(c), ideas.ID(id))
	if err != nil {
		return err
	}
	return response.JSON(c, fiber.StatusOK, wire.VoteResult{Tally: TallyOf(tally.Seen(false))})
}

// ShowTally says what the votes on an idea add up to.
func (a *API) ShowTally(c *fiber.Ctx, id wire.IdeaID) error {
	found, err := a.Board.Live(c.UserContext(), request.Actor(c).ID, []ideas.ID{ideas.ID(id)})
	if err != nil {
		return err
	}
	idea, ok := found[ideas.ID(id)]
	if !ok {
		return ideas.ErrNotFound
	}
	return response.JSON(c, fiber.StatusOK, TallyOf(idea.Tally))
}
