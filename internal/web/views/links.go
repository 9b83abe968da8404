package views

import "prosumer/internal/web/views/ui"

// decorative is the image without its text, for where a title stands beside it
// and says the same.
func decorative(img ui.Image) ui.Image {
	img.Alt = ""
	return img
}
