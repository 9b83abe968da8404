package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Line gives one line of text as it may be stored: a title, a name, a tag, an
// alternative text. Control characters, bidi overrides and broken UTF-8 are
// gone, white space is one space, and a text that shows nothing is empty. It
// escapes nothing.
func Line(s string) string {
	s = strings.Join(strings.Fields(scrub(s)), " ")
	if !visible(s) {
		return ""
	}
	return s
}

// ValidText reports whether the database can store s as it is: valid UTF-8
// without U+0000.
func ValidText(s string) bool {
	return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", " ", "\v", " ", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// scrub drops what no text may hold: broken UTF-8, control characters, and the
// bidi overrides and isolates that make a text read other than it is written.
// Every kind of line end becomes one.
func scrub(s string) string {
	s = lineEnds.Replace(strings.ToValidUTF8(s, ""))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, s)
}

// visible reports whether anything of s can be seen. Letters that fonts draw
// as nothing would otherwise make names nobody can read or click.
func visible(s string) bool {
	for _, r := range s {
		switch r {
		case 0x115f, 0x1160, 0x2800, 0x3164, 0xffa0, 0x034f:
			continue
		}
		if unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Variation_Selector, r) {
			return true
		}
	}
	return false
}
