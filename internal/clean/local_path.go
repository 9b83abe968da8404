package clean

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	home          = "/"
	maxLocalBytes = 2048
)

// LocalPath gives target as a path and query of our own site, written anew, or
// "/" when it could lead anywhere else. A fragment is dropped. Every redirect
// to a place that came with the request goes through here.
func LocalPath(target string) string {
	if len(target) > maxLocalBytes || !printable(target) {
		return home
	}
	written, _, _ := strings.Cut(target, "#")
	written, _, _ = strings.Cut(written, "?")
	u, err := url.Parse(target)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" {
		return home
	}
	// A proxy may decode once before it forwards: what the path decodes to has
	// to be as harmless as what it says.
	if !straight(written) || !straight(u.Path) || !printable(u.Path) {
		return home
	}
	path := u.EscapedPath()
	if u.RawQuery != "" {
		path += "?" + escapeQuery(u.RawQuery)
	}
	if len(path) > maxLocalBytes {
		return home
	}
	return path
}

// printable reports whether s holds no character that browsers or log readers
// drop, hide or turn around.
func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Z, r) && r != ' '
	})
}

// straight reports whether path is one slash and then segments, none of them
// "." or "..", none empty but the last, and no backslash, which browsers read
// as a slash.
func straight(path string) bool {
	rest, ok := strings.CutPrefix(path, "/")
	if !ok || strings.Contains(rest, `\`) {
		return false
	}
	segments := strings.Split(rest, "/")
	for i, segment := range segments {
		if segment == "." || segment == ".." || segment == "" && i < len(segments)-1 {
			return false
		}
	}
	return true
}

// escapeQuery escapes what a Location header should not hold and leaves what
// is escaped already, so that the order and sense of the query stay.
func escapeQuery(raw string) string {
	var b strings.Builder
	for i := range len(raw) {
		c := raw[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"'<>\\^`{|}", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}
