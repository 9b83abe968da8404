package media

import (
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// codec reads one type of picture. The decoders are called by name: those that
// libraries register with package image may be others.
type codec struct {
	magic   func(head []byte) bool
	config  func(io.Reader) (image.Config, error)
	decode  func(io.Reader) (image.Image, error)
	inspect func(data []byte, size image.Config) (orientation int, err error)
}

var codecs = []codec{
	{starts("\xff\xd8\xff"), jpeg.DecodeConfig, jpeg.Decode, inspectJPEG},
	{starts("\x89PNG\r\n\x1a\n"), png.DecodeConfig, png.Decode, inspectPNG},
	{starts("GIF8"), gif.DecodeConfig, decodeGIF, inspectGIF},
	{isWebP, webp.DecodeConfig, webp.Decode, inspectWebP},
}

func starts(magic string) func([]byte) bool {
	return func(head []byte) bool { return bytes.HasPrefix(head, []byte(magic)) }
}

func isWebP(head []byte) bool {
	return len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP"
}

// inspect refuses what must not be decoded, from headers alone: it allocates
// no pixels. It gives the way to decode the rest.
func inspect(data []byte) (c codec, orientation int, err error) {
	if len(data) == 0 {
		return c, 0, ErrEmpty
	}
	for _, c = range codecs {
		if !c.magic(data) {
			continue
		}
		size, err := c.config(bytes.NewReader(data))
		switch {
		case err != nil || size.Width <= 0 || size.Height <= 0:
			return c, 0, ErrBroken
		case size.Width > MaxSide || size.Height > MaxSide || size.Width*size.Height > MaxPixels:
			return c, 0, ErrTooManyPixels
		}
		orientation, err = c.inspect(data, size)
		return c, orientation, err
	}
	return c, 0, ErrType
}
