package views

import (
	"strings"

	"prosumer/internal/web/views/ui"
)

// shortLink writes an address as people say it.
func shortLink(link string) string {
	for _, scheme := range []string{"https://", "http://"} {
		link = strings.TrimPrefix(link, scheme)
	}
	return strings.TrimSuffix(strings.TrimPrefix(link, "www."), "/")
}

// decorative is the image without its text, for where a title stands beside it
// and says the same.
func decorative(img ui.Image) ui.Image {
	img.Alt = ""
	return img
}
