package api

import (
	"errors"
	"io"
	"strings"
	"testing"

	"prosumer/internal/media"
)

// zeros never end, like a body that does not say how long it is.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func TestAFormWithoutAnEndIsNotReadToIt(t *testing.T) {
	for name, head := range map[string]string{
		"in the picture":       "--b\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\n",
		"in a field of no use": "--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\n",
	} {
		body := &io.LimitedReader{R: io.MultiReader(strings.NewReader(head), zeros{}), N: 1 << 30}

		_, _, err := readForm(body, "b")

		if read := 1<<30 - body.N; !errors.Is(err, media.ErrTooLarge) || read > media.MaxBytes+2*formOverhead {
			t.Errorf("endless %s: %v after %d bytes, want ErrTooLarge", name, err, read)
		}
	}
}
