package drawing

import (
	"embed"
	"fmt"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
)

//go:embed fonts/*.ttf
var files embed.FS

// fonts are the two families, each in the parts that hold its letters.
type fonts struct{ display, text []*sfnt.Font }

func loadFonts() (*fonts, error) {
	read := func(name string) ([]*sfnt.Font, error) {
		var parts []*sfnt.Font
		for _, part := range []string{"latin", "latin-ext"} {
			raw, err := files.ReadFile("fonts/" + name + "-" + part + ".ttf")
			if err != nil {
				return nil, fmt.Errorf("font: %w", err)
			}
			parsed, err := opentype.Parse(raw)
			if err != nil {
				return nil, fmt.Errorf("font %s %s: %w", name, part, err)
			}
			parts = append(parts, parsed)
		}
		return parts, nil
	}
	var f fonts
	var err error
	if f.display, err = read("bricolage-grotesque-800"); err != nil {
		return nil, err
	}
	f.text, err = read("inter-500")
	return &f, err
}

// face is a family at a size. It is of one drawing alone: it keeps what it last
// read of a font.
type face struct {
	parts []*sfnt.Font
	faces []font.Face
	buf   sfnt.Buffer
	size  int
}

func newFace(parts []*sfnt.Font, size int) *face {
	f := &face{parts: parts, size: size}
	for _, part := range parts {
		// It fails for no options but negative ones.
		made, err := opentype.NewFace(part, &opentype.FaceOptions{Size: float64(size), DPI: 72, Hinting: font.HintingNone})
		if err == nil {
			f.faces = append(f.faces, made)
		}
	}
	return f
}

// of is the part that has a letter; nil where none has.
func (f *face) of(r rune) font.Face {
	for i, part := range f.parts {
		if at, err := part.GlyphIndex(&f.buf, r); err == nil && at != 0 {
			return f.faces[i]
		}
	}
	return nil
}
