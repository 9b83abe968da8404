package drawing

import (
	"image"
	"image/color"
	"io"

	_ "image/jpeg" // pictures of the board are kept as JPEG
)

// Picture is what stands on a card. Its Key names its content; Open reads it,
// as JPEG. Without a key, or where it cannot be read, artwork is printed.
type Picture struct {
	Key     string
	Open    func() (io.ReadCloser, error) `json:"-"`
	Artwork Artwork
}

// Site is whose card it is.
type Site struct{ Name, Host string }

// Idea is the card of an idea. Every text is ready to read; what is empty is
// left out.
type Idea struct {
	Title   string
	By      string // "by Noor"
	Chip    string // status, or challenge
	Figure  string // "1,204"; empty while the tally is sealed
	Caption string // what the figure counts, or until when it is sealed
	Picture Picture
	Site    Site
}

// Challenge is the card of a challenge.
type Challenge struct {
	Title    string
	Question string
	Chip     string // what it waits for
	Figure   string // entries
	Caption  string
	Picture  Picture
	Site     Site
}

// Person is the card of somebody with a profile.
type Person struct {
	Name    string
	Chip    string
	Best    string // title of their best idea
	Lead    string // what stands above it
	Figure  string
	Caption string
	Face    Picture
	Picture Picture // of the best idea
	Site    Site
}

// The columns of a card.
const (
	left   = 64
	panel  = 792 // where the picture begins
	inner  = panel - left - 48
	bottom = Height - 52
)

func (i Idea) paint(c *canvas) {
	c.side(i.Picture)
	top := c.chip(i.Chip, 56)
	foot := c.figure(i.Figure, i.Caption)
	f, lines := c.fit(i.Title, inner, foot-top-72, 72, 64, 56, 50, 44, 40)
	y := c.paragraph(f, lines, left, top, ink)
	c.note(i.By, y+38)
	c.sign(i.Site)
}

func (h Challenge) paint(c *canvas) {
	c.rect(image.Rect(0, 0, panel, Height), ink)
	c.side(h.Picture)
	top := c.chip(h.Chip, 56)
	f, lines := c.fit(h.Title, inner, 230, 76, 68, 60, 52, 46)
	y := c.paragraph(f, lines, left, top, paper) + 18
	t := newFace(c.fonts.text, 30)
	room := (Height - 200 - y) / 40
	said := t.wrap(t.readable(h.Question), inner)
	if len(said) > max(room, 0) {
		said = said[:max(room, 0)]
		if room > 0 {
			said[room-1] = t.shorten(said[room-1]+" …", inner)
		}
	}
	for n, l := range said {
		c.write(t, l, left, y+26+40*n, line)
	}
	if h.Figure != "" {
		n := newFace(c.fonts.display, 64)
		end := c.write(n, h.Figure, left, Height-120, yellow)
		c.write(t, t.shorten(t.readable(h.Caption), inner-end+left), end+18, Height-120, paper)
	}
	c.signed(h.Site, paper, line)
}

func (p Person) paint(c *canvas) {
	c.side(p.Picture)
	const face = 64
	if img := p.Face.read(); img != nil {
		c.disc(left+face, 56+face, face, img)
	} else {
		c.circle(left+face, 56+face, face, red)
		n := newFace(c.fonts.display, 64)
		letter := n.readable(first(p.Name))
		c.write(n, letter, left+face-n.width(letter)/2, 56+face+22, white)
	}
	f, lines := c.fit(p.Name, inner-2*face-28, 150, 60, 52, 46, 40, 34)
	top := 56 + face - len(lines)*f.leading()/2
	c.paragraph(f, lines, left+2*face+28, top, ink)
	foot := c.figure(p.Figure, p.Caption)
	if p.Best != "" {
		t := newFace(c.fonts.text, 28)
		c.write(t, t.shorten(t.readable(p.Lead), inner), left, 254, muted)
		b, best := c.fit(p.Best, inner, foot-290, 46, 40, 36)
		c.paragraph(b, best, left, 276, ink)
	}
	c.sign(p.Site)
}

func first(name string) string {
	for _, r := range name {
		return string(r)
	}
	return ""
}

// side prints the picture along the right edge.
func (c *canvas) side(p Picture) {
	box := image.Rect(panel, 0, Width, Height)
	if img := p.read(); img != nil {
		c.cover(box, img)
		return
	}
	c.artwork(box, p.Artwork)
}

func (p Picture) read() image.Image {
	if p.Key == "" || p.Open == nil {
		return nil
	}
	r, err := p.Open()
	if err != nil {
		return nil
	}
	defer func() { _ = r.Close() }()
	img, _, err := image.Decode(r)
	if err != nil || img.Bounds().Empty() {
		return nil
	}
	return img
}

// chip writes a small label, and says where what follows begins.
func (c *canvas) chip(label string, top int) int {
	t := newFace(c.fonts.text, 24)
	said := t.shorten(t.readable(label), inner-40)
	if said == "" {
		return top
	}
	c.rounded(left, float32(top), float32(t.width(said)+40), 46, 23, yellow)
	c.write(t, said, left+20, top+31, ink)
	return top + 46 + 30
}

// figure writes the number and what it counts, and says where they begin.
func (c *canvas) figure(number, caption string) int {
	const base = bottom - 66
	t := newFace(c.fonts.text, 30)
	if number == "" {
		c.write(t, t.shorten(t.readable(caption), inner), left, base, red)
		return base - 40
	}
	n := newFace(c.fonts.display, 96)
	end := c.write(n, n.readable(number), left, base, red)
	room := panel - 48 - end - 20
	for size := 28; size >= 22 && t.width(t.readable(caption)) > room; size -= 2 {
		t = newFace(c.fonts.text, size)
	}
	c.write(t, t.shorten(t.readable(caption), room), end+20, base, ink)
	return base - 84
}

func (c *canvas) note(text string, y int) {
	t := newFace(c.fonts.text, 28)
	c.write(t, t.shorten(t.readable(text), inner), left, y, muted)
}

func (c *canvas) sign(s Site) { c.signed(s, ink, muted) }

// signed writes whose card it is along the foot.
func (c *canvas) signed(s Site, name, host color.Color) {
	c.circle(left+14, bottom-9, 14, red)
	c.circle(left+19, bottom-14, 5.2, yellow)
	n, t := newFace(c.fonts.display, 30), newFace(c.fonts.text, 24)
	end := c.write(n, n.readable(s.Name), left+40, bottom, name)
	c.write(t, t.shorten(t.readable(s.Host), panel-48-end-20), end+20, bottom, host)
}
