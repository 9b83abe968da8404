package web

import (
	"bytes"
	"compress/gzip"
	"context"
	"io/fs"
	"mime"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/frontend"
	"prosumer/internal/media"
	"prosumer/internal/web/request"
)

const forGood = "public, max-age=31536000, immutable"

// alreadySmall leaves alone what compression does not help: pictures, fonts,
// the socket, and files that are compressed once for all.
func alreadySmall(c *fiber.Ctx) bool {
	p := c.Path()
	return strings.HasPrefix(p, "/media/") || strings.HasPrefix(p, "/assets/") || p == "/live"
}

type local int

// unpacked marks a request whose answer is kept, and packed from there.
const unpacked local = iota

// leftPlain names what is not compressed for each request.
func leftPlain(c *fiber.Ctx) bool { return c.Locals(unpacked) != nil || alreadySmall(c) }

// static serves the built files and the pictures.
func static(app *fiber.App, assets frontend.Assets, pictures *media.Service) {
	files := assetFiles{fs: assets.FS()}
	app.Get("/assets/*", files.serve)
	app.Get("/media/*", func(c *fiber.Ctx) error {
		file, kind, ok := pictures.File(c.Params("*"))
		if !ok {
			return request.ErrNotFound
		}
		c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
		if err := c.SendFile(file); err != nil {
			return request.ErrNotFound
		}
		if c.Response().StatusCode() >= fiber.StatusBadRequest {
			return request.ErrNotFound
		}
		c.Set(fiber.HeaderContentType, kind)
		c.Set(fiber.HeaderCacheControl, forGood)
		return nil
	})
	app.Get("/favicon.ico", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
		return c.Redirect("/assets/icon.svg", fiber.StatusMovedPermanently)
	})
}

// assetFiles serves from the binary and compresses each file once.
type assetFiles struct {
	fs     fs.FS
	zipped sync.Map // name to []byte
}

func (f *assetFiles) serve(c *fiber.Ctx) error {
	name := c.Params("*")
	if !fs.ValidPath(name) {
		return request.ErrNotFound
	}
	body, err := fs.ReadFile(f.fs, name)
	if err != nil {
		return request.ErrNotFound
	}
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = fiber.MIMEOctetStream
	}
	c.Set(fiber.HeaderContentType, kind)
	c.Set(fiber.HeaderCacheControl, "public, max-age=3600")
	if frontend.Immutable(name) || len(c.Request().URI().QueryString()) > 0 {
		c.Set(fiber.HeaderCacheControl, forGood)
	}
	if strings.HasPrefix(name, "embed-") { // a frame in a sandbox has no origin, and is styled all the same
		c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	}
	c.Vary(fiber.HeaderAcceptEncoding)
	if path.Ext(name) == ".woff2" || !strings.Contains(c.Get(fiber.HeaderAcceptEncoding), "gzip") {
		return c.Send(body)
	}
	c.Set(fiber.HeaderContentEncoding, "gzip")
	return c.Send(f.gzip(name, body))
}

func (f *assetFiles) gzip(name string, body []byte) []byte {
	if done, ok := f.zipped.Load(name); ok {
		return done.([]byte)
	}
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression)
	_, _ = w.Write(body) // a buffer takes everything
	_ = w.Close()
	f.zipped.Store(name, b.Bytes())
	return b.Bytes()
}

// health answers whether the process lives, and whether it can serve. Neither
// tells more.
func health(app *fiber.App, ready func(ctx context.Context) error) {
	app.Get("/healthz", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderCacheControl, "no-store")
		return c.SendString("ok")
	})
	app.Get("/readyz", func(c *fiber.Ctx) error {
		c.Set(fiber.HeaderCacheControl, "no-store")
		ctx, cancel := context.WithTimeout(c.UserContext(), time.Second)
		defer cancel()
		if err := ready(ctx); err != nil {
			c.Set(fiber.HeaderRetryAfter, "2")
			return c.Status(fiber.StatusServiceUnavailable).SendString("not ready")
		}
		return c.SendString("ready")
	})
}
