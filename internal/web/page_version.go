package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// How much a version is packed. It is done once for all who get it, so more
// than the least is worth it.
const (
	gzipLevel   = 6
	brotliLevel = 4
)

// version is the bytes of one drawing of a page; each encoding is made once,
// when the first asks for it.
type version struct {
	plain        []byte
	tag          string // names the plain bytes, in quotes
	gzip, brotli packed
}

type packed struct {
	once sync.Once
	body []byte
}

func newVersion(plain []byte) *version {
	sum := sha256.Sum256(plain)
	return &version{plain: plain, tag: `"` + hex.EncodeToString(sum[:12]) + `"`}
}

var (
	brotliName = []byte("br")
	gzipName   = []byte("gzip")
)

// encoded is the bytes for a client, and their encoding, which is empty for none.
func (v *version) encoded(head *fasthttp.RequestHeader) (body, encoding []byte) {
	switch {
	case head.HasAcceptEncodingBytes(brotliName):
		v.brotli.once.Do(func() { v.brotli.body = fasthttp.AppendBrotliBytesLevel(nil, v.plain, brotliLevel) })
		return v.brotli.body, brotliName
	case head.HasAcceptEncodingBytes(gzipName):
		v.gzip.once.Do(func() { v.gzip.body = fasthttp.AppendGzipBytesLevel(nil, v.plain, gzipLevel) })
		return v.gzip.body, gzipName
	}
	return v.plain, nil
}

// send answers with the version, without copying it.
func (v *version) send(c *fiber.Ctx) {
	body, encoding := v.encoded(&c.Request().Header)
	if len(encoding) > 0 {
		c.Response().Header.SetContentEncodingBytes(encoding)
	}
	c.Status(fiber.StatusOK)
	c.Response().SetBodyRaw(body)
}

// known reports whether the client says that it has this version. The encodings
// differ, so tags are weak, and compared as such.
func (v *version) known(head *fasthttp.RequestHeader) bool {
	have := head.Peek(fiber.HeaderIfNoneMatch)
	return len(have) > 0 && (string(have) == "*" || bytes.Contains(have, []byte(v.tag)))
}
