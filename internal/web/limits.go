package web

import (
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/limiter"

	"prosumer/internal/fault"
	"prosumer/internal/web/request"
)

var errTooMany = fault.New(fault.TooMany, "request.too_many", "That is more than one person does. Wait a little and go on.")

// limit lets one person, or one network of visitors, do something so many times
// in a while; beyond that it is 429 with Retry-After.
func (g guard) limit(name string, times int, while time.Duration) fiber.Handler {
	if !g.o.Limits {
		return func(c *fiber.Ctx) error { return c.Next() }
	}
	return limiter.New(limiter.Config{
		Max: times, Expiration: while, LimiterMiddleware: limiter.SlidingWindow{},
		KeyGenerator: func(c *fiber.Ctx) string {
			if actor := request.Actor(c); !actor.Visitor() {
				return name + ":account:" + actor.ID.String()
			}
			return name + ":network:" + request.Network(c)
		},
		LimitReached: func(*fiber.Ctx) error { return errTooMany.After(while / 4) },
	})
}

// limits are the limits by name, each one counter.
type limits struct {
	vote, voteDay, signUp, signIn, mail, propose, upload, search, comment, other fiber.Handler
}

func (g guard) limits() limits {
	return limits{
		vote:    g.limit("vote", 120, time.Minute),
		voteDay: g.limit("vote-day", 2000, 24*time.Hour),
		signUp:  g.limit("sign-up", 5, time.Hour),
		signIn:  g.limit("sign-in", 30, 15*time.Minute),
		mail:    g.limit("mail", 10, time.Hour),
		propose: g.limit("propose", 120, 15*time.Minute), // autosave counts too
		upload:  g.limit("upload", 60, 15*time.Minute),
		search:  g.limit("search", 240, time.Minute),
		comment: g.limit("comment", 10, time.Minute),
		other:   g.limit("other", 300, time.Minute),
	}
}
