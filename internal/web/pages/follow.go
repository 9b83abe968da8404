package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/notices"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// followOf is the button that follows a person by handle, or a challenge or
// topic by slug. Nobody is offered to follow themselves; a visitor is asked to
// sign in, without a look into the database.
func (p *Pages) followOf(c *fiber.Ctx, what notices.Target, key string) (views.Follow, error) {
	actor := request.Actor(c)
	if p.Notices == nil || what == notices.Person && actor.Handle == key {
		return views.Follow{}, nil
	}
	f := views.Follow{What: string(what), Key: key}
	var err error
	f.Following, err = p.Notices.FollowsTarget(c.UserContext(), actor, what, key)
	return f, err
}

// FollowTarget takes the form of the button.
func (p *Pages) FollowTarget(c *fiber.Ctx) error {
	what, key := notices.Target(request.Field(c, "what")), request.Field(c, "key")
	do, stop := p.Notices.FollowTarget, request.Field(c, "act") == "stop"
	if stop {
		do = p.Notices.UnfollowTarget
	}
	if err := do(c.UserContext(), request.Actor(c), what, key); err != nil {
		return err
	}
	flash := "followed_person"
	switch {
	case what == notices.Person && stop:
		flash = "unfollowed_person"
	case what == notices.Challenge && stop:
		flash = "unfollowed_challenge"
	case what == notices.Challenge:
		flash = "followed_challenge"
	case what == notices.Topic && stop:
		flash = "unfollowed_topic"
	case what == notices.Topic:
		flash = "followed_topic"
	}
	return response.SeeOther(c, request.Back(c, "back", views.FollowingURL), flash)
}

// Following lists what the person follows.
func (p *Pages) Following(c *fiber.Ctx) error {
	list, err := p.Notices.FollowedBy(c.UserContext(), request.Actor(c), string(request.Lang(c)))
	if err != nil {
		return err
	}
	v := views.FollowingView{Shell: p.gate(c)}
	for _, f := range list {
		line := views.FollowedLine{What: string(f.What), Key: f.Key, Name: f.Name, At: f.At}
		switch f.What {
		case notices.Person:
			line.URL = views.PersonURL(f.Key)
		case notices.Topic:
			line.URL = views.BoardURL(views.BoardQuery{Topic: f.Key})
		case notices.Challenge:
			line.URL = views.ChallengeURL(f.Key)
		case notices.Idea:
			line.URL = views.IdeaURL(idNumber(f.Key), f.Slug)
		}
		v.Follows = append(v.Follows, line)
	}
	return response.HTML(c, fiber.StatusOK, views.Following(v))
}
