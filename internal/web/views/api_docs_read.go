package views

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// apiMethods is the order in which the methods of one path are shown.
var apiMethods = []string{"GET", "POST", "PUT", "PATCH", "DELETE"}

// ReadAPIReference makes the readable contract of an OpenAPI document. It
// costs tens of milliseconds: do it once and keep the result.
func ReadAPIReference(spec []byte) (APIReference, error) {
	loader := openapi3.NewLoader()
	loader.IncludeOrigin = true // fields are shown in the order they are written
	doc, err := loader.LoadFromData(spec)
	if err != nil {
		return APIReference{}, fmt.Errorf("read the API's contract: %w", err)
	}
	if doc.Components == nil {
		doc.Components = &openapi3.Components{}
	}
	r := APIReference{
		Title: doc.Info.Title, Version: doc.Info.Version, Intro: apiText(doc.Info.Description), Shapes: apiShapes(doc),
	}
	for _, name := range slices.Sorted(maps.Keys(doc.Components.SecuritySchemes)) {
		text := doc.Components.SecuritySchemes[name].Value.Description
		r.Ways = append(r.Ways, APITerm{ID: "way-" + name, Name: name, Text: apiText(text)})
	}
	refusals := map[string]string{}
	for _, tag := range doc.Tags {
		group := APIGroup{ID: "about-" + strings.ReplaceAll(strings.ToLower(tag.Name), " ", "-"), Name: tag.Name, Text: apiText(tag.Description)}
		for _, path := range slices.Sorted(maps.Keys(doc.Paths.Map())) {
			item := doc.Paths.Value(path)
			for _, method := range apiMethods {
				op := item.GetOperation(method)
				if op == nil || !slices.Contains(op.Tags, tag.Name) {
					continue
				}
				group.Operations = append(group.Operations, apiOperation(doc, method, path, item, op))
				for status, answer := range op.Responses.Map() {
					if status >= "400" {
						refusals[status] = *answer.Value.Description
					}
				}
			}
		}
		r.Groups = append(r.Groups, group)
	}
	for _, status := range slices.Sorted(maps.Keys(refusals)) {
		r.Refusals = append(r.Refusals, APITerm{ID: refusalAnchor(status), Name: status, Text: apiText(refusals[status])})
	}
	return r, nil
}

func apiOperation(doc *openapi3.T, method, path string, item *openapi3.PathItem, op *openapi3.Operation) APIOperation {
	params := slices.Concat(item.Parameters, op.Parameters)
	scope, _ := op.Extensions["x-scope"].(string)
	o := APIOperation{
		ID: op.OperationID, Method: method, Path: apiBase(doc) + path, Summary: op.Summary,
		Text: apiText(op.Description), Scope: scope, Visitors: openToVisitors(doc, op),
	}
	for _, p := range params {
		o.Params = append(o.Params, APIField{
			Name: p.Value.Name, In: p.Value.In, Required: p.Value.Required,
			Type: apiType(p.Value.Schema), Text: apiText(p.Value.Description),
		})
	}
	var body *openapi3.RequestBody
	if op.RequestBody != nil {
		body = op.RequestBody.Value
		o.Body = apiBody(body)
	}
	for _, status := range slices.Sorted(maps.Keys(op.Responses.Map())) {
		if status >= "400" {
			o.Refusals = append(o.Refusals, status)
			continue
		}
		o.Answers = append(o.Answers, apiAnswer(status, op.Responses.Value(status).Value))
	}
	o.Curl = apiCurl(o, params, body)
	return o
}

// apiBase is where the operations' paths begin.
func apiBase(doc *openapi3.T) string {
	if len(doc.Servers) == 0 {
		return ""
	}
	return doc.Servers[0].URL
}

// openToVisitors reports whether one of the ways to call op is without an
// account.
func openToVisitors(doc *openapi3.T, op *openapi3.Operation) bool {
	ways := doc.Security
	if op.Security != nil {
		ways = *op.Security
	}
	return len(ways) == 0 || slices.ContainsFunc(ways, func(way openapi3.SecurityRequirement) bool { return len(way) == 0 })
}

func apiBody(body *openapi3.RequestBody) *APIBody {
	kinds := slices.Sorted(maps.Keys(body.Content))
	if len(kinds) == 0 {
		return nil
	}
	schema := body.Content[kinds[0]].Schema
	b := &APIBody{Required: body.Required, Media: kinds[0], Shape: apiType(schema)}
	if schema.Ref == "" {
		b.Fields = apiFields(schema.Value)
	}
	return b
}

func apiAnswer(status string, answer *openapi3.Response) APIAnswer {
	a := APIAnswer{Status: status, Text: *answer.Description}
	for _, media := range slices.Sorted(maps.Keys(answer.Content)) {
		content := answer.Content[media]
		a.Shape, a.Example = apiType(content.Schema), apiExample(content)
	}
	return a
}
