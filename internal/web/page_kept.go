package web

import (
	"bytes"
	"context"
	"html"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/i18n"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views/ui"
)

// keptPage is a visitors' page as it was drawn at a moment.
type keptPage struct {
	*version
	lang  i18n.Lang
	begun time.Time    // when its drawing began: nothing on it is older
	again atomic.Int64 // while the database is away: when it is worth asking it again, in nanoseconds

	mark   sync.Once
	marked *version // with the line that it is old
}

// What every kept page is sent with: it must be asked for again each time, and
// is another one for those who differ in any of these.
const (
	keptCaching = "no-cache"
	keptVary    = "Cookie, Accept-Language, Authorization, Accept-Encoding"
)

// send answers with the page as it is, or says that the client has it.
func (k *keptPage) send(c *fiber.Ctx) error {
	k.head(c, keptCaching)
	c.Set(fiber.HeaderETag, "W/"+k.tag)
	if k.known(&c.Request().Header) {
		c.Response().ResetBody()
		c.Status(fiber.StatusNotModified)
		return nil
	}
	k.version.send(c)
	return nil
}

// sendOld answers with the page and says, in its head and to its reader, that
// it is old. It leaves no tag: nobody should come back for this one.
func (k *keptPage) sendOld(c *fiber.Ctx, now time.Time) error {
	k.mark.Do(func() { k.marked = k.withLine() })
	k.head(c, "no-store")
	c.Set("Warning", `110 - "Response is Stale"`)
	c.Set(fiber.HeaderAge, strconv.Itoa(int(max(now.Sub(k.begun), 0).Seconds())))
	k.marked.send(c)
	return nil
}

func (k *keptPage) head(c *fiber.Ctx, caching string) {
	c.Set(fiber.HeaderContentType, fiber.MIMETextHTMLCharsetUTF8)
	c.Set(fiber.HeaderContentLanguage, string(k.lang))
	c.Set(fiber.HeaderCacheControl, caching)
	c.Set(fiber.HeaderVary, keptVary)
}

// mainTag is where the layout begins what a page is about.
var mainTag = []byte(`<main id="main" class="page" tabindex="-1">`)

// withLine is the page with a line that says what is going on and of when it is.
func (k *keptPage) withLine() *version {
	var line bytes.Buffer
	text := templ.Raw("<p>" + html.EscapeString(response.AwayText(k.lang)) + ` <time datetime="` + k.begun.UTC().Format(time.RFC3339) + `">` +
		html.EscapeString(i18n.DateTime(k.lang, k.begun)) + "</time></p>")
	if err := ui.Notice("warn").Render(templ.WithChildren(context.Background(), text), &line); err != nil {
		return k.version
	}
	return newVersion(bytes.Replace(k.plain, mainTag, append(bytes.Clone(mainTag), line.Bytes()...), 1))
}
