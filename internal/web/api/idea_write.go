package api

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/ideas"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
)

// ProposeIdea stores an idea of the caller, as a draft or submitted at once.
func (a *API) ProposeIdea(c *fiber.Ctx) error {
	var in wire.IdeaInput
	if err := request.JSON(c, &in); err != nil {
		return err
	}
	ctx, actor := c.UserContext(), request.Actor(c)
	text := ideas.Text{
		Title: given(in.Title), Story: given(in.StoryHTML), Topic: given(in.Topic), Tags: in.Tags,
		Pictures: ofPictures(in.Pictures), Cover: given(in.Cover), Accept: given(in.AcceptTerms), Challenge: in.Challenge, Terms: given(in.TermsVersion),
	}
	if in.BuildsOn != nil {
		of := ideas.ID(*in.BuildsOn)
		text.BuildsOn = &of
	}
	var id ideas.ID
	var err error
	if given(in.Draft) {
		id, err = a.Ideas.SaveDraft(ctx, actor, 0, text)
	} else {
		var idea ideas.Idea
		idea, err = a.Ideas.Propose(ctx, actor, 0, text)
		id = idea.ID
	}
	if err != nil {
		return ofStory(err)
	}
	c.Location(Base + "/ideas/" + id.String())
	return a.sendIdea(c, fiber.StatusCreated, id)
}

// ReviseIdea changes what is given of the caller's own idea.
func (a *API) ReviseIdea(c *fiber.Ctx, id wire.IdeaID) error {
	ctx, actor := c.UserContext(), request.Actor(c)
	idea, text, err := a.Ideas.TextOf(ctx, actor, ideas.ID(id))
	if err != nil {
		return err
	}
	if err := ideas.MayRevise(actor, idea); err != nil {
		return err
	}
	var patch wire.IdeaPatch
	if err := readPatch(c, &patch); err != nil {
		return err
	}
	revise(&text, patch)
	seen := given(patch.Version)
	switch {
	case idea.Status != ideas.Draft:
		_, err = a.Ideas.Revise(ctx, actor, idea.ID, seen, text)
	case seen != 0 && seen != idea.Version:
		err = ideas.ErrMoved
	default:
		_, err = a.Ideas.SaveDraft(ctx, actor, idea.ID, text)
	}
	if err != nil {
		return ofStory(err)
	}
	return a.sendIdea(c, fiber.StatusOK, idea.ID)
}

// revise puts the fields that were given into the text.
func revise(text *ideas.Text, patch wire.IdeaPatch) {
	for _, field := range []struct{ from, to *string }{
		{patch.Title, &text.Title}, {patch.StoryHTML, &text.Story}, {patch.Topic, &text.Topic}, {patch.Cover, &text.Cover},
	} {
		if field.from != nil {
			*field.to = *field.from
		}
	}
	if patch.Tags != nil {
		text.Tags = patch.Tags
	}
	if patch.Pictures != nil {
		text.Pictures = ofPictures(patch.Pictures)
	}
}

// SubmitIdea puts the caller's own draft on the board.
func (a *API) SubmitIdea(c *fiber.Ctx, id wire.IdeaID) error {
	ctx, actor := c.UserContext(), request.Actor(c)
	idea, text, err := a.Ideas.TextOf(ctx, actor, ideas.ID(id))
	if err != nil {
		return err
	}
	if idea.Contributor != actor.ID {
		return ideas.ErrNotYours
	}
	var in wire.SubmitInput
	if err := request.JSON(c, &in); err != nil {
		return err
	}
	if idea.Status != ideas.Draft {
		return ideas.ErrNotDraft
	}
	text.Accept, text.Terms = given(in.AcceptTerms), given(in.TermsVersion)
	if _, err := a.Ideas.Propose(ctx, actor, idea.ID, text); err != nil {
		return ofStory(err)
	}
	return a.sendIdea(c, fiber.StatusOK, idea.ID)
}

// WithdrawIdea removes a draft, and takes back what was submitted.
func (a *API) WithdrawIdea(c *fiber.Ctx, id wire.IdeaID) error {
	if err := a.Ideas.Withdraw(c.UserContext(), request.Actor(c), ideas.ID(id)); err != nil {
		return err
	}
	return response.NoContent(c)
}

func ofPictures(list []wire.PictureInput) []ideas.Picture {
	return each(list, func(p wire.PictureInput) ideas.Picture { return ideas.Picture{ID: p.ID, Alt: p.Alt} })
}

// ofStory names the fields of a text as the contract does.
func ofStory(err error) error { return inFields(err, "story", "story_html", "of", "builds_on") }
