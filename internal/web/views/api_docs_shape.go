package views

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

const schemaRef = "#/components/schemas/"

// apiType says in words what a schema allows.
func apiType(ref *openapi3.SchemaRef) APIType {
	if ref == nil {
		return nil
	}
	if name, named := strings.CutPrefix(ref.Ref, schemaRef); named {
		return APIType{{Word: name, Shape: shapeAnchor(name)}}
	}
	s := ref.Value
	if len(s.OneOf) > 0 {
		var t APIType
		for i, one := range s.OneOf {
			if i > 0 {
				t = append(t, APITypePart{Word: "or"})
			}
			t = append(t, apiType(one)...)
		}
		return t
	}
	var t APIType
	for i, kind := range s.Type.Slice() {
		if i > 0 {
			t = append(t, APITypePart{Word: "or"})
		}
		if kind == openapi3.TypeArray {
			t = append(append(t, APITypePart{Word: "list of"}), apiType(s.Items)...)
			continue
		}
		t = append(t, APITypePart{Word: kindWord(kind, s.Format)})
	}
	if limits := apiLimits(s); limits != "" {
		t = append(t, APITypePart{Word: limits})
	}
	return t
}

func kindWord(kind, format string) string {
	words := map[string]string{
		"string date": "date", "string date-time": "time", "string uri-reference": "address", "string binary": "file",
		openapi3.TypeString: "text", openapi3.TypeInteger: "whole number", openapi3.TypeNumber: "number",
		openapi3.TypeBoolean: "true or false", openapi3.TypeObject: "object", openapi3.TypeNull: "null",
	}
	return cmp.Or(words[kind+" "+format], words[kind], kind)
}

// apiLimits writes the bounds of a value after its type.
func apiLimits(s *openapi3.Schema) string {
	var limits []string
	say := func(format string, args ...any) { limits = append(limits, fmt.Sprintf(format, args...)) }
	switch {
	case s.Min != nil && s.Max != nil:
		say("from %v to %v", *s.Min, *s.Max)
	case s.Min != nil:
		say("at least %v", *s.Min)
	}
	switch {
	case s.MaxLength != nil && s.MinLength > 1:
		say("%d to %d characters", s.MinLength, *s.MaxLength)
	case s.MaxLength != nil:
		say("at most %d characters", *s.MaxLength)
	}
	switch {
	case s.MaxItems != nil && *s.MaxItems == s.MinItems:
		say("exactly %d", s.MinItems)
	case s.MaxItems != nil:
		say("at most %d", *s.MaxItems)
	}
	if len(s.Enum) > 0 {
		var words []string
		for _, e := range s.Enum {
			words = append(words, fmt.Sprint(e))
		}
		say("one of %s", strings.Join(words, ", "))
	}
	if s.Default != nil {
		say("default %v", s.Default)
	}
	if len(limits) == 0 {
		return ""
	}
	return "(" + strings.Join(limits, "; ") + ")"
}

// apiFields lists the fields of an object in the order they are written.
func apiFields(s *openapi3.Schema) []APIField {
	var fields []APIField
	for _, name := range fieldOrder(s) {
		ref := s.Properties[name]
		text := ref.Value.Description
		if ref.Ref != "" {
			text = "" // the shape it names says it
		}
		fields = append(fields, APIField{
			Name: name, Required: slices.Contains(s.Required, name), Type: apiType(ref), Text: apiText(text),
		})
	}
	return fields
}

// fieldOrder is the names of an object's fields as the document orders them.
func fieldOrder(s *openapi3.Schema) []string {
	line := func(name string) int {
		if o := s.Properties[name].Origin; o != nil && o.Key != nil {
			return o.Key.Line
		}
		return 0
	}
	return slices.SortedFunc(maps.Keys(s.Properties), func(a, b string) int {
		return cmp.Or(cmp.Compare(line(a), line(b)), cmp.Compare(a, b))
	})
}

// apiShapes lists the document's named schemas by name.
func apiShapes(doc *openapi3.T) []APIShape {
	var shapes []APIShape
	for _, name := range slices.Sorted(maps.Keys(doc.Components.Schemas)) {
		s := doc.Components.Schemas[name].Value
		shape := APIShape{ID: shapeAnchor(name), Name: name, Text: apiText(s.Description), Fields: apiFields(s)}
		if len(shape.Fields) == 0 {
			shape.Type = apiType(&openapi3.SchemaRef{Value: s})
		}
		shapes = append(shapes, shape)
	}
	return shapes
}
