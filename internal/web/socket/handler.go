package socket

import (
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"slices"
	"strconv"

	"prosumer/internal/fault"
	"prosumer/internal/live"

	"github.com/gofiber/fiber/v2"
)

// Options says who may connect to the hub.
type Options struct {
	Hub    *live.Hub
	Origin string   // the public origin, exactly as a browser sends it: scheme://host[:port]
	Also   []string // further origins that are as good

	// Viewer says who asks. Its error goes to the app's error handler.
	Viewer func(*fiber.Ctx) (live.Viewer, error)

	// ByToken says whether the request proves itself by an API token, which is
	// the only way to connect without an Origin. Nil means that none does.
	ByToken func(*fiber.Ctx) bool

	Log *slog.Logger // nil discards
}

// Handler opens a websocket. Everything that can be refused is refused before
// the upgrade: 426 for what is no handshake, 403 for a foreign or missing Origin,
// what Viewer says, 503 with Retry-After for too many connections.
func Handler(o Options) fiber.Handler {
	upgrader, log := NewUpgrader(), o.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return func(c *fiber.Ctx) error {
		if err := Check(c); err != nil {
			return refuseHandshake(c, err)
		}
		if !o.allowed(c) {
			return refuse(c, fiber.StatusForbidden, "live.foreign_origin", "Live updates are for this site's own pages.")
		}
		viewer, err := o.Viewer(c)
		if err != nil {
			return err
		}
		seat, err := o.Hub.Admit(viewer, c.Context().Time())
		if err != nil {
			return refuseSeat(c, err)
		}
		Upgrade(c, upgrader, seat.Serve, func(err error) {
			seat.Release()
			log.Warn("socket: upgrade failed", "error", err)
		})
		return nil
	}
}

// allowed compares the Origin with ours, byte by byte. More than one is none.
func (o Options) allowed(c *fiber.Ctx) bool {
	sent := c.Request().Header.PeekAll(fiber.HeaderOrigin)
	switch len(sent) {
	case 0:
		return o.ByToken != nil && o.ByToken(c)
	case 1:
		origin := string(sent[0])
		return origin != "" && (origin == o.Origin || slices.Contains(o.Also, origin))
	}
	return false
}

func refuseHandshake(c *fiber.Ctx, err error) error {
	if errors.Is(err, ErrBadKey) {
		return refuse(c, fiber.StatusBadRequest, "live.bad_handshake", "The websocket handshake is broken.")
	}
	c.Set(fiber.HeaderUpgrade, "websocket")
	c.Set(fiber.HeaderConnection, "Upgrade")
	c.Set("Sec-WebSocket-Version", "13")
	return refuse(c, fiber.StatusUpgradeRequired, "live.not_a_websocket", "This address speaks websocket only.")
}

func refuseSeat(c *fiber.Ctx, err error) error {
	f := fault.Of(err)
	if f.Kind != fault.Busy {
		return err
	}
	c.Set(fiber.HeaderRetryAfter, strconv.Itoa(max(1, int(math.Ceil(f.RetryAfter.Seconds())))))
	return refuse(c, fiber.StatusServiceUnavailable, f.Code, f.Text)
}

// refuse answers by itself: no page or translation helps a script that asked
// for a socket.
func refuse(c *fiber.Ctx, status int, code, text string) error {
	body, err := json.Marshal(map[string]any{"type": "about:blank", "title": http.StatusText(status), "status": status, "code": code, "detail": text})
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/problem+json")
	return c.Status(status).Send(body)
}
