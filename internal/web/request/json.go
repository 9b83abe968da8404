package request

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/fault"
)

// MaxJSON is the longest JSON body.
const MaxJSON = 256 << 10

// The refusals of a body.
var (
	ErrJSONType = fault.New(fault.Unsupported, "request.json_type", "Send application/json.")
	ErrJSON     = fault.New(fault.Invalid, "request.json", "The body is not the JSON this asks for.")
	ErrTooLarge = fault.New(fault.TooLarge, "request.too_large", "This is more than fits here. Send less.")
	ErrBadText  = fault.New(fault.Invalid, "request.bad_text", "The text holds characters that cannot be stored.")
	ErrEncoding = fault.New(fault.Unsupported, "request.encoding", "Send the body uncompressed.")
)

// JSON reads the body into dst: one value, known fields, valid text. An empty
// body is read as {}.
func JSON(c *fiber.Ctx, dst any) error {
	body := c.Request().Body()
	if len(body) == 0 {
		return nil
	}
	if kind, _, err := mime.ParseMediaType(c.Get(fiber.HeaderContentType)); err != nil || kind != fiber.MIMEApplicationJSON {
		return ErrJSONType
	}
	if len(body) > MaxJSON {
		return ErrTooLarge
	}
	if !utf8.Valid(body) || bytes.IndexByte(body, 0) >= 0 {
		return ErrBadText
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(dst); err != nil {
		return jsonFault(err)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return ErrJSON
	}
	if holdsNUL(body) {
		return ErrBadText
	}
	return nil
}

// holdsNUL looks for U+0000 written as an escape; PostgreSQL cannot hold it.
func holdsNUL(body []byte) bool {
	for rest := body; ; {
		at := bytes.IndexByte(rest, '\\')
		if at < 0 || at+1 >= len(rest) {
			return false
		}
		if bytes.HasPrefix(rest[at:], []byte(`\u0000`)) {
			return true
		}
		rest = rest[at+2:]
	}
}

// jsonFault names the field where the decoder says which one it is.
func jsonFault(err error) error {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) && kind.Field != "" {
		return ErrJSON.With(kind.Field, "request.bad_parameter")
	}
	if name, found := strings.CutPrefix(err.Error(), "json: unknown field "); found {
		return ErrJSON.With(strings.Trim(name, `"`), "request.unknown_field")
	}
	return ErrJSON
}
