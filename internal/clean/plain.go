package clean

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

var (
	blankLines = regexp.MustCompile(`\n[\t ]*(?:\n[\t ]*)+`)
	webAddress = regexp.MustCompile(`(?i:https?)://[^\s<>"` + "`" + `\\]+`)
)

// Plain gives the safe form of a text typed without markup: blank lines part
// paragraphs, a single line end breaks the line, and web addresses become
// links. Every other character is shown as it was typed.
func Plain(source string) HTML {
	var b strings.Builder
	for _, paragraph := range blankLines.Split(strings.TrimSpace(scrub(source)), -1) {
		if paragraph == "" {
			continue
		}
		b.WriteString("<p>")
		for i, line := range strings.Split(paragraph, "\n") {
			if i > 0 {
				b.WriteString("<br/>")
			}
			writeLinked(&b, strings.TrimRight(line, "\t "))
		}
		b.WriteString("</p>")
	}
	return HTML{markup: b.String()}
}

func writeLinked(b *strings.Builder, line string) {
	done := 0
	for _, at := range webAddress.FindAllStringIndex(line, -1) {
		shown := trimSentence(line[at[0]:at[1]])
		target, ok := webLink(shown)
		if !ok {
			continue
		}
		b.WriteString(html.EscapeString(line[done:at[0]]))
		b.WriteString(`<a href="` + html.EscapeString(target) + `" rel="` + linkRel + `">` + html.EscapeString(shown) + `</a>`)
		done = at[0] + len(shown)
	}
	b.WriteString(html.EscapeString(line[done:]))
}

// webLink writes a web address the way Story leaves it.
func webLink(address string) (string, bool) {
	if !linkTarget.MatchString(address) {
		return "", false
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", false
	}
	target := u.String()
	return target, linkTarget.MatchString(target) && outward(target)
}

// trimSentence takes off what ends the sentence around an address. A closing
// bracket stays when the address opened it.
func trimSentence(address string) string {
	for address != "" {
		last := address[len(address)-1]
		switch {
		case strings.IndexByte(".,;:!?'*_~", last) >= 0,
			last == ')' && strings.Count(address, ")") > strings.Count(address, "("),
			last == ']' && strings.Count(address, "]") > strings.Count(address, "["),
			last == '}' && strings.Count(address, "}") > strings.Count(address, "{"):
			address = address[:len(address)-1]
			continue
		}
		for _, quote := range []string{"…", "»", "”", "’"} {
			if rest, ok := strings.CutSuffix(address, quote); ok {
				return trimSentence(rest)
			}
		}
		return address
	}
	return address
}
