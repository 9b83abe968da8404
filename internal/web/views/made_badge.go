package views

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"hash/crc32"
	"strings"

	"prosumer/internal/clean"
)

// BadgeView is a credit as a small picture tells it.
type BadgeView struct {
	Name, Product string
	Role, Stage   string // in words
	Site          string
	Seed          string // what the ink of the stamp grows from
}

// What fits on a line of the badge.
const (
	badgeName = 24
	badgeLine = 40
)

// badgeInks are grounds of the stamp, with what is printed on them.
var badgeInks = [...][3]string{{"#f7c325", "#c92f1b", "#1d1a16"}, {"#ffd6cd", "#2346c7", "#c92f1b"}, {"#d8f0e3", "#0d7148", "#f08a7b"}, {"#dfe7ff", "#2346c7", "#f7c325"}}

// Badge draws a credit as an SVG. It has attributes alone and neither style nor
// script, so that it may stand under any policy; every text in it is escaped,
// what XML cannot hold is left out, and what is too long is shortened.
func Badge(v BadgeView) ([]byte, error) {
	ink := badgeInks[crc32.ChecksumIEEE([]byte(v.Seed))%uint32(len(badgeInks))]
	title := fit(v.Name, badgeLine) + ", " + v.Role + ": " + fit(v.Product, badgeLine)
	var b bytes.Buffer
	fmt.Fprint(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="360" height="88" viewBox="0 0 360 88" role="img"><title>`)
	if err := escaped(&b, title); err != nil {
		return nil, err
	}
	fmt.Fprintf(&b, `</title><rect x="1" y="1" width="358" height="86" rx="16" fill="#faf6ee" stroke="#1d1a16" stroke-width="2"/>`+
		`<circle cx="46" cy="44" r="30" fill="%s"/><circle cx="56" cy="35" r="15" fill="%s"/><circle cx="36" cy="54" r="9" fill="%s"/>`+
		`<path d="M32 44l10 10 19-22" fill="none" stroke="#faf6ee" stroke-width="6" stroke-linecap="round" stroke-linejoin="round"/>`, ink[0], ink[1], ink[2])
	for _, line := range []struct {
		y, size int
		weight  string
		fill    string
		text    string
	}{
		{26, 12, "600", "#655e53", v.Role + " · " + v.Site},
		{50, 20, "800", "#1d1a16", fit(v.Name, badgeName)},
		{71, 13, "600", "#c92f1b", fit(v.Product, badgeLine-8) + " · " + v.Stage},
	} {
		fmt.Fprintf(&b, `<text x="90" y="%d" font-family="'Bricolage Grotesque',Inter,system-ui,sans-serif" font-size="%d" font-weight="%s" fill="%s">`, line.y, line.size, line.weight, line.fill)
		if err := escaped(&b, fit(line.text, badgeLine)); err != nil {
			return nil, err
		}
		b.WriteString(`</text>`)
	}
	b.WriteString(`</svg>`)
	return b.Bytes(), nil
}

func fit(s string, runes int) string { return clean.Shorten(clean.Line(s), runes) }

func escaped(b *bytes.Buffer, s string) error {
	if err := xml.EscapeText(b, []byte(strings.Map(printed, s))); err != nil {
		return fmt.Errorf("text of a badge: %w", err)
	}
	return nil
}

// printed drops what XML has no place for, and what would be drawn as a box.
func printed(r rune) rune {
	if r == 0xfffe || r == 0xffff || r < ' ' {
		return -1
	}
	return r
}
