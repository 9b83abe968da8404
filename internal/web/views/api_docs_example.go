package views

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// apiExample finds or makes an example of what a media type carries, as
// indented JSON; empty when the document gives none.
func apiExample(media *openapi3.MediaType) string {
	value := exampleOf(media)
	if value == nil {
		return ""
	}
	var b strings.Builder
	writeExample(&b, value, media.Schema, "")
	return b.String()
}

func exampleOf(media *openapi3.MediaType) any {
	if media.Example != nil {
		return media.Example
	}
	for _, name := range slices.Sorted(maps.Keys(media.Examples)) {
		return media.Examples[name].Value.Value
	}
	if media.Schema == nil {
		return nil
	}
	return schemaExample(media.Schema.Value)
}

// schemaExample is a schema's own example, or one put together from those of
// its fields; nil when a required field has none.
func schemaExample(s *openapi3.Schema) any {
	switch {
	case s.Example != nil:
		return s.Example
	case s.Type.Permits(openapi3.TypeNull):
		return jsonNull{}
	case s.Type.Is(openapi3.TypeArray):
		if one := schemaExample(s.Items.Value); one != nil {
			return []any{one}
		}
		return nil
	case len(s.OneOf) > 0:
		return schemaExample(s.OneOf[0].Value)
	case len(s.Required) == 0:
		return nil
	}
	object := map[string]any{}
	for _, name := range s.Required {
		value := schemaExample(s.Properties[name].Value)
		if value == nil {
			return nil
		}
		object[name] = value
	}
	return object
}

// jsonNull stands for null where nil means that there is no example.
type jsonNull struct{}

// MarshalJSON writes null.
func (jsonNull) MarshalJSON() ([]byte, error) { return []byte("null"), nil }

// writeExample writes value with its fields in the order of the schema, what
// holds no object on one line.
func writeExample(b *strings.Builder, value any, ref *openapi3.SchemaRef, indent string) {
	deeper := indent + "  "
	switch v := value.(type) {
	case map[string]any:
		s := shapeFor(ref, v)
		b.WriteString("{")
		for i, name := range exampleOrder(s, v) {
			if i > 0 {
				b.WriteString(",")
			}
			fmt.Fprintf(b, "\n%s%q: ", deeper, name)
			var field *openapi3.SchemaRef
			if s != nil {
				field = s.Properties[name]
			}
			writeExample(b, v[name], field, deeper)
		}
		if len(v) > 0 {
			b.WriteString("\n" + indent)
		}
		b.WriteString("}")
	case []any:
		var items *openapi3.SchemaRef
		if ref != nil {
			items = ref.Value.Items
		}
		b.WriteString("[")
		for i, one := range v {
			if i > 0 {
				b.WriteString(", ")
			}
			writeExample(b, one, items, indent)
		}
		b.WriteString("]")
	default:
		writeScalar(b, v)
	}
}

func writeScalar(b *strings.Builder, value any) {
	var plain strings.Builder
	enc := json.NewEncoder(&plain)
	enc.SetEscapeHTML(false) // the template escapes; this is for reading
	if err := enc.Encode(value); err != nil {
		fmt.Fprintf(&plain, "%q", fmt.Sprint(value))
	}
	b.WriteString(strings.TrimSpace(plain.String()))
}

// shapeFor is the object schema that value follows, among alternatives the
// first that knows all of its fields.
func shapeFor(ref *openapi3.SchemaRef, value map[string]any) *openapi3.Schema {
	if ref == nil {
		return nil
	}
	for _, one := range ref.Value.OneOf {
		if s := shapeFor(one, value); s != nil {
			return s
		}
	}
	for name := range value {
		if ref.Value.Properties[name] == nil {
			return nil
		}
	}
	return ref.Value
}

func exampleOrder(s *openapi3.Schema, value map[string]any) []string {
	if s == nil {
		return slices.Sorted(maps.Keys(value))
	}
	return slices.DeleteFunc(fieldOrder(s), func(name string) bool {
		_, there := value[name]
		return !there
	})
}

// apiCurl is a command that runs the operation, for a shell that holds the
// board's address in BOARD and a token in TOKEN.
func apiCurl(op APIOperation, params openapi3.Parameters, body *openapi3.RequestBody) string {
	path, query := op.Path, []string{}
	for _, p := range params {
		example := exampleParam(p.Value)
		switch {
		case example == "":
		case p.Value.In == openapi3.ParameterInPath:
			path = strings.ReplaceAll(path, "{"+p.Value.Name+"}", example)
		case p.Value.In == openapi3.ParameterInQuery:
			query = append(query, p.Value.Name+"="+example)
		}
	}
	if len(query) > 0 {
		path += "?" + strings.Join(query, "&")
	}
	words := []string{`curl "$BOARD` + path + `"`}
	if op.Method != "GET" && (op.Method != "POST" || body == nil) {
		words = append(words, "-X "+op.Method)
	}
	switch {
	case op.Scope == "none" && op.Method == "POST":
		words = append(words, "-c cookies.txt", `-H "Origin: $BOARD"`)
	case op.Scope == "none":
		words = append(words, "-b cookies.txt", `-H "Origin: $BOARD"`)
	case !op.Visitors:
		words = append(words, `-H "Authorization: Bearer $TOKEN"`)
	}
	if body != nil {
		words = append(words, curlBody(body)...)
	}
	return strings.Join(words, " \\\n  ")
}

func exampleParam(p *openapi3.Parameter) string {
	list, isList := p.Example.([]any)
	if !isList {
		if p.Example == nil {
			return ""
		}
		return url.QueryEscape(fmt.Sprint(p.Example))
	}
	var words []string
	for _, one := range list {
		words = append(words, url.QueryEscape(fmt.Sprint(one)))
	}
	return strings.Join(words, ",")
}

func curlBody(body *openapi3.RequestBody) []string {
	media := body.Content.Get("application/json")
	if media == nil {
		return []string{"-F image=@kettle.jpg"}
	}
	quoted := strings.ReplaceAll(apiExample(media), "'", `'\''`)
	return []string{`-H "Content-Type: application/json"`, "-d '" + quoted + "'"}
}
