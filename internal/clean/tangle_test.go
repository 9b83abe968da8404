package clean

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// FuzzTangle holds the estimate to what it is for: parsing never makes many
// more nodes than it says.
func FuzzTangle(f *testing.F) {
	for _, seed := range []string{
		"<b><table><tr><td><table></td></b></table><p>a<p>b<p>c", "<b><i><u><p>a<p>b</u></i></b>", "<table><td><table><td>",
		"<b><div><div><div><div><div><div><div><div><div></b><p>x", "<a href=x><b><div><a href=y></a></div></b></a>", "</p></p></br>",
	} {
		f.Add(seed, uint8(20))
	}
	f.Fuzz(func(t *testing.T, piece string, times uint8) {
		markup := firstGate().Sanitize(strings.Repeat(piece, int(times)))
		estimate := tangle(markup)
		if len(markup) > MaxSource || estimate > maxTangle {
			return
		}
		root := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
		nodes, err := html.ParseFragment(strings.NewReader(markup), root)
		if err != nil {
			return
		}
		made := len(nodes)
		for _, n := range nodes {
			for range n.Descendants() {
				made++
			}
		}
		if made > 2*estimate+8 {
			t.Fatalf("%d nodes, estimated %d: %q", made, estimate, markup)
		}
	})
}
