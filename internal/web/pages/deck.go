package pages

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// mostAhead bounds how many entries a script says that it has.
const mostAhead = 50

// deckOf finds the challenge of a deck. One that is not announced is there for
// staff alone.
func (p *Pages) deckOf(c *fiber.Ctx) (challenges.Challenge, error) {
	found, err := p.Challenges.BySlug(c.UserContext(), request.Slug(c))
	if err == nil && found.Dates.Phase(p.Now()) == challenges.Coming && challenges.MayPlan(request.Actor(c)) != nil {
		err = challenges.ErrNotFound
	}
	return found, err
}

// DeckShow shows the next entry of a challenge. The entry stands in the address,
// so that the page stays what it is when it is loaded again. A script that asks
// ahead says what it has; nothing is seen by that.
func (p *Pages) DeckShow(c *fiber.Ctx) error {
	found, err := p.deckOf(c)
	if err != nil {
		return err
	}
	q := board.DeckQuery{Entry: entryOf(request.Query(c, "entry"))}
	ahead := request.Query(c, "but")
	for part := range strings.SplitSeq(ahead, ".") {
		if id := entryOf(part); id != 0 && len(q.Without) < mostAhead {
			q.Without = append(q.Without, id)
		}
	}
	v, err := p.deckView(c, found, q)
	if err != nil {
		return err
	}
	v.Last = int64(entryOf(request.Query(c, "last")))
	if v.Entry != nil && ahead == "" {
		if v.Entry.ID != int64(q.Entry) {
			to := views.DeckAtURL(found.Slug, v.Entry.ID, v.Last)
			if flash := request.Query(c, "flash"); flash != "" { // said on the page it leads to
				to += "&flash=" + url.QueryEscape(flash)
			}
			return c.Redirect(to, fiber.StatusSeeOther)
		}
		if opened(c) {
			if err := p.Ideas.MarkSeen(c.UserContext(), request.Actor(c), []ideas.ID{q.Entry}); err != nil {
				return err
			}
		}
	}
	return response.HTML(c, fiber.StatusOK, views.Deck(v))
}

// entryOf reads the number of an entry, 0 for none.
func entryOf(typed string) ideas.ID {
	id, err := ideaID(typed)
	if err != nil {
		return 0
	}
	return id
}

func (p *Pages) deckView(c *fiber.Ctx, found challenges.Challenge, q board.DeckQuery) (views.DeckView, error) {
	actor, now, d := request.Actor(c), p.Now(), found.Dates
	v := views.DeckView{
		Shell: p.Shell(c), Early: now.Before(d.VotingOpen), Late: !now.Before(d.VotingClose),
		Challenge: views.Challenge{
			Slug: found.Slug, Title: found.Title, Score: found.Ballot == challenges.Score, Seal: string(found.SealAt(now)), Phase: string(d.Phase(now)),
			VotingOpen: d.VotingOpen, VotingClose: d.VotingClose, Results: d.Results,
		},
	}
	v.NoIndex = true
	v.CanonicalURL = p.BaseURL + views.DeckURL(found.Slug)
	v.Path = views.DeckAtURL(found.Slug, int64(q.Entry), 0)
	q.Challenge, q.Over = found.ID, v.Early || v.Late
	page, err := p.Board.Deck(c.UserContext(), actor, q)
	if err != nil {
		return v, err
	}
	v.Total, v.Scored, v.Skipped, v.Own = page.Total, page.Scored, page.Skipped, page.Own
	if e := page.Entry; e != nil {
		v.Entry = &views.DeckEntry{ID: int64(e.ID), Slug: e.Slug, Title: e.Title, Contributor: person(e.Contributor), Story: e.Story}
		for _, picture := range e.Pictures {
			v.Entry.Pictures = append(v.Entry.Pictures, image(&picture))
		}
	}
	return v, nil
}

// deckOn goes on to the next entry; last can be taken back there.
func (p *Pages) deckOn(c *fiber.Ctx, found challenges.Challenge, q board.DeckQuery, last ideas.ID, flash string) error {
	q.Challenge = found.ID
	page, err := p.Board.Deck(c.UserContext(), request.Actor(c), q)
	if err != nil {
		return err
	}
	next := int64(0)
	if page.Entry != nil {
		next = int64(page.Entry.ID)
	}
	return response.SeeOther(c, views.DeckAtURL(found.Slug, next, int64(last)), flash)
}

// DeckCast takes the score of an entry and goes on. A visitor's goes with them
// through signing in.
func (p *Pages) DeckCast(c *fiber.Ctx) error {
	found, err := p.deckOf(c)
	if err != nil {
		return err
	}
	id, err := ideaID(request.Field(c, "entry"))
	if err != nil {
		return err
	}
	choice, err := p.choice(c)
	if err == nil && request.Actor(c).Visitor() {
		return response.SeeOther(c, views.SignInURL(keep(id, choice, views.DeckURL(found.Slug))), "")
	}
	cast := false
	if err == nil {
		cast, err = p.Votes.Keep(c.UserContext(), request.Actor(c), id, choice)
	}
	if err != nil {
		return p.deckRefused(c, found, id, choice, err)
	}
	if !cast {
		return p.deckOn(c, found, board.DeckQuery{}, id, "vote_kept")
	}
	return p.deckOn(c, found, board.DeckQuery{}, id, "")
}

// deckRefused shows the deck as it is now, with the sentence and the choice that
// was not taken.
func (p *Pages) deckRefused(c *fiber.Ctx, found challenges.Challenge, id ideas.ID, choice votes.Choice, err error) error {
	f := fault.Of(err)
	switch f.Kind {
	case fault.Conflict, fault.Forbidden, fault.Invalid, fault.NotFound:
	default:
		return err
	}
	v, failed := p.deckView(c, found, board.DeckQuery{Entry: id})
	if failed != nil {
		return failed
	}
	v.Refusal = response.Sentence(request.Lang(c), f)
	if v.Entry != nil && v.Entry.ID == int64(id) {
		v.WouldBuy, v.Chosen = choice.WouldBuy, choice.Score
	}
	return response.HTML(c, response.StatusOf(f), views.Deck(v))
}

// DeckSkip passes over an entry and goes on.
func (p *Pages) DeckSkip(c *fiber.Ctx) error {
	return p.deckDo(c, func(found challenges.Challenge, id ideas.ID) error {
		if err := p.Ideas.Skip(c.UserContext(), request.Actor(c), id); err != nil {
			return err
		}
		if request.Field(c, "script") != "" {
			return response.NoContent(c)
		}
		return p.deckOn(c, found, board.DeckQuery{}, id, "")
	})
}

// DeckUndo takes back what the member did with an entry, and has it up again.
func (p *Pages) DeckUndo(c *fiber.Ctx) error {
	return p.deckDo(c, func(found challenges.Challenge, id ideas.ID) error {
		actor := request.Actor(c)
		mine, err := p.Votes.Mine(c.UserContext(), actor, []ideas.ID{id})
		if err != nil {
			return err
		}
		if _, voted := mine[id]; voted || !actor.Confirmed {
			if _, err := p.Votes.Retract(c.UserContext(), actor, id); err != nil {
				return p.deckRefused(c, found, id, votes.Choice{}, err)
			}
		}
		if err := p.Ideas.Unskip(c.UserContext(), actor, id); err != nil {
			return err
		}
		if request.Field(c, "script") != "" {
			return response.NoContent(c)
		}
		return p.deckOn(c, found, board.DeckQuery{Entry: id}, 0, "")
	})
}

// DeckAgain offers what was skipped again.
func (p *Pages) DeckAgain(c *fiber.Ctx) error {
	found, err := p.deckOf(c)
	if err != nil {
		return err
	}
	if request.Actor(c).Visitor() {
		return response.SeeOther(c, views.SignInURL(views.DeckURL(found.Slug)), "")
	}
	if err := p.Ideas.UnskipAll(c.UserContext(), request.Actor(c), int64(found.ID)); err != nil {
		return err
	}
	return p.deckOn(c, found, board.DeckQuery{}, 0, "")
}

// deckDo does something with the entry that a form names; a visitor signs in
// first and comes back.
func (p *Pages) deckDo(c *fiber.Ctx, do func(challenges.Challenge, ideas.ID) error) error {
	found, err := p.deckOf(c)
	if err != nil {
		return err
	}
	if request.Actor(c).Visitor() {
		return response.SeeOther(c, views.SignInURL(views.DeckURL(found.Slug)), "")
	}
	id, err := ideaID(request.Field(c, "entry"))
	if err != nil {
		return err
	}
	return do(found, id)
}
