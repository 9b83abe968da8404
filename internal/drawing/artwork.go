package drawing

import (
	"image"
	"image/color"
	"math"
)

// shape says how much of a point of a box is covered; the point and the box are
// in pixels.
type shape func(x, y, w, h float64) float64

// disk is a circle around a point given in parts of the box. Its size is in
// parts of the way to the farthest corner.
func disk(cx, cy, size float64) shape {
	return func(x, y, w, h float64) float64 {
		px, py := cx*w, cy*h
		far := math.Hypot(max(px, w-px), max(py, h-py))
		return within(size*far - math.Hypot(x-px, y-py))
	}
}

// stripe crosses the box at an angle, from one part of its way to another.
func stripe(degrees, from, to float64) shape {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	return func(x, y, w, h float64) float64 {
		length := math.Abs(w*sin) + math.Abs(h*cos)
		at := (x-w/2)*sin - (y-h/2)*cos + length/2
		return min(within(at-from*length), within(to*length-at))
	}
}

func within(distance float64) float64 { return min(max(distance+0.5, 0), 1) }

// printed is one composition: a ground, and shapes from the lowest up. They are
// those of the style sheet, where a page has no picture either.
type printed struct {
	ground uint32
	shapes []layer
}

type layer struct {
	colour uint32
	shape  shape
}

var compositions = [...]printed{
	{0xdfe7ff, []layer{{0x2346c7, stripe(122, 0.52, 0.71)}, {0xf08a7b, disk(0.74, 0.36, 0.27)}}},
	{0xffe08a, []layer{{0x1d1a16, disk(0.62, 0.38, 0.17)}, {0xe8402a, disk(0.22, 0.62, 0.25)}}},
	{0xffd6cd, []layer{{0xcf331e, disk(0.32, 0.36, 0.2)}, {0xf7c325, disk(0.64, 0.58, 0.31)}}},
	{0xd8f0e3, []layer{{0xf3b6a8, disk(0.6, 0.42, 0.3)}, {0x0f7a4f, stripe(64, -1, 0.27)}}},
	{0xfbe9d0, []layer{{0x2346c7, disk(0.7, 0.32, 0.14)}, {0xf7962a, disk(0.5, 1.12, 0.52)}}},
	{0xe9ddff, []layer{{0x5a35b8, disk(0.34, 0.5, 0.21)}, {0xf7c325, stripe(150, 0.44, 0.62)}}},
	{0xd5eef6, []layer{{0xe8402a, disk(0.38, 0.4, 0.18)}, {0x12708f, disk(0.84, 1, 0.48)}}},
	{0xf4f0c9, []layer{{0x1d1a16, stripe(100, 0.6, 0.74)}, {0x45b58a, stripe(30, -1, 0.36)}}},
}

// Artwork chooses what is printed where there is no picture: one of eight
// compositions, turned one of four ways. Other numbers are brought into range.
type Artwork struct{ Ink, Cut int }

// artwork prints a composition into a box.
func (c *canvas) artwork(box image.Rectangle, a Artwork) {
	p := compositions[uint(a.Ink)%uint(len(compositions))]
	mirrored, upside := a.Cut&1 != 0, a.Cut&2 != 0
	w, h := float64(box.Dx()), float64(box.Dy())
	for y := range box.Dy() {
		for x := range box.Dx() {
			px, py := float64(x)+0.5, float64(y)+0.5
			if mirrored {
				px = w - px
			}
			if upside {
				py = h - py
			}
			colour := rgb(p.ground)
			for _, l := range p.shapes {
				colour = mix(colour, rgb(l.colour), l.shape(px, py, w, h))
			}
			c.img.SetRGBA(box.Min.X+x, box.Min.Y+y, colour)
		}
	}
}

func rgb(v uint32) color.RGBA {
	return color.RGBA{uint8(v >> 16), uint8(v >> 8), uint8(v), 0xff}
}

func mix(under, over color.RGBA, part float64) color.RGBA {
	if part <= 0 {
		return under
	}
	blend := func(a, b uint8) uint8 { return uint8(float64(a) + (float64(b)-float64(a))*part + 0.5) }
	return color.RGBA{blend(under.R, over.R), blend(under.G, over.G), blend(under.B, over.B), 0xff}
}
