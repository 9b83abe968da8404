package media

import (
	"regexp"
	"strconv"
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

// Files are the sizes that a browser may choose from: the paths of ext ("jpg" or
// "webp"), smallest first, and all of them with their true widths, as srcset
// takes it. Both are empty when there are none: WebP arrives a little later.
func (p Picture) Files(ext string) (paths []string, srcset string) {
	if ext != "jpg" && (ext != "webp" || !p.WebP) {
		return nil, ""
	}
	var set strings.Builder
	for i, size := range p.Sizes {
		path := p.path(size, ext)
		paths = append(paths, path)
		if i > 0 {
			set.WriteString(", ")
		}
		set.WriteString(path + " " + strconv.Itoa(min(size, p.Width)) + "w")
		if size >= p.Width {
			break // a larger file would be no wider
		}
	}
	return paths, set.String()
}

// SrcSet is the second of Files.
func (p Picture) SrcSet(ext string) string {
	_, set := p.Files(ext)
	return set
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
		return id[:2] + "/" + id + "." + ext
	}
	return id[:2] + "/" + id + "w" + strconv.Itoa(size) + "." + ext
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
