package clean_test

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The judge reads a cleaned text as a browser would and knows nothing of how it
// was made. Its list is written out a second time on purpose.
var (
	judgeBare  = strings.Fields("p br hr h2 h3 h4 div strong b em i u s del ins sub sup mark small blockquote pre kbd samp ul li dl dt dd table thead tbody tfoot tr figure figcaption")
	judgeAttrs = map[string][]string{
		"ol": {"start"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}, "code": {"class"},
		"a": {"href", "rel"}, "img": {"src", "alt", "title", "width", "height"},
	}
	judgeImage = regexp.MustCompile(`^/media/[a-z0-9]{2}/[a-z0-9]{16,64}\.(webp|png|jpg|gif)$`)
	judgeClass = regexp.MustCompile(`^language-[a-z0-9+#-]{1,20}$`)
)

// faults lists what is wrong with a cleaned text.
func faults(out string) []string {
	var wrong []string
	say := func(format string, a ...any) { wrong = append(wrong, fmt.Sprintf(format, a...)) }
	if !utf8.ValidString(out) || strings.ContainsAny(out, "\x00\x1b\u0085\u202e\u2066") {
		say("broken UTF-8, a control or a bidi override")
	}
	judgeBytes(out, say)
	for _, context := range []string{"body", "div", "td", "p"} {
		for _, scripting := range []bool{true, false} {
			nodes, err := fragment(out, context, scripting)
			if err != nil {
				say("in %s: %v", context, err)
				continue
			}
			for _, n := range nodes {
				judgeNode(n, 1, say)
			}
			written := write(nodes)
			again, err := fragment(written, context, scripting)
			if err != nil || write(again) != written {
				say("in %s: reading what a browser writes gives another tree (%v)", context, err)
			}
		}
	}
	for _, around := range [][2]string{
		{`<main><article><div class="c">`, `</div></article></main>`},
		{`<ul><li><div class="c">`, `</div></li></ul>`},
		{`<table><tbody><tr><td class="c">`, `</td></tr></tbody></table>`},
		{`<section><blockquote class="c">`, `</blockquote></section>`},
		{`<figure><figcaption class="c">`, `</figcaption></figure>`},
	} {
		if got, want := shape(around, out), shape(around, "x"); got != want {
			say("not contained in %s: %s, want %s", around[0], got, want)
		}
	}
	return wrong
}

// judgeBytes looks for what mutation attacks are made of: an angle bracket
// within a tag.
func judgeBytes(out string, say func(string, ...any)) {
	z := html.NewTokenizer(strings.NewReader(out))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		raw := string(z.Raw())
		if kind != html.TextToken && strings.ContainsAny(raw[1:len(raw)-1], "<>") {
			say("angle bracket within %s", raw)
		}
	}
}

func judgeNode(n *html.Node, depth int, say func(string, ...any)) {
	attrs, known := judgeAttrs[n.Data]
	switch {
	case n.Type == html.TextNode:
	case n.Type != html.ElementNode || n.Namespace != "":
		say("node of type %d in %q: %.80s", n.Type, n.Namespace, n.Data)
	case !known && !slices.Contains(judgeBare, n.Data):
		say("<%s>", n.Data)
	case depth > 50:
		say("deeper than 50")
	}
	for _, a := range n.Attr {
		if !slices.Contains(attrs, a.Key) || a.Namespace != "" || !judgeValue(a) {
			say("<%s %s=%q>", n.Data, a.Key, a.Val)
		}
	}
	if n.Data == "img" && n.Type == html.ElementNode && !slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "alt" }) {
		say("<img> without alt")
	}
	if n.Data == "a" && n.Type == html.ElementNode && len(n.Attr) != 2 {
		say("<a> with %v", n.Attr)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		judgeNode(c, depth+1, say)
	}
}

func judgeValue(a html.Attribute) bool {
	switch a.Key {
	case "src":
		return judgeImage.MatchString(a.Val)
	case "class":
		return judgeClass.MatchString(a.Val)
	case "rel":
		return a.Val == "nofollow ugc noopener noreferrer"
	case "href":
		u, err := url.Parse(a.Val)
		if err != nil || u.User != nil || strings.ContainsAny(a.Val, "\\ \t\n\r") {
			return false
		}
		if u.Scheme == "mailto" {
			return u.RawQuery == "" && u.Opaque != ""
		}
		return (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
	}
	return true
}

// shape puts the text where a page would put it and tells where its end and
// what follows have come to sit.
func shape(around [2]string, out string) string {
	page := "<!doctype html><body>" + around[0] + out + "<span>end</span>" + around[1] + "<var>after</var>"
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return err.Error()
	}
	end, after := "", ""
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.DataAtom == atom.Span {
			for up := n.Parent; up != nil; up = up.Parent {
				if slices.Contains(up.Attr, html.Attribute{Key: "class", Val: "c"}) {
					end = "inside"
				}
			}
		}
		if n.DataAtom == atom.Var {
			for up := n.Parent; up != nil; up = up.Parent {
				after += "/" + up.Data
			}
			after += ">" + n.FirstChild.Data
		}
	}
	return end + " " + after
}

func fragment(s, context string, scripting bool) ([]*html.Node, error) {
	in := &html.Node{Type: html.ElementNode, Data: context, DataAtom: atom.Lookup([]byte(context))}
	return html.ParseFragmentWithOptions(strings.NewReader(s), in, html.ParseOptionEnableScripting(scripting))
}

func write(nodes []*html.Node) string {
	var b strings.Builder
	for _, n := range nodes {
		if err := html.Render(&b, n); err != nil {
			return err.Error()
		}
	}
	return b.String()
}
