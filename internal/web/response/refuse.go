package response

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/fault"
	"prosumer/internal/i18n"
	"prosumer/internal/pg"
	"prosumer/internal/web/request"
	"prosumer/internal/web/views"
)

// statuses is the one table from a kind of refusal to its HTTP status.
var statuses = map[fault.Kind]int{
	fault.Internal:    http.StatusInternalServerError,
	fault.Invalid:     http.StatusUnprocessableEntity,
	fault.SignIn:      http.StatusUnauthorized,
	fault.Forbidden:   http.StatusForbidden,
	fault.NotFound:    http.StatusNotFound,
	fault.Conflict:    http.StatusConflict,
	fault.TooLarge:    http.StatusRequestEntityTooLarge,
	fault.Unsupported: http.StatusUnsupportedMediaType,
	fault.TooMany:     http.StatusTooManyRequests,
	fault.Busy:        http.StatusServiceUnavailable,
}

// StatusOf is the HTTP status of a refusal.
func StatusOf(f *fault.Fault) int { return statuses[f.Kind] }

// awayFor is when to come back while the database is away.
const awayFor = 2 * time.Second

var (
	errAway   = fault.New(fault.Busy, "away", "The board is away for a moment. Try again shortly.")
	errMethod = fault.New(fault.NotFound, "method", "This address does not take that.")
	errHost   = fault.New(fault.Invalid, "request.bad", "This request could not be read.")
)

// grace is the time that a page about a failure may take, when the request's
// own time is over already.
const grace = 2 * time.Second

// Refuser answers every refusal and failure, and notes each in the log.
type Refuser struct {
	Shell func(c *fiber.Ctx) views.Shell
	Log   *slog.Logger
}

// Refuse answers err: as a page, or under /api/ as a problem (RFC 9457).
// Unknown errors say nothing to the outside; their cause goes to the log. It
// always answers, in plain words where even the page about it fails.
func (r Refuser) Refuse(c *fiber.Ctx, err error) error {
	f, status := sort(err)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(c.UserContext()), grace)
	defer cancel()
	c.SetUserContext(ctx)
	if failed := r.answer(c, f, status); failed != nil {
		err = errors.Join(err, failed)
		c.Response().ResetBody()
		c.Status(status).Type("txt", "utf-8")
		_ = c.SendString(Sentence(request.Lang(c), f))
	}
	Note(r.Log, c, f.Code, err)
	return nil
}

func (r Refuser) answer(c *fiber.Ctx, f *fault.Fault, status int) (failed error) {
	defer func() {
		if p := recover(); p != nil {
			failed = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	c.Response().ResetBody()
	c.Status(status)
	c.Set(fiber.HeaderCacheControl, "no-store")
	wait := int(math.Ceil(f.RetryAfter.Seconds()))
	if (f.Kind == fault.TooMany || f.Kind == fault.Busy) && wait == 0 {
		wait = int(awayFor.Seconds())
	}
	if wait > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(wait))
	}
	if strings.HasPrefix(c.Path(), "/api/") {
		if status == http.StatusUnauthorized {
			c.Set(fiber.HeaderWWWAuthenticate, "Bearer")
		}
		return problem(c, f, status)
	}
	if f.Kind == fault.SignIn && (c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead) {
		return SeeOther(c, views.SignInURL(string(c.Request().URI().RequestURI())), "")
	}
	v := views.ErrorView{Shell: r.Shell(c), Code: status, Text: Sentence(request.Lang(c), f), RequestID: request.ID(c), Wait: wait}
	v.NoIndex, v.Typed = true, request.Typed(c)
	return HTML(c, status, views.Error(v))
}

// sort finds what an error is: a refusal of ours, a database that is away, or
// one of Fiber's own.
func sort(err error) (*fault.Fault, int) {
	var own *fiber.Error
	switch {
	case fault.Of(err).Kind != fault.Internal:
		f := fault.Of(err)
		return f, statuses[f.Kind]
	case pg.Away(err), errors.Is(err, context.DeadlineExceeded):
		f := errAway.After(awayFor)
		return f, statuses[f.Kind]
	case errors.As(err, &own):
		switch own.Code {
		case http.StatusNotFound:
			return request.ErrNotFound, own.Code
		case http.StatusMethodNotAllowed:
			return errMethod, own.Code
		case http.StatusRequestEntityTooLarge:
			return request.ErrTooLarge, own.Code
		}
		if own.Code < http.StatusInternalServerError {
			return errHost, own.Code
		}
	}
	f := fault.Of(err)
	return f, statuses[f.Kind]
}

// Sentence says a refusal in the reader's language.
func Sentence(lang i18n.Lang, f *fault.Fault) string { return i18n.Or(lang, "fault."+f.Code, f.Text) }

// AwayText says that the database is away, in the reader's language.
func AwayText(lang i18n.Lang) string { return Sentence(lang, errAway) }

// Remedies says what to do about each field, in the reader's language.
func Remedies(lang i18n.Lang, f *fault.Fault) map[string]string {
	said := make(map[string]string, len(f.Fields))
	for field, code := range f.Fields {
		said[field] = i18n.Or(lang, "fault."+code, i18n.T(lang, "fault.invalid"))
	}
	return said
}

type problemBody struct {
	Type     string            `json:"type"`
	Title    string            `json:"title"`
	Status   int               `json:"status"`
	Code     string            `json:"code"`
	Detail   string            `json:"detail"`
	Fields   map[string]string `json:"fields,omitempty"`
	Instance string            `json:"instance,omitempty"`
}

func problem(c *fiber.Ctx, f *fault.Fault, status int) error {
	lang := request.Lang(c)
	body := problemBody{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: f.Code, Detail: Sentence(lang, f), Instance: request.ID(c)}
	if len(f.Fields) > 0 {
		body.Fields = Remedies(lang, f)
	}
	if err := c.JSON(body); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "application/problem+json")
	return nil
}
