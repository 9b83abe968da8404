package api

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/clean"
	"prosumer/internal/comments"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/merges"
	"prosumer/internal/products"
	"prosumer/internal/votes"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/request"
)

// Base is where the operations' paths begin.
const Base = "/api/v1"

// API runs the operations of the contract.
type API struct {
	Accounts *accounts.Service
	Ideas    *ideas.Service
	Votes    *votes.Service
	Products *products.Service
	Board    *board.Board
	Media    *media.Service

	Comments   *comments.Service
	Challenges *challenges.Service
	Merges     *merges.Service
	OriginKey  []byte           // what the places that votes come from are hashed with
	Now        func() time.Time // time.Now when nil

	SetSession func(c *fiber.Ctx, secret string) // gives the browser its session cookie
	EndSession func(c *fiber.Ctx) error          // ends the session of the cookie, and takes it back; nothing where there is none
}

var _ wire.ServerInterface = (*API)(nil)

// Register adds every operation to router, below Base.
func (a *API) Register(router fiber.Router) {
	wire.RegisterHandlersWithOptions(router, a, wire.FiberServerOptions{
		BaseURL:            Base,
		HandlerMiddlewares: []wire.HandlerMiddlewareFunc{guard},
	})
}

// guard runs around every operation.
func guard(c *fiber.Ctx, next fiber.Handler) error {
	if err := mayRun(wire.OperationOf(c), request.Actor(c)); err != nil {
		return err
	}
	if err := storableQuery(c); err != nil {
		return err
	}
	return next(c)
}

// mayRun says why the actor may not ask for the operation at all, or nil. What
// they may do with it then is for the domain to say.
func mayRun(op wire.Operation, actor accounts.Actor) error {
	scope := accounts.Scope(op.Scope)
	switch {
	case actor.ByToken() && (op.Scope == "none" || !actor.Can(scope)):
		return accounts.ErrScope
	case actor.Visitor() && scope == accounts.ScopeVote:
		return votes.ErrSignIn
	case actor.Visitor() && (scope == accounts.ScopeWrite || scope == accounts.ScopeTeam || scope == accounts.ScopeAdmin):
		return accounts.ErrSignIn
	default:
		return nil
	}
}

// storableQuery refuses parameters that the database cannot even be asked for.
func storableQuery(c *fiber.Ctx) error {
	for name, value := range c.Context().QueryArgs().All() {
		if !clean.ValidText(string(value)) {
			return wire.ErrParameter.With(string(name), request.ErrBadText.Code)
		}
	}
	return nil
}

// member is who is asking, in operations that read what is theirs.
func member(c *fiber.Ctx) (accounts.Actor, error) {
	actor := request.Actor(c)
	if actor.Visitor() {
		return actor, accounts.ErrSignIn
	}
	return actor, nil
}

func (a *API) now() time.Time {
	if a.Now == nil {
		return time.Now()
	}
	return a.Now()
}
