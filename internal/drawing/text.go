package drawing

import (
	"image"
	"image/color"
	"strings"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"
)

// readable leaves of a text what the fonts have letters for. A text of which
// half the letters or more would be missing says nothing, and is empty.
func (f *face) readable(text string) string {
	var b strings.Builder
	drawn, missing := 0, 0
	for _, r := range norm.NFKC.String(text) {
		switch {
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		case !unicode.IsPrint(r) || unicode.Is(unicode.Mn, r):
		case f.of(r) == nil:
			if unicode.IsLetter(r) {
				missing++
			}
		default:
			if unicode.IsLetter(r) {
				drawn++
			}
			b.WriteRune(r)
		}
	}
	if missing > 0 && missing >= drawn {
		return ""
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// walk calls visit for each letter with the place it begins at.
func (f *face) walk(text string, visit func(r rune, part font.Face, at fixed.Int26_6)) fixed.Int26_6 {
	var x fixed.Int26_6
	var before font.Face
	var last rune
	for _, r := range text {
		part := f.of(r)
		if part == nil {
			continue
		}
		if part == before {
			x += part.Kern(last, r)
		}
		if visit != nil {
			visit(r, part, x)
		}
		if advance, ok := part.GlyphAdvance(r); ok {
			x += advance
		}
		before, last = part, r
	}
	return x
}

func (f *face) width(text string) int { return f.walk(text, nil).Ceil() }

// write draws a line with its foot at y, and says where it ends.
func (c *canvas) write(f *face, text string, x, y int, fill color.Color) int {
	src := image.NewUniform(fill)
	end := f.walk(text, func(r rune, part font.Face, at fixed.Int26_6) {
		d := font.Drawer{Dst: c.img, Src: src, Face: part, Dot: fixed.Point26_6{X: fixed.I(x) + at, Y: fixed.I(y)}}
		d.DrawString(string(r))
	})
	return x + end.Ceil()
}

// wrap breaks a text into lines of a width. A word that is too long for a line
// is broken where it must be.
func (f *face) wrap(text string, width int) []string {
	var lines []string
	row := ""
	for _, word := range strings.Fields(text) {
		joined := strings.TrimSpace(row + " " + word)
		if f.width(joined) <= width {
			row = joined
			continue
		}
		if row != "" {
			lines = append(lines, row)
		}
		for f.width(word) > width {
			head := f.head(word, width)
			lines = append(lines, head)
			word = strings.TrimPrefix(word, head)
		}
		row = word
	}
	if row != "" {
		lines = append(lines, row)
	}
	return lines
}

// head is as much of a word as fits, and one letter at least.
func (f *face) head(word string, width int) string {
	end := 0
	for i, r := range word {
		next := i + len(string(r))
		if end > 0 && f.width(word[:next]) > width {
			break
		}
		end = next
	}
	return word[:end]
}

// shorten cuts a line to a width, with an ellipsis where something is missing.
func (f *face) shorten(text string, width int) string {
	if f.width(text) <= width {
		return text
	}
	return strings.TrimRight(f.head(text, width-f.width("…")), " ,.;:-") + "…"
}

// fit finds the largest of the sizes at which a text stands in a box, and cuts
// it at the smallest where it stands in none.
func (c *canvas) fit(text string, width, height int, sizes ...int) (*face, []string) {
	for i, size := range sizes {
		f := newFace(c.fonts.display, size)
		said := f.readable(text)
		lines, most := f.wrap(said, width), max(height/f.leading(), 1)
		broken := false
		for word := range strings.FieldsSeq(said) {
			broken = broken || f.width(word) > width
		}
		last := i == len(sizes)-1
		if len(lines) <= most && (!broken || last) {
			return f, lines
		}
		if last {
			rest := strings.Join(lines[most-1:], " ")
			return f, append(lines[:most-1], f.shorten(rest, width))
		}
	}
	return nil, nil
}

// leading is the way from one line to the next.
func (f *face) leading() int { return f.size * 108 / 100 }

// paragraph draws lines from a top edge down, and says where they end.
func (c *canvas) paragraph(f *face, lines []string, x, top int, fill color.Color) int {
	y := top
	for _, l := range lines {
		c.write(f, l, x, y+f.size*82/100, fill)
		y += f.leading()
	}
	return y
}
