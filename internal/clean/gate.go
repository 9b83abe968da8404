package clean

import (
	"errors"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	maxDepth = 40
	linkRel  = "nofollow ugc noopener noreferrer"
)

var errDepth = errors.New("clean: elements nested too deeply")

// secondGate parses markup as a browser would, holds the tree to the list once
// more and writes it again. bluemonday works on tokens and keeps a stray end
// tag or an open link, which would reach into the page around the text.
func secondGate(markup string) (string, error) {
	if tangle(markup) > maxTangle {
		return "", errDepth
	}
	root := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	// The parser's own and only refusal is more than 512 open elements.
	nodes, err := html.ParseFragment(strings.NewReader(markup), root)
	if err != nil {
		return "", errDepth
	}
	for _, n := range nodes {
		root.AppendChild(n)
	}
	if err := holdChildren(root, 0); err != nil {
		return "", err
	}
	var b strings.Builder
	for c := root.FirstChild; c != nil; c = c.NextSibling {
		if err := html.Render(&b, c); err != nil {
			return "", errDepth
		}
	}
	return b.String(), nil
}

func holdChildren(parent *html.Node, depth int) error {
	for c := parent.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type == html.TextNode:
			c.Data = scrub(c.Data)
		case c.Type == html.ElementNode && hold(c, parent):
			if depth == maxDepth {
				return errDepth
			}
			if err := holdChildren(c, depth+1); err != nil {
				return err
			}
		default:
			if inner := unwrap(c); inner != nil {
				next = inner
			}
			parent.RemoveChild(c)
		}
		c = next
	}
	return nil
}

// unwrap moves the children of a link without a target to its place and gives
// the first of them. Nothing else that is refused leaves anything behind.
func unwrap(n *html.Node) *html.Node {
	if n.Namespace != "" || n.DataAtom != atom.A {
		return nil
	}
	first := n.FirstChild
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	return first
}

// hold brings one element to the list and reports whether it may stay.
func hold(n, parent *html.Node) bool {
	attrs, ok := allowed[n.Data]
	if !ok || n.Namespace != "" {
		return false
	}
	if home := parents[n.Data]; home != nil && !slices.Contains(home, parent.Data) {
		n.Data, n.DataAtom, n.Attr, attrs = "div", atom.Div, nil, nil
	}
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool {
		return a.Namespace != "" || attrs[a.Key] == nil
	})
	for i := range n.Attr {
		n.Attr[i].Val = scrub(n.Attr[i].Val)
	}
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool {
		return !attrs[a.Key].MatchString(a.Val) || a.Key == "href" && !outward(a.Val)
	})
	has := func(name string) bool {
		return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
	}
	if name := essential[n.Data]; name != "" && !has(name) {
		return false
	}
	switch {
	case n.Data == "a":
		n.Attr = append(n.Attr, html.Attribute{Key: "rel", Val: linkRel})
	case n.Data == "img" && !has("alt"):
		n.Attr = append(n.Attr, html.Attribute{Key: "alt"})
	}
	return true
}

// outward reports whether a target that already matches the pattern of links
// also reads as one to Go's parser: with a host, without a user.
func outward(target string) bool {
	u, err := url.Parse(target)
	return err == nil && u.User == nil && (u.Scheme == "mailto" || u.Hostname() != "")
}
