package media

import (
	"bytes"
	"image"
	"image/draw"
	"image/gif"
	"io"
)

// inspectGIF counts the frames from the blocks, without decoding one. Browsers
// forgive a missing end, so this does too; anything else out of place is broken.
func inspectGIF(data []byte, size image.Config) (orientation int, err error) {
	rest := data[13:] // DecodeConfig has read the header
	if flags := data[10]; flags&0x80 != 0 {
		rest = skip(rest, colours(flags))
	}
	for frames := 0; len(rest) > 0 && rest[0] != 0x3b; {
		switch rest[0] {
		case 0x21: // extension: a label, then blocks
			rest = skipBlocks(skip(rest, 2))
		case 0x2c: // frame: a descriptor, its colours, the code size, then blocks
			if frames++; frames > MaxFrames || frames*size.Width*size.Height > MaxFramePixels {
				return upright, ErrTooManyFrames
			}
			if len(rest) < 10 {
				return upright, ErrBroken
			}
			table := 0
			if flags := rest[9]; flags&0x80 != 0 {
				table = colours(flags)
			}
			rest = skipBlocks(skip(rest, 10+table+1))
		default:
			return upright, ErrBroken
		}
		if rest == nil {
			return upright, ErrBroken
		}
	}
	return upright, nil
}

// colours is the length of the colour table flags announces.
func colours(flags byte) int { return 3 << (flags&7 + 1) }

// skip drops n bytes; nil says that there were fewer.
func skip(b []byte, n int) []byte {
	if b == nil || len(b) < n {
		return nil
	}
	return b[n:]
}

// skipBlocks drops a chain of length-prefixed blocks and its end.
func skipBlocks(b []byte) []byte {
	for len(b) > 0 {
		n := int(b[0])
		if b = skip(b, n+1); n == 0 {
			return b
		}
	}
	return nil
}

// decodeGIF gives the first frame in its place on the whole picture.
func decodeGIF(r io.Reader) (image.Image, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	screen, err := gif.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	frame, err := gif.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	whole := image.Rect(0, 0, screen.Width, screen.Height)
	if frame.Bounds() == whole {
		return frame, nil
	}
	canvas := image.NewNRGBA(whole)
	draw.Draw(canvas, frame.Bounds(), frame, frame.Bounds().Min, draw.Src)
	return canvas, nil
}
