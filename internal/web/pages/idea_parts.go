package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/cocreation"
	"prosumer/internal/ideas"
	"prosumer/internal/merges"
	"prosumer/internal/milestones"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
	"prosumer/internal/sharing"
	"prosumer/internal/web/request"
	"prosumer/internal/web/views"
)

// ideaPage is an idea's page with what other packages know of the idea. All of
// it is read in one question.
type ideaPage struct {
	board.IdeaPage

	went        *merges.Merge // nil: nowhere
	took        []merges.Merge
	coCreators  []ideas.CoCreator
	taken       []cocreation.Taken
	invitations []cocreation.Invitation
	family      cocreation.Family
	progress    milestones.Progress
	following   bool
	brought     int // by the reader's own link; -1 where it is not told
}

// with says what is read along for a reader.
func (i *ideaPage) with(p *Pages, actor accounts.Actor) board.With {
	return func(card board.Card) []pg.Part {
		i.brought = -1
		parts := []pg.Part{
			merges.Part(card.ID, &i.went, &i.took),
			ideas.CoCreatorsPart([]ideas.ID{card.ID}, &i.coCreators),
			cocreation.TakenPart(card.ID, &i.taken),
			cocreation.FamilyPart(card.ID, &i.family),
			p.Milestones.Part(card.ID, &i.progress),
		}
		if actor.Visitor() {
			return parts
		}
		parts = append(parts, cocreation.InvitationsPart(actor, card.ID, &i.invitations), notices.FollowingPart(actor, card.ID, &i.following))
		if card.Tally.Seal == challenges.Unsealed {
			parts = append(parts, sharing.BroughtPart(card.ID, actor.ID, sharing.Code(p.OriginKey, card.ID, actor.ID), &i.brought))
		}
		return parts
	}
}

// ideaPage reads an idea for its page; ideas.ErrNotFound where the reader may
// not see it.
func (p *Pages) ideaPage(c *fiber.Ctx, id ideas.ID) (*ideaPage, error) {
	var page ideaPage
	var err error
	actor := request.Actor(c)
	page.IdeaPage, err = p.Board.Idea(c.UserContext(), actor, id, page.with(p, actor))
	return &page, err
}

// ideaNow is the page of an idea as it is at this moment, to be shown again with
// what was refused.
func (p *Pages) ideaNow(c *fiber.Ctx, id ideas.ID) (views.IdeaView, error) {
	page, err := p.ideaPage(c, id)
	if err != nil {
		return views.IdeaView{}, err
	}
	return p.ideaView(c, page)
}
