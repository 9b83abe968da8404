package clean

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// joins are the elements that do not part the words around them.
var joins = map[string]bool{
	"a": true, "b": true, "code": true, "del": true, "em": true, "i": true, "ins": true, "kbd": true, "mark": true,
	"s": true, "samp": true, "small": true, "strong": true, "sub": true, "sup": true, "u": true,
}

// Text gives the words of h on one line, with a space between blocks. It is
// plain text: escape it like any other.
func Text(h HTML) string {
	var b strings.Builder
	eachToken(h, func(kind html.TokenType, t html.Token) {
		switch {
		case kind == html.TextToken:
			b.WriteString(t.Data)
		case !joins[t.Data]:
			b.WriteByte(' ')
		}
	})
	return strings.Join(strings.Fields(b.String()), " ")
}

// Excerpt gives the first words of h, at most so many runes with the ellipsis
// that shows something was left out.
func Excerpt(h HTML, runes int) string { return Shorten(Text(h), runes) }

// Shorten is Excerpt for text that was taken out of its HTML before.
func Shorten(words string, runes int) string {
	text := []rune(words)
	if len(text) <= runes {
		return string(text)
	}
	if runes < 1 {
		return ""
	}
	cut := runes - 1
	// Half the length is worth giving up for whole words, more is not: Chinese
	// and Japanese have no spaces to cut at.
	for i := cut; i > cut/2; i-- {
		if text[i] == ' ' {
			return strings.TrimRightFunc(string(text[:i]), unicode.IsPunct) + "…"
		}
	}
	for cut > 0 && (clings(text[cut]) || text[cut-1] == joiner) {
		cut--
	}
	return string(text[:cut]) + "…"
}

const joiner = '\u200d'

// clings reports whether r belongs to the character before it.
func clings(r rune) bool {
	return r == joiner || unicode.Is(unicode.M, r) || r >= 0x1f3fb && r <= 0x1f3ff
}

// Images gives the source of every picture in h, in order, as often as it is
// shown. Whether such a file exists, and whose it is, the caller must ask.
func Images(h HTML) []string {
	var sources []string
	eachToken(h, func(_ html.TokenType, t html.Token) {
		if t.Data != "img" {
			return
		}
		for _, a := range t.Attr {
			if a.Key == "src" && imageName.MatchString(a.Val) {
				sources = append(sources, a.Val)
			}
		}
	})
	return sources
}

func eachToken(h HTML, visit func(html.TokenType, html.Token)) {
	z := html.NewTokenizer(strings.NewReader(h.markup))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		visit(kind, z.Token())
	}
}
