package media_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/media"
)

const id = "ab0123456789abcdef0123456789abcd"

func picture(width int) media.Picture {
	return media.Picture{ID: id, Width: width, Height: 300, Sizes: []int{400, 800, 1600}, WebP: true}
}

func TestPathsAreFixedAndOwn(t *testing.T) {
	shape := regexp.MustCompile(`^/media/[a-z0-9]{2}/[a-z0-9]{16,64}\.(webp|png|jpg|gif)$`)
	p := picture(1600)
	service := media.New(nil, "/pictures", media.Options{})

	for _, src := range []string{p.URL(), p.Src(1), p.Src(400), p.Src(401), p.Src(9000)} {
		if !shape.MatchString(src) {
			t.Errorf("path %q has another shape", src)
		}
		if got, ok := media.IDOf(src); !ok || got != id {
			t.Errorf("IDOf(%q) = %q, %v", src, got, ok)
		}
		path, contentType, ok := service.File(strings.TrimPrefix(src, "/media/"))
		if !ok || contentType != "image/jpeg" || path != "/pictures"+strings.TrimPrefix(src, "/media") {
			t.Errorf("File of %q = %q, %q, %v", src, path, contentType, ok)
		}
	}
	if diff := cmp.Diff([]string{"/media/ab/" + id + ".jpg", "/media/ab/" + id + "w800.jpg"}, []string{p.URL(), p.Src(401)}); diff != "" {
		t.Error(diff)
	}
}

func TestSrcSetNamesEachTrueWidthOnce(t *testing.T) {
	base := "/media/ab/" + id
	for width, want := range map[int]string{
		1600: base + "w400.webp 400w, " + base + "w800.webp 800w, " + base + ".webp 1600w",
		900:  base + "w400.webp 400w, " + base + "w800.webp 800w, " + base + ".webp 900w",
		800:  base + "w400.webp 400w, " + base + "w800.webp 800w",
		48:   base + "w400.webp 48w",
	} {
		if got := picture(width).SrcSet("webp"); got != want {
			t.Errorf("%d wide: got %q, want %q", width, got, want)
		}
	}

	early := picture(1600)
	early.WebP = false
	if early.SrcSet("webp") != "" || early.SrcSet("jpg") == "" || early.SrcSet("gif") != "" {
		t.Error("a set names files that are not there")
	}
}

func TestNoOtherNameIsServed(t *testing.T) {
	service := media.New(nil, "/pictures", media.Options{})
	for _, name := range []string{
		"", ".", "..", "../../etc/passwd", "ab/../../etc/passwd", "ab/" + id, "ab/" + id + ".png", "ab/" + id + ".svg",
		"cd/" + id + ".jpg", "ab/" + id + ".jpg\n", "ab/" + id + ".jpg/", "ab/" + id + "w1.jpg", "ab//" + id + ".jpg",
		"AB/" + strings.ToUpper(id) + ".jpg", "unfinished/picture-1", "%61b/" + id + ".jpg", "ab\\" + id + ".jpg", "ab/" + id + ".jpg\x00",
	} {
		if path, _, ok := service.File(name); ok {
			t.Errorf("File(%q) = %q", name, path)
		}
		if got, ok := media.IDOf("/media/" + name); ok {
			t.Errorf("IDOf(%q) = %q", name, got)
		}
	}
	if _, ok := media.IDOf("https://elsewhere.example/media/ab/" + id + ".jpg"); ok {
		t.Error("a picture elsewhere is not ours")
	}
}
