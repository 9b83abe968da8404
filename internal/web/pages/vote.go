package pages

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// Vote takes the plain form. With script, the island sends the same choice to
// the API; both end in the same service. The choice of a visitor goes with them
// through signing in.
func (p *Pages) Vote(c *fiber.Ctx) error {
	id, _, err := request.Idea(c)
	if err != nil {
		return err
	}
	actor := request.Actor(c)
	back := request.Back(c, "next", views.IdeaURL(int64(id), ""))
	choice, err := p.choice(c)
	if err != nil {
		return p.notAsThought(c, id, err)
	}
	if actor.Visitor() {
		return response.SeeOther(c, views.SignInURL(keep(id, choice, back)), "")
	}
	if request.Field(c, "act") == "retract" {
		if _, err := p.Votes.Retract(c.UserContext(), actor, id); err != nil {
			return p.notAsThought(c, id, err)
		}
		return response.SeeOther(c, back, "retracted")
	}
	cast, err := p.Votes.Keep(c.UserContext(), actor, id, choice)
	if err != nil {
		return p.notAsThought(c, id, err)
	}
	if !cast {
		return response.SeeOther(c, back, "vote_kept")
	}
	return response.SeeOther(c, back, "voted")
}

// choice reads what the form says of the idea, and where its voter came from.
func (p *Pages) choice(c *fiber.Ctx) (votes.Choice, error) {
	score, err := scoreOf(request.Field(c, "score"))
	return votes.Choice{
		Score: score, WouldBuy: request.Field(c, "would_buy") != "", From: request.Origin(c, p.OriginKey, request.Field(c, "came_from")),
	}, err
}

// scoreOf reads a score as it stands in a form or an address; 0 where there is
// none.
func scoreOf(typed string) (int, error) {
	if typed == "" {
		return 0, nil
	}
	if len(typed) != 1 || typed[0] < '1' || typed[0] > '0'+votes.MaxScore {
		return 0, votes.ErrScoreRange.With("score", votes.ErrScoreRange.Code)
	}
	return int(typed[0] - '0'), nil
}

// keep writes a choice into the address to come back to, so that it survives
// signing in, signing up and confirming without anything stored for a visitor.
func keep(id ideas.ID, choice votes.Choice, back string) string {
	values := url.Values{"keep": {id.String()}, "back": {back}}
	if choice.WouldBuy {
		values.Set("would_buy", "1")
	}
	if choice.Score > 0 {
		values.Set("score", strconv.Itoa(choice.Score))
	}
	if choice.From.Referrer != "" {
		values.Set("came_from", choice.From.Referrer)
	}
	return "/vote/kept?" + values.Encode()
}

// kept is what waits behind an address to come back to.
type kept struct {
	idea    ideas.ID
	choice  votes.Choice // without where it comes from, but for the referrer
	back    string
	carried string // secret of a text typed before signing in
}

func readKept(next string) kept {
	u, err := url.Parse(next)
	if err != nil {
		return kept{}
	}
	values := u.Query()
	switch u.Path {
	case views.ProposeURL:
		return kept{carried: values.Get("carried")}
	case "/vote/kept":
		id, err := ideaID(values.Get("keep"))
		if err != nil {
			return kept{}
		}
		score, err := scoreOf(values.Get("score"))
		if err != nil {
			return kept{}
		}
		choice := votes.Choice{Score: score, WouldBuy: values.Get("would_buy") != "", From: votes.Origin{Referrer: values.Get("came_from")}}
		return kept{idea: id, choice: choice, back: values.Get("back")}
	}
	return kept{}
}

func ideaID(s string) (ideas.ID, error) {
	digits, _, _ := strings.Cut(s, "-")
	var id int64
	for _, r := range digits {
		if r < '0' || r > '9' || len(digits) > 18 {
			return 0, request.ErrNotFound
		}
		id = id*10 + int64(r-'0')
	}
	if id == 0 {
		return 0, request.ErrNotFound
	}
	return ideas.ID(id), nil
}

// choiceOf describes what waits, for the pages on the way.
func (p *Pages) choiceOf(c *fiber.Ctx, next string) views.KeptChoice {
	k := readKept(next)
	if k.carried != "" {
		return views.KeptChoice{Draft: true}
	}
	if k.idea == 0 {
		return views.KeptChoice{}
	}
	idea, err := p.Ideas.ByID(c.UserContext(), request.Actor(c), k.idea)
	if err != nil {
		return views.KeptChoice{}
	}
	return views.KeptChoice{Idea: views.IdeaLink{ID: int64(idea.ID), Slug: idea.Slug, Title: idea.Title}}
}

// arrive ends a sign-in: who asked to be erased is led to where they can still
// stay, the kept vote is cast (unless its tick was taken away)
// or waits for the confirmation, carried words become a draft, and the browser
// goes on to where it wanted to be.
func (p *Pages) arrive(c *fiber.Ctx, account accounts.Account, next string, cast bool) error {
	actor := accounts.As(account)
	actor.Confirmed = account.ConfirmedAt != nil || !p.RequireConfirm
	k := readKept(next)
	_, erasing, err := p.OwnData.Asked(c.UserContext(), actor)
	if err != nil {
		return err
	}
	if erasing {
		return response.SeeOther(c, views.DataURL, "erase_asked_back")
	}
	switch {
	case k.carried != "":
		id, err := p.Ideas.Arrive(c.UserContext(), actor, k.carried)
		if err != nil {
			if f := fault.Of(err); f.Kind == fault.Internal || f.Kind == fault.Busy {
				return err
			}
			return response.SeeOther(c, views.ProposeURL, "draft_gone")
		}
		return response.SeeOther(c, views.EditIdeaURL(int64(id)), "draft_kept")
	case k.idea != 0 && cast:
		k.choice.From = request.Origin(c, p.OriginKey, k.choice.From.Referrer)
		done, err := p.Votes.Keep(c.UserContext(), actor, k.idea, k.choice)
		if err != nil {
			if f := fault.Of(err); f.Kind == fault.Internal || f.Kind == fault.Busy {
				return err
			}
			return response.SeeOther(c, local(k.back), "vote_refused")
		}
		if !done {
			return response.SeeOther(c, local(k.back), "vote_kept")
		}
		return response.SeeOther(c, local(k.back), "voted")
	case k.idea != 0:
		return response.SeeOther(c, local(k.back), "signed_in")
	}
	return response.SeeOther(c, local(next), "signed_in")
}

// VoteKept is where an address with a kept choice leads when it is opened by
// itself: to the idea. Nothing is cast by following a link.
func (p *Pages) VoteKept(c *fiber.Ctx) error {
	return response.SeeOther(c, local(request.Query(c, "back")), "")
}
