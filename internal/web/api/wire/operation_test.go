package wire_test

import (
	"net/http/httptest"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/google/go-cmp/cmp"

	"prosumer/internal/fault"
	"prosumer/internal/web/api/wire"
)

// handlers answers a few operations and notes what reached it.
type handlers struct {
	wire.ServerInterface
	ran   wire.Operation
	id    wire.IdeaID
	ideas wire.ListIdeasParams
}

func (h *handlers) ShowIdea(_ *fiber.Ctx, id wire.IdeaID) error {
	h.id = id
	return nil
}

func (h *handlers) FindSimilarIdeas(*fiber.Ctx, wire.FindSimilarIdeasParams) error { return nil }

func (h *handlers) ListIdeas(_ *fiber.Ctx, params wire.ListIdeasParams) error {
	h.ideas = params
	return nil
}

// ask sends a GET and gives what reached the handlers, or the refusal.
func ask(t *testing.T, target string) (*handlers, error) {
	t.Helper()
	var refusal error
	app := fiber.New(fiber.Config{ErrorHandler: func(_ *fiber.Ctx, err error) error {
		refusal = err
		return nil
	}})
	h := &handlers{}
	wire.RegisterHandlersWithOptions(app, h, wire.FiberServerOptions{
		BaseURL: "/api/v1",
		HandlerMiddlewares: []wire.HandlerMiddlewareFunc{func(c *fiber.Ctx, next fiber.Handler) error {
			h.ran = wire.OperationOf(c)
			return next(c)
		}},
	})
	res, err := app.Test(httptest.NewRequest("GET", target, nil))
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	return h, refusal
}

func TestTheOperationIsKnownAroundItsHandler(t *testing.T) {
	for target, want := range map[string]wire.Operation{
		"/api/v1/ideas/42":              {ID: "showIdea", Scope: "read"},
		"/api/v1/ideas/similar?title=a": {ID: "findSimilarIdeas", Scope: "read"},
	} {
		h, err := ask(t, target)

		if err != nil || h.ran != want {
			t.Errorf("%s ran %v with %v, want %v", target, h.ran, err, want)
		}
	}
}

func TestParametersArriveTyped(t *testing.T) {
	order, limit := wire.OrderNewest, 5

	h, err := ask(t, "/api/v1/ideas?order=newest&status=open,parked&limit=5")

	want := wire.ListIdeasParams{Order: &order, Limit: &limit, Status: []wire.ListedStatus{wire.ListedStatusOpen, wire.ListedStatusParked}}
	if diff := cmp.Diff(want, h.ideas); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if h, err = ask(t, "/api/v1/ideas/42"); err != nil || h.id != 42 {
		t.Errorf("id %d with %v, want 42", h.id, err)
	}
}

func TestAParameterThatCannotBeReadIsRefusedInOurWords(t *testing.T) {
	for target, want := range map[string]*fault.Fault{
		"/api/v1/ideas/forty":                   wire.ErrNoSuchAddress,
		"/api/v1/ideas/99999999999999999999999": wire.ErrNoSuchAddress,
		"/api/v1/ideas?limit=many":              wire.ErrParameter.With("limit", wire.BadParameter),
		"/api/v1/ideas?limit=1;q=x":             wire.ErrParameter.With("query", wire.BadParameter),
		"/api/v1/ideas/similar":                 wire.ErrParameter.With("title", wire.BadParameter),
	} {
		_, err := ask(t, target)

		if diff := cmp.Diff(want, fault.Of(err)); diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", target, err, diff)
		}
	}
}
