package web

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/maypok86/otter/v2"

	"prosumer/internal/pg"
	"prosumer/internal/web/request"
)

// How long a visitors' page is shown, and how much room all of them take.
const (
	// freshFor is how late a visitor may see that an idea was hidden or moved.
	// Tallies come over the socket anyway.
	freshFor = time.Second
	// renewAfter is when one reader has it drawn anew; until freshFor the others
	// still get what is there, so that nobody waits.
	renewAfter = 700 * time.Millisecond
	// oldFor is how long a page may stand in for one that cannot be drawn. It
	// bounds how long something hidden from outside this process could be seen
	// after the database went away.
	oldFor = 2 * time.Minute
	// patience is how long a reader waits for a new page where an old one could
	// be shown.
	patience   = 2 * time.Second
	keptBytes  = 64 << 20
	maxPage    = 1 << 20
	perPage    = 512 // bytes that a kept page takes beside its own
	languages  = 4096
	maxHeading = 500 // bytes of an Accept-Language that are worth remembering
)

// pageCache keeps visitors' pages ready to send, so that a storm on one page
// costs one drawing a second. People with a session or a token never meet it.
type pageCache struct {
	session string // the session cookie's name
	mailbox func(c *fiber.Ctx) bool
	now     func() time.Time
	log     *slog.Logger
	langs   acceptedLangs

	pages   *otter.Cache[pageKey, *keptPage]
	changed atomic.Int64 // when somebody changed something here that pages show, in nanoseconds

	mu      sync.Mutex
	flights map[pageKey]*flight
}

// flight is a page being drawn; page is set before done is closed, nil when it
// was none to keep.
type flight struct {
	done chan struct{}
	page *keptPage
}

func newPageCache(session string, mailbox func(c *fiber.Ctx) bool, now func() time.Time, room uint64, log *slog.Logger) *pageCache {
	if now == nil {
		now = time.Now
	}
	if room == 0 {
		room = keptBytes
	}
	return &pageCache{
		session: session, mailbox: mailbox, now: now, log: log, langs: newAcceptedLangs(), flights: map[pageKey]*flight{},
		pages: otter.Must(&otter.Options[pageKey, *keptPage]{
			MaximumWeight: room, Weigher: weight, ExpiryCalculator: otter.ExpiryWriting[pageKey, *keptPage](oldFor),
		}),
	}
}

// weight counts the plain bytes three times: for themselves, for what they are
// packed to, and for the copy that is marked old.
func weight(key pageKey, page *keptPage) uint32 {
	return uint32(perPage + len(key.address) + 3*len(page.plain))
}

// serve answers with the page that is kept, or has it drawn by one request
// while the others for the same page wait.
func (p *pageCache) serve(c *fiber.Ctx) error {
	key, ok := p.key(c)
	if !ok {
		return p.pass(c)
	}
	kept, now := p.kept(key), p.now()
	switch {
	case kept.within(now, renewAfter):
		return kept.send(c)
	case p.standsIn(kept, now) && now.UnixNano() < kept.again.Load():
		return kept.sendOld(c, now)
	}
	if c.Method() == fiber.MethodHead {
		return c.Next()
	}
	f, first := p.join(key)
	switch {
	case !first && kept.within(now, freshFor):
		return kept.send(c)
	case !first:
		return p.follow(c, f, kept)
	}
	defer p.leave(key, f)
	return p.draw(c, key, f)
}

func (p *pageCache) kept(key pageKey) *keptPage {
	kept, _ := p.pages.GetIfPresent(key)
	return kept
}

// within reports whether the page is there, and that its age is below d.
func (k *keptPage) within(now time.Time, d time.Duration) bool {
	return k != nil && now.Sub(k.begun) < d
}

// standsIn reports whether an old page may be shown: it is not too old, and
// nothing but votes changed here since it was drawn, so nothing on it was
// hidden in the meantime.
func (p *pageCache) standsIn(k *keptPage, now time.Time) bool {
	return k.within(now, oldFor) && k.begun.UnixNano() > p.changed.Load()
}

// draw has the page drawn by the handlers. Where an old one could be shown, the
// database gets less time.
func (p *pageCache) draw(c *fiber.Ctx, key pageKey, f *flight) error {
	kept, begun := p.kept(key), p.now()
	if kept.within(begun, renewAfter) { // the last drawing ended just before this one joined
		f.page = kept
		return kept.send(c)
	}
	if p.standsIn(kept, begun) {
		ctx, cancel := context.WithTimeout(c.UserContext(), patience)
		defer cancel()
		c.SetUserContext(ctx)
	}
	c.Locals(unpacked, true)
	err := c.Next()
	if page := keepable(c, err, key, begun); page != nil {
		p.pages.Set(key, page)
		f.page = page
		return page.send(c)
	}
	if now := p.now(); pg.Away(err) && p.standsIn(kept, now) {
		kept.again.Store(now.Add(freshFor).UnixNano())
		p.log.Warn("the database is away: a kept page is shown, marked old", "request", request.ID(c), "page", c.Path(), "age", now.Sub(kept.begun))
		c.Response().ResetBody()
		return kept.sendOld(c, now)
	}
	return err
}

// follow waits for somebody else's drawing. If that gives nothing to share, such
// as a refusal that was theirs alone, this request goes its own way.
func (p *pageCache) follow(c *fiber.Ctx, f *flight, kept *keptPage) error {
	wait := deadline
	if p.standsIn(kept, p.now()) {
		wait = patience
	}
	late := time.NewTimer(wait)
	defer late.Stop()
	select {
	case <-f.done:
	case <-late.C:
	}
	now := p.now()
	switch {
	case f.finished() && f.page != nil:
		return f.page.send(c)
	case p.standsIn(kept, now) && (!f.finished() || now.UnixNano() < kept.again.Load()):
		return kept.sendOld(c, now)
	case !f.finished():
		return context.DeadlineExceeded
	}
	return c.Next()
}

func (f *flight) finished() bool {
	select {
	case <-f.done:
		return true
	default:
		return false
	}
}

func (p *pageCache) join(key pageKey) (f *flight, first bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if f = p.flights[key]; f != nil {
		return f, false
	}
	f = &flight{done: make(chan struct{})}
	p.flights[key] = f
	return f, true
}

func (p *pageCache) leave(key pageKey, f *flight) {
	p.mu.Lock()
	delete(p.flights, key)
	p.mu.Unlock()
	close(f.done)
}

// keepable makes a kept page of what was answered, nil unless it is a whole
// page that any visitor may see.
func keepable(c *fiber.Ctx, err error, key pageKey, begun time.Time) *keptPage {
	answer := c.Response()
	head := &answer.Header
	if err != nil || answer.StatusCode() != fiber.StatusOK || answer.IsBodyStream() || !request.Actor(c).Visitor() || request.Lang(c) != key.lang {
		return nil
	}
	if string(head.ContentType()) != fiber.MIMETextHTMLCharsetUTF8 || string(head.Peek(fiber.HeaderCacheControl)) != keptCaching ||
		len(head.Peek(fiber.HeaderSetCookie)) > 0 || len(head.ContentEncoding()) > 0 {
		return nil
	}
	body := answer.Body()
	if len(body) == 0 || len(body) > maxPage {
		return nil
	}
	return &keptPage{version: newVersion(bytes.Clone(body)), lang: key.lang, begun: begun}
}

// pass lets every other request through, and notes when one changed something.
func (p *pageCache) pass(c *fiber.Ctx) error {
	err := c.Next()
	switch c.Method() {
	case fiber.MethodGet, fiber.MethodHead:
		return err
	}
	if err == nil && c.Response().StatusCode() < fiber.StatusBadRequest && !quiet(c.Path()) {
		p.changed.Store(p.now().UnixNano())
	}
	return err
}

// quiet names what is asked for all the time and takes nothing off a page.
func quiet(path string) bool {
	for _, end := range []string{"/vote", "/seen", "/preview", "/sign-in", "/sign-out", "/language", "/session"} {
		if strings.HasSuffix(path, end) {
			return true
		}
	}
	return false
}
