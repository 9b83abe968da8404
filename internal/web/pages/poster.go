package pages

import (
	"fmt"
	"strings"

	"rsc.io/qr"

	"prosumer/internal/web/views"
)

// scannable makes a code of an address that is still read with a corner torn
// off: one run of dark squares after the other, as a path.
func scannable(address string) (views.QR, error) {
	code, err := qr.Encode(address, qr.M)
	if err != nil {
		return views.QR{}, fmt.Errorf("code of %q: %w", address, err)
	}
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from, y, x-from, x-from)
			}
		}
	}
	return views.QR{Size: code.Size, Path: path.String()}, nil
}
