package media

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"

	"github.com/kovidgoyal/imaging"
)

// rendering is a picture as it will be stored: JPEGs of pixels alone, so that
// no place, text, profile or trailing byte of the original is left.
type rendering struct {
	width, height int
	jpegs         map[int][]byte // by size, one for each of widths
}

// render turns sent bytes into the files to store, or refuses them.
func render(data []byte) (rendering, error) {
	c, orientation, err := inspect(data)
	if err != nil {
		return rendering{}, err
	}
	img, err := decode(c, data)
	if err != nil {
		return rendering{}, err
	}
	largest := flatten(turn(shrink(img, widths[len(widths)-1], orientation), orientation))
	out := rendering{largest.Bounds().Dx(), largest.Bounds().Dy(), map[int][]byte{}}

	for at, i := largest, len(widths)-1; i >= 0; i-- {
		if i < len(widths)-1 && widths[i] >= out.width {
			out.jpegs[widths[i]] = out.jpegs[widths[i+1]]
			continue
		}
		at = shrink(at, widths[i], upright)
		if out.jpegs[widths[i]], err = encodeJPEG(at); err != nil {
			return rendering{}, err
		}
	}
	return out, nil
}

// decode reads the pixels. A decoder that panics has met a file its author did
// not think of: to us that file is broken.
func decode(c codec, data []byte) (img image.Image, err error) {
	defer func() {
		if recover() != nil {
			img, err = nil, ErrBroken
		}
	}()
	img, err = c.decode(bytes.NewReader(data))
	if err != nil || img.Bounds().Empty() {
		return nil, ErrBroken
	}
	return img, nil
}

// shrink scales img so that it is at most width wide once it is turned.
// It comes before turning, which copies every pixel.
func shrink(img image.Image, width, orientation int) *image.NRGBA {
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	side := w
	if orientation > 4 {
		side = h
	}
	if side <= width {
		if own, ok := img.(*image.NRGBA); ok {
			return own
		}
		return imaging.Clone(img)
	}
	scale := func(n int) int { return max(1, (n*width+side/2)/side) }
	return imaging.Resize(img, scale(w), scale(h), imaging.CatmullRom)
}

// turn puts upright what a camera held on its side; the numbers are EXIF's.
func turn(img *image.NRGBA, orientation int) *image.NRGBA {
	switch orientation {
	case 2:
		return imaging.FlipH(img)
	case 3:
		return imaging.Rotate180(img)
	case 4:
		return imaging.FlipV(img)
	case 5:
		return imaging.Transpose(img)
	case 6:
		return imaging.Rotate270(img)
	case 7:
		return imaging.Transverse(img)
	case 8:
		return imaging.Rotate90(img)
	}
	return img
}

// flatten lays a picture with holes on white, as JPEG has none.
func flatten(img *image.NRGBA) *image.NRGBA {
	if img.Opaque() {
		return img
	}
	page := imaging.New(img.Bounds().Dx(), img.Bounds().Dy(), color.White)
	return imaging.Overlay(page, img, image.Point{}, 1)
}

func encodeJPEG(img image.Image) ([]byte, error) {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, opaque(img), &jpeg.Options{Quality: jpegQuality}); err != nil {
		return nil, fmt.Errorf("encode jpeg: %w", err)
	}
	return out.Bytes(), nil
}

// opaque shows flattened pixels as RGBA, which the encoder reads without a
// conversion of every pixel.
func opaque(img image.Image) image.Image {
	if n, ok := img.(*image.NRGBA); ok && n.Opaque() {
		return &image.RGBA{Pix: n.Pix, Stride: n.Stride, Rect: n.Rect}
	}
	return img
}
