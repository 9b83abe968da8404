package drawing

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	xdraw "golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
	"golang.org/x/image/vector"
)

// Width and Height are those of every card, as link previews want them.
const (
	Width  = 1200
	Height = 630
)

// The printing inks of the board; see the tokens of its style sheet.
var (
	paper  = color.NRGBA{0xfa, 0xf6, 0xee, 0xff}
	ink    = color.NRGBA{0x1d, 0x1a, 0x16, 0xff}
	muted  = color.NRGBA{0x65, 0x5e, 0x53, 0xff}
	line   = color.NRGBA{0xe6, 0xdf, 0xd2, 0xff}
	red    = color.NRGBA{0xc9, 0x2f, 0x1b, 0xff}
	yellow = color.NRGBA{0xf7, 0xc3, 0x25, 0xff}
	white  = color.NRGBA{0xff, 0xff, 0xff, 0xff}
)

// canvas is a card being drawn.
type canvas struct {
	img   *image.RGBA
	fonts *fonts
}

func newCanvas(f *fonts) *canvas {
	c := &canvas{img: image.NewRGBA(image.Rect(0, 0, Width, Height)), fonts: f}
	c.rect(c.img.Bounds(), paper)
	return c
}

func (c *canvas) rect(r image.Rectangle, fill color.Color) {
	draw.Draw(c.img, r, image.NewUniform(fill), image.Point{}, draw.Src)
}

// bow is how far the handles of a quarter circle reach.
const bow = 0.5523

func (c *canvas) circle(x, y, r float32, fill color.Color) {
	c.rounded(x-r, y-r, 2*r, 2*r, r, fill)
}

// rounded is a box with round corners.
func (c *canvas) rounded(x, y, w, h, r float32, fill color.Color) {
	v := vector.NewRasterizer(Width, Height)
	k := r * (1 - bow)
	v.MoveTo(x+r, y)
	v.LineTo(x+w-r, y)
	v.CubeTo(x+w-k, y, x+w, y+k, x+w, y+r)
	v.LineTo(x+w, y+h-r)
	v.CubeTo(x+w, y+h-k, x+w-k, y+h, x+w-r, y+h)
	v.LineTo(x+r, y+h)
	v.CubeTo(x+k, y+h, x, y+h-k, x, y+h-r)
	v.LineTo(x, y+r)
	v.CubeTo(x, y+k, x+k, y, x+r, y)
	v.ClosePath()
	v.Draw(c.img, c.img.Bounds(), image.NewUniform(fill), image.Point{})
}

// cover fills the box with a picture, cut where it is too wide or too high.
func (c *canvas) cover(box image.Rectangle, src image.Image) {
	b := src.Bounds()
	scale := max(float64(box.Dx())/float64(b.Dx()), float64(box.Dy())/float64(b.Dy()))
	w, h := int(math.Round(float64(box.Dx())/scale)), int(math.Round(float64(box.Dy())/scale))
	from := image.Rect(0, 0, min(w, b.Dx()), min(h, b.Dy())).Add(b.Min).Add(image.Pt(max(b.Dx()-w, 0)/2, max(b.Dy()-h, 0)/2))
	xdraw.CatmullRom.Scale(c.img, box, src, from, xdraw.Src, nil)
}

// disc is a picture cut to a circle.
func (c *canvas) disc(x, y, r int, src image.Image) {
	side := 2 * r
	square := image.NewRGBA(image.Rect(0, 0, side, side))
	inner := &canvas{img: square}
	inner.cover(square.Bounds(), src)
	mask := &canvas{img: image.NewRGBA(image.Rect(0, 0, Width, Height))}
	mask.circle(float32(x), float32(y), float32(r), white)
	at := f64.Aff3{1, 0, float64(x - r), 0, 1, float64(y - r)}
	xdraw.NearestNeighbor.Transform(c.img, at, square, square.Bounds(), xdraw.Over, &xdraw.Options{DstMask: mask.img})
}
