package apitest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"prosumer/internal/web/api"
)

// Check fails the test unless the contract knows the request's address and
// method, the answer's status under it, and a body and headers of that shape.
// A field that the contract does not name fails too. The request's own body is
// not looked at, so a refused request can be checked like any other.
func Check(t testing.TB, req *http.Request, res *http.Response, body []byte) {
	t.Helper()
	if err := check(req, res, body); err != nil {
		t.Errorf("%s %s answered %d against the contract: %v\n%s", req.Method, req.URL, res.StatusCode, err, head(body))
	}
}

func check(req *http.Request, res *http.Response, body []byte) error {
	c, err := contract()
	if err != nil {
		return err
	}
	route, params, err := c.FindRoute(req)
	if err != nil {
		return fmt.Errorf("find the operation: %w", err)
	}
	answer := route.Operation.Responses.Status(res.StatusCode)
	if answer == nil {
		return fmt.Errorf("%s does not document this status", route.Operation.OperationID)
	}
	if len(answer.Value.Content) == 0 && len(body) > 0 {
		return fmt.Errorf("%s documents no body with this status", route.Operation.OperationID)
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{
			Request: req, PathParams: params, Route: route,
		},
		Status:  res.StatusCode,
		Header:  res.Header,
		Body:    io.NopCloser(bytes.NewReader(body)),
		Options: &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	}
	return openapi3filter.ValidateResponse(req.Context(), input)
}

// contract is the parsed spec as a router, closed by tighten.
var contract = sync.OnceValues(func() (routers.Router, error) {
	doc, err := Load()
	if err != nil {
		return nil, err
	}
	tighten(doc)
	return gorillamux.NewRouter(doc)
})

// Load parses the contract as it is served.
func Load() (*openapi3.T, error) {
	doc, err := openapi3.NewLoader().LoadFromData(api.Spec())
	if err != nil {
		return nil, fmt.Errorf("parse openapi.yaml: %w", err)
	}
	return doc, nil
}

// tighten makes every object refuse fields it does not name. The document
// leaves answers open, so that clients expect fields to be added; our own
// tests must notice one that was added without a word in it.
func tighten(doc *openapi3.T) {
	for _, s := range doc.Components.Schemas {
		open := s.Value.AdditionalProperties
		if len(s.Value.Properties) > 0 && open.Has == nil && open.Schema == nil {
			s.Value.AdditionalProperties = openapi3.AdditionalProperties{Has: new(bool)}
		}
	}
}

// head is the beginning of a body, for a message that stays readable.
func head(body []byte) []byte {
	const enough = 600
	return body[:min(len(body), enough)]
}
