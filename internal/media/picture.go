package media

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// Picture is one stored picture. Width and Height are those of its largest
// file, after turning; Sizes are the widths for which a file exists under its
// name, none of them wider than Width.
type Picture struct {
	ID            string
	Owner         int64
	Width, Height int
	Alt           string
	Sizes         []int
	WebP          bool
	CreatedAt     time.Time
}

// URL is the path of the largest JPEG.
func (p Picture) URL() string { return p.path(widths[len(widths)-1], "jpg") }

// Src is the path of the smallest JPEG that is at least width wide, or of the
// largest there is.
func (p Picture) Src(width int) string {
	for _, size := range p.Sizes {
		if size >= width {
			return p.path(size, "jpg")
		}
	}
	return p.URL()
}

// SrcSet lists the files of ext ("jpg" or "webp") with their true widths, each
// width once. It is empty when there are none: WebP arrives a little later.
func (p Picture) SrcSet(ext string) string {
	if ext != "jpg" && (ext != "webp" || !p.WebP) {
		return ""
	}
	var set []string
	for _, size := range p.Sizes {
		set = append(set, fmt.Sprintf("%s %dw", p.path(size, ext), min(size, p.Width)))
		if size >= p.Width {
			break
		}
	}
	return strings.Join(set, ", ")
}

// Face is the smallest size of a picture known by its id alone, for beside a
// name; nil for no id. Every picture has that size, as JPEG from the first moment.
func Face(id *string) *Picture {
	if id == nil || !idShape.MatchString(*id) {
		return nil
	}
	return &Picture{ID: *id, Width: faceWidth, Height: faceWidth, Sizes: []int{faceWidth}}
}

const prefix = "/media/"

func (p Picture) path(size int, ext string) string { return prefix + fileName(p.ID, size, ext) }

// fileName is where a size lies below the media folder. The largest has the
// plain name, so that a link survives a change of sizes.
func fileName(id string, size int, ext string) string {
	if size == widths[len(widths)-1] {
		return fmt.Sprintf("%s/%s.%s", id[:2], id, ext)
	}
	return fmt.Sprintf("%s/%sw%d.%s", id[:2], id, size, ext)
}

var (
	idShape   = regexp.MustCompile(`^[0-9a-f]{32}$`)
	nameShape = regexp.MustCompile(`^([0-9a-f]{2})/([0-9a-f]{32})(?:w128|w400|w800)?\.(jpg|webp)$`)
)

// IDOf gives the id of the picture that src, a /media/ path, shows in any size.
func IDOf(src string) (string, bool) {
	name, ok := strings.CutPrefix(src, prefix)
	if !ok {
		return "", false
	}
	id, _, ok := parseName(name)
	return id, ok
}

// parseName accepts exactly the names fileName makes.
func parseName(name string) (id, ext string, ok bool) {
	m := nameShape.FindStringSubmatch(name)
	if m == nil || m[1] != m[2][:2] {
		return "", "", false
	}
	return m[2], m[3], true
}
