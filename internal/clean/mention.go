package clean

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// mention is @handle where it is no part of an address or of a longer word.
var mention = regexp.MustCompile(`(^|[^\pL\pN@._+/-])@([a-zA-Z0-9][a-zA-Z0-9-]{1,38}[a-zA-Z0-9])`)

// quiet are the elements in which @handle names nobody.
var quiet = map[string]bool{"a": true, "code": true, "pre": true, "kbd": true, "samp": true}

// Mentions lists the handles that h names, each once, in small letters and in
// order. Whose they are the caller must ask.
func Mentions(h HTML) []string {
	var list []string
	known := map[string]bool{}
	eachSpoken(h, func(raw string) string {
		for _, found := range mention.FindAllStringSubmatch(raw, -1) {
			if handle := strings.ToLower(found[2]); !known[handle] {
				known[handle] = true
				list = append(list, handle)
			}
		}
		return raw
	}, nil)
	return list
}

// handleShape is all that may stand in the address of a person.
var handleShape = regexp.MustCompile(`^[a-z0-9-]{1,40}$`)

// LinkMentions makes links of the handles that are keys of to, in small
// letters; each leads to the profile of the handle it is mapped to.
func LinkMentions(h HTML, to map[string]string) HTML {
	if len(to) == 0 || !strings.Contains(h.markup, "@") {
		return h
	}
	var b strings.Builder
	eachSpoken(h, func(raw string) string {
		return mention.ReplaceAllStringFunc(raw, func(found string) string {
			at := strings.IndexByte(found, '@')
			handle, ok := to[strings.ToLower(found[at+1:])]
			if !ok || !handleShape.MatchString(handle) {
				return found
			}
			return found[:at] + `<a class="mention" href="/people/` + handle + `">` + found[at:] + `</a>`
		})
	}, &b)
	return HTML{markup: b.String()}
}

// eachSpoken visits the text of h as it is escaped, but for what is code or a
// link, and writes everything to b where there is one.
func eachSpoken(h HTML, visit func(raw string) string, b *strings.Builder) {
	z := html.NewTokenizer(strings.NewReader(h.markup))
	depth := 0
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		raw := string(z.Raw())
		switch kind {
		case html.TextToken:
			if depth == 0 {
				raw = visit(raw)
			}
		case html.StartTagToken, html.EndTagToken:
			if name, _ := z.TagName(); quiet[string(name)] {
				if kind == html.StartTagToken {
					depth++
				} else {
					depth--
				}
			}
		}
		if b != nil {
			b.WriteString(raw)
		}
	}
}
