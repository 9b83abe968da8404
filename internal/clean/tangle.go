package clean

import (
	"strings"

	"golang.org/x/net/html"
)

// maxTangle leaves room for 64 KiB of short paragraphs with three marks nested
// in each, and is far below what would cost noticeable time or memory to parse.
const maxTangle = 1 << 17

// marks are the elements a browser opens again in every block that follows
// while they are not closed.
var marks = map[string]bool{"a": true, "b": true, "code": true, "em": true, "i": true, "s": true, "small": true, "strong": true, "u": true}

var void = map[string]bool{"br": true, "hr": true, "img": true}

// tangle estimates from above how many nodes parsing makes of markup, without
// parsing it. 480 unclosed marks before 13,000 paragraphs fit in 64 KiB and
// would make six million nodes, so this has to be known before.
//
// Only an end tag that matches the element opened last closes anything here;
// a real parser closes at least as much.
func tangle(markup string) int {
	var (
		open    []string
		pending int // marks opened and not properly closed
		total   int
	)
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return total
		}
		total += 1 + pending
		if kind != html.StartTagToken && kind != html.EndTagToken {
			continue
		}
		name, _ := z.TagName()
		element := string(name)
		switch {
		case void[element]:
		case kind == html.StartTagToken:
			open = append(open, element)
			if marks[element] {
				pending++
			}
		case len(open) > 0 && open[len(open)-1] == element:
			open = open[:len(open)-1]
			if marks[element] {
				pending--
			}
		case marks[element]:
			total += 8 * (1 + pending) // a misnested mark is split up to eight times
		}
	}
}
