package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
	"time"

	"github.com/gen2brain/webp"
	"github.com/google/go-cmp/cmp"

	"prosumer/internal/fault"
)

// corners is a picture whose four quarters differ, so that turning it shows.
func corners(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{A: 255}
			if x < w/2 {
				c.R = 255
			}
			if y < h/2 {
				c.G = 255
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func asPNG(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withOrientation puts an EXIF segment behind a JPEG's first marker.
func withOrientation(file []byte, order binary.AppendByteOrder, orientation uint16) []byte {
	exif := append([]byte{}, exifMark...)
	if order.AppendUint16(nil, 1)[0] == 1 {
		exif = append(exif, "II"...)
	} else {
		exif = append(exif, "MM"...)
	}
	exif = order.AppendUint16(exif, 42)
	exif = order.AppendUint32(exif, 8)
	exif = order.AppendUint16(exif, 1)
	exif = order.AppendUint16(exif, 0x0112)
	exif = order.AppendUint16(exif, 3)
	exif = order.AppendUint32(exif, 1)
	exif = order.AppendUint16(exif, orientation)
	exif = append(exif, 0, 0, 0, 0, 0, 0)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(exif)+2))
	return append(append(append([]byte{}, file[:2]...), append(segment, exif...)...), file[2:]...)
}

func firstOf(t *testing.T, out rendering, size int) image.Image {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(out.jpegs[size]))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestEverySizeIsMadeAndNoneIsScaledUp(t *testing.T) {
	for _, tc := range []struct {
		w, h int
		want map[int]image.Point
	}{
		{1700, 170, map[int]image.Point{128: {128, 13}, 400: {400, 40}, 800: {800, 80}, 1600: {1600, 160}}},
		{500, 300, map[int]image.Point{128: {128, 77}, 400: {400, 240}, 800: {500, 300}, 1600: {500, 300}}},
		{3, 2, map[int]image.Point{128: {3, 2}, 400: {3, 2}, 800: {3, 2}, 1600: {3, 2}}},
		{5000, 1, map[int]image.Point{128: {128, 1}, 400: {400, 1}, 800: {800, 1}, 1600: {1600, 1}}},
	} {
		t.Run(fmt.Sprintf("%dx%d", tc.w, tc.h), func(t *testing.T) {
			out, err := render(asPNG(t, corners(tc.w, tc.h)))
			if err != nil {
				t.Fatal(err)
			}

			got := map[int]image.Point{}
			for size := range out.jpegs {
				got[size] = firstOf(t, out, size).Bounds().Size()
			}

			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// The pixel that was top left in the file, and where each orientation puts it.
func TestEveryOrientationIsApplied(t *testing.T) {
	const w, h = 64, 32
	topLeft := map[uint16]image.Point{
		1: {0, 0}, 2: {1, 0}, 3: {1, 1}, 4: {0, 1}, 5: {0, 0}, 6: {1, 0}, 7: {1, 1}, 8: {0, 1},
	}
	for orientation, corner := range topLeft {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			out, err := render(withOrientation(asJPEG(t, corners(w, h)), order, orientation))
			if err != nil {
				t.Fatal(err)
			}

			img := firstOf(t, out, 1600)
			size := img.Bounds().Size()
			if turned := orientation > 4; turned != (size == image.Point{h, w}) {
				t.Errorf("orientation %d: size %v", orientation, size)
			}
			at := image.Point{4 + corner.X*(size.X-8), 4 + corner.Y*(size.Y-8)}
			if r, g, _, _ := img.At(at.X, at.Y).RGBA(); r>>8 < 200 || g>>8 < 200 {
				t.Errorf("orientation %d: the yellow quarter is not at %v", orientation, at)
			}
		}
	}
}

func TestATurnedPictureIsMeasuredAfterTurning(t *testing.T) {
	out, err := render(withOrientation(asJPEG(t, corners(1100, 550)), binary.BigEndian, 6))
	if err != nil {
		t.Fatal(err)
	}

	if out.width != 550 || out.height != 1100 {
		t.Errorf("got %dx%d, want 550x1100", out.width, out.height)
	}
}

func TestHolesAreWhite(t *testing.T) {
	out, err := render(asPNG(t, image.NewNRGBA(image.Rect(0, 0, 900, 20))))
	if err != nil {
		t.Fatal(err)
	}

	for size := range out.jpegs {
		if r, g, b, _ := firstOf(t, out, size).At(1, 1).RGBA(); r>>8 < 250 || g>>8 < 250 || b>>8 < 250 {
			t.Errorf("the %d file is %d %d %d where it had a hole", size, r>>8, g>>8, b>>8)
		}
	}
}

func TestEveryColourModelIsRead(t *testing.T) {
	bounds := image.Rect(0, 0, 20, 10)
	for name, img := range map[string]image.Image{
		"gray": image.NewGray(bounds), "gray 16": image.NewGray16(bounds),
		"rgba 64": image.NewNRGBA64(bounds), "palette": image.NewPaletted(bounds, palette.WebSafe),
	} {
		t.Run(name, func(t *testing.T) {
			if out, err := render(asPNG(t, img)); err != nil || out.width != 20 || out.height != 10 {
				t.Errorf("got %dx%d, %v", out.width, out.height, err)
			}
		})
	}
}

func TestWebPIsReadAndItsAnimationsAreNot(t *testing.T) {
	for _, lossless := range []bool{false, true} {
		var b bytes.Buffer
		if err := webp.Encode(&b, corners(40, 20), webp.Options{Quality: 80, Lossless: lossless}); err != nil {
			t.Fatal(err)
		}
		if out, err := render(b.Bytes()); err != nil || out.width != 40 {
			t.Errorf("lossless %v: got %d wide, %v", lossless, out.width, err)
		}
	}

	header := "VP8X\x0a\x00\x00\x00\x02\x00\x00\x00\x0f\x00\x00\x0f\x00\x00"
	animated := "RIFF\x30\x00\x00\x00WEBP" + header + "ANIM\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00"
	if _, err := render([]byte(animated)); !errors.Is(err, ErrType) {
		t.Errorf("animation: got %v", err)
	}
}

func frames(t *testing.T, n, w, h int) []byte {
	t.Helper()
	film := &gif.GIF{Config: image.Config{Width: w, Height: h, ColorModel: color.Palette(palette.Plan9)}}
	for i := range n {
		frame := image.NewPaletted(image.Rect(w/2, 0, w, h), palette.Plan9)
		for p := range frame.Pix {
			frame.Pix[p] = uint8(i)
		}
		film.Image, film.Delay = append(film.Image, frame), append(film.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, film); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAnAnimationGivesItsFirstFrameInPlace(t *testing.T) {
	out, err := render(frames(t, MaxFrames, 60, 30))
	if err != nil {
		t.Fatal(err)
	}

	img := firstOf(t, out, 1600)
	if img.Bounds().Size() != (image.Point{60, 30}) {
		t.Errorf("got %v, want the whole screen", img.Bounds())
	}
	left, _, _, _ := img.At(5, 15).RGBA()
	right, _, _, _ := img.At(55, 15).RGBA()
	if left>>8 < 200 || right>>8 > 50 {
		t.Errorf("left %d, right %d: want white, then the first frame's black", left>>8, right>>8)
	}
}

func TestLongAnimationsAreRefused(t *testing.T) {
	for name, file := range map[string][]byte{
		"one frame too many":          frames(t, MaxFrames+1, 4, 4),
		"few frames, too many pixels": frames(t, 51, 1000, 1000),
	} {
		if _, err := render(file); !errors.Is(err, ErrTooManyFrames) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestEveryCutOfAPictureIsRefusedOrRead(t *testing.T) {
	var lossy bytes.Buffer
	if err := webp.Encode(&lossy, corners(8, 8)); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string][]byte{
		"png": asPNG(t, corners(8, 8)), "gif": frames(t, 2, 8, 8), "webp": lossy.Bytes(),
		"jpeg": withOrientation(asJPEG(t, corners(8, 8)), binary.LittleEndian, 6),
	} {
		for n := range file {
			if _, err := render(file[:n]); err != nil {
				checkRefusal(t, err)
			}
		}
		if _, err := render(file[:len(file)/2]); err == nil {
			t.Errorf("half a %s was read", name)
		}
	}
}

func TestAnUploadWithoutATurnIsToldToComeBack(t *testing.T) {
	s := New(nil, t.TempDir(), Options{Decodes: 1, Wait: time.Nanosecond})
	s.turns <- struct{}{}

	_, err := s.renderInTurn(t.Context(), asPNG(t, corners(8, 8)))

	if f := fault.Of(err); !errors.Is(err, ErrBusy) || f.RetryAfter == 0 {
		t.Errorf("got %v", err)
	}
	<-s.turns
	s.opts.Wait = Wait
	if _, err := s.renderInTurn(t.Context(), asPNG(t, corners(8, 8))); err != nil {
		t.Errorf("with a turn: %v", err)
	}
}

func TestThousandsOfScansAreRefused(t *testing.T) {
	file := asJPEG(t, corners(8, 8))
	at := bytes.Index(file, []byte{0xff, 0xda})
	scan := file[at : len(file)-2]
	many := append(append(append([]byte{}, file[:at]...), bytes.Repeat(scan, MaxScans+1)...), 0xff, 0xd9)

	if _, err := inspectJPEG(many, image.Config{}); !errors.Is(err, ErrBroken) {
		t.Errorf("got %v", err)
	}
	if _, err := inspectJPEG(file, image.Config{}); err != nil {
		t.Errorf("an ordinary file: %v", err)
	}
}

func FuzzInspect(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10Exif\x00\x00II*\x00\xff\xff\xff\xff"))
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff\x21\xf9\x04"))
	f.Add([]byte("RIFF\xff\xff\xff\x7fWEBPVP8X\xff\xff\xff\xff"))
	f.Add([]byte("\x89PNG\r\n\x1a\n\xff\xff\xff\xffeXIf"))
	size := image.Config{Width: 1, Height: 1}
	f.Fuzz(func(t *testing.T, data []byte) {
		if o := exifOrientation(data); o < 1 || o > 8 {
			t.Errorf("orientation %d", o)
		}
		if len(data) < 13 {
			return
		}
		for _, c := range codecs {
			if o, err := c.inspect(data, size); err == nil && (o < 1 || o > 8) {
				t.Errorf("orientation %d", o)
			}
		}
	})
}
