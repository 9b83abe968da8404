package response

import (
	"context"
	"log/slog"
	"net/http"
	"regexp"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/web/request"
)

// addresses matches those of people and of databases, with a password or not:
// errors repeat what they were about.
var addresses = regexp.MustCompile(`[^\s"'<>]+@[^\s"'<>,;]+`)

// Note writes the one line that a request leaves in the log: who asked which
// route, and what came of it. Addresses of people, and the query, which may
// hold the token of a link, stay out of it.
func Note(log *slog.Logger, c *fiber.Ctx, code string, cause error) {
	status := c.Response().StatusCode()
	level := levelOf(status)
	if !log.Enabled(c.UserContext(), level) {
		return
	}
	line := []slog.Attr{
		slog.String("request", request.ID(c)), slog.String("method", c.Method()), slog.String("route", c.Route().Path),
		slog.Int64("actor", int64(request.Actor(c).ID)), slog.Int("status", status), slog.Duration("took", time.Since(c.Context().Time())),
	}
	if code != "" {
		line = append(line, slog.String("code", code))
	}
	if cause != nil && status >= http.StatusInternalServerError {
		line = append(line, slog.String("error", addresses.ReplaceAllString(cause.Error(), "(address)")))
	}
	log.LogAttrs(context.WithoutCancel(c.UserContext()), level, "request", line...)
}

// levelOf is how loud an answer is: our own failures are errors, and what
// every crawler and expired session gives is not worth a line.
func levelOf(status int) slog.Level {
	switch {
	case status == http.StatusServiceUnavailable: // said on purpose, and by the thousand when it is
		return slog.LevelInfo
	case status >= http.StatusInternalServerError:
		return slog.LevelError
	case status == http.StatusUnauthorized, status == http.StatusNotFound, status < http.StatusBadRequest:
		return slog.LevelDebug
	default:
		return slog.LevelInfo
	}
}
