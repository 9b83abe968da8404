package media

import (
	"bytes"
	"encoding/json"
	"errors"
	"image/jpeg"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"prosumer/internal/fault"
)

// flat is what a refused bomb may allocate: two readings of a small file, not
// the pixels it claims.
const flat = 64 << 20

func TestHostilePicturesAreRefusedAndHonestOnesComeOutClean(t *testing.T) {
	dir := os.Getenv("VECTORS_DIR")
	if dir == "" {
		t.Skip("VECTORS_DIR is unset: it names the folder that holds uploads/expect.json")
	}
	raw, err := os.ReadFile(filepath.Join(dir, "uploads", "expect.json"))
	if err != nil {
		t.Fatal(err)
	}
	var expect struct {
		Files []struct{ File, Want, Why string }
	}
	if err := json.Unmarshal(raw, &expect); err != nil {
		t.Fatal(err)
	}
	for _, want := range expect.Files { // one after the other: the allocations are counted
		t.Run(want.File, func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(dir, "uploads", want.File))
			if err != nil {
				t.Fatal(err)
			}

			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			out, err := render(data)
			runtime.ReadMemStats(&after)

			if allocated := after.TotalAlloc - before.TotalAlloc; allocated > flat {
				t.Errorf("allocated %d MiB (%s)", allocated>>20, want.Why)
			}
			switch want.Want {
			case "refuse":
				checkRefusal(t, err)
			case "clean":
				if err != nil {
					t.Fatalf("refused: %v (%s)", err, want.Why)
				}
				checkClean(t, out)
			default:
				t.Fatalf("expect.json wants %q", want.Want)
			}
			if want.File == "exif.jpg" && (out.width != 48 || out.height != 64) {
				t.Errorf("got %dx%d, want it turned to 48x64", out.width, out.height)
			}
		})
	}
}

func checkRefusal(t *testing.T, err error) {
	t.Helper()
	f, ok := errors.AsType[*fault.Fault](err)
	if !ok {
		t.Fatalf("want a refusal, got %v", err)
	}
	if !strings.HasPrefix(f.Code, "media.") || f.Kind != fault.Invalid && f.Kind != fault.Unsupported {
		t.Errorf("refused with %v", f)
	}
}

// checkClean reads the markers of every file: nothing but what shows pixels.
func checkClean(t *testing.T, out rendering) {
	t.Helper()
	if len(out.jpegs) != len(widths) {
		t.Errorf("got %d files, want %d", len(out.jpegs), len(widths))
	}
	for size, file := range out.jpegs {
		img, err := jpeg.Decode(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		if got := img.Bounds().Dx(); got > size {
			t.Errorf("the %d file is %d wide", size, got)
		}
		for _, secret := range []string{"SECRET", "Exif", "<script", "ICC_PROFILE"} {
			if bytes.Contains(file, []byte(secret)) {
				t.Errorf("the %d file holds %q", size, secret)
			}
		}
		if !bytes.HasSuffix(file, []byte{0xff, 0xd9}) {
			t.Errorf("the %d file has a tail", size)
		}
		for at := 2; file[at+1] != 0xda; at += 2 + int(file[at+2])<<8 + int(file[at+3]) {
			if m := file[at+1]; m >= 0xe0 && m <= 0xef || m == 0xfe {
				t.Errorf("the %d file has a segment %#x", size, m)
			}
		}
	}
}
