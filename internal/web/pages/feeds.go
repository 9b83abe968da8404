package pages

import (
	"html"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/clean"
	"prosumer/internal/i18n"
	"prosumer/internal/ideas"
	"prosumer/internal/sharing"
	"prosumer/internal/web/request"
	"prosumer/internal/web/views"
)

// Format is how a feed is written.
type Format string

// The formats, as addresses end.
const (
	Atom     Format = "atom"
	JSONFeed Format = "json"
)

// feedOf begins a feed of what stands at a page of ours.
func (p *Pages) feedOf(c *fiber.Ctx, what, title, home string) (sharing.Feed, views.Shell) {
	s := p.words(outsideLang(c))
	return sharing.Feed{
		ID: sharing.TagURI(p.site(), what), Title: title + " · Prosumer", Lang: string(s.Lang), Home: p.BaseURL + home, Self: p.BaseURL + withLang(c.Path(), s.Lang),
	}, s
}

func sendFeed(c *fiber.Ctx, f sharing.Feed, as Format) error {
	if as == JSONFeed {
		body, err := f.JSON()
		if err != nil {
			return err
		}
		return sendOutside(c, views.FeedType+"; charset=utf-8", body)
	}
	body, err := f.Atom("Prosumer")
	if err != nil {
		return err
	}
	return sendOutside(c, views.AtomType+"; charset=utf-8", body)
}

// list fills a feed with ideas as any visitor sees them, the newest first.
func (p *Pages) list(c *fiber.Ctx, f sharing.Feed, s views.Shell, q board.Query, as Format) error {
	q.Order, q.Limit = board.Newest, sharing.MaxEntries
	page, err := p.Board.List(c.UserContext(), accounts.Actor{}, q)
	if err != nil {
		return err
	}
	for _, card := range page.Items {
		f.Entries = append(f.Entries, p.ideaEntry(s, card))
	}
	return sendFeed(c, f, as)
}

// ideaEntry tells of an idea: its first words, its status, and how many votes it
// has where that may be told.
func (p *Pages) ideaEntry(s views.Shell, card board.Card) sharing.Entry {
	id := int64(card.ID)
	e := sharing.Entry{
		ID: sharing.TagURI(p.site(), "idea:"+card.ID.String()), Title: card.Title, URL: p.BaseURL + views.IdeaURL(id, card.Slug),
		Published: card.CreatedAt, Author: card.Contributor.Name, Image: p.BaseURL + withLang(views.IdeaCardURL(id), s.Lang), Tags: card.Tags,
	}
	if card.SubmittedAt != nil {
		e.Published = *card.SubmittedAt
	}
	e.Updated = e.Published
	if card.AnsweredAt != nil && card.AnsweredAt.After(e.Updated) {
		e.Updated = *card.AnsweredAt
	}
	if e.Author == "" {
		e.Author = s.T("views.person.nameless")
	} else if card.Contributor.Handle != "" {
		e.AuthorURL = p.BaseURL + views.PersonURL(card.Contributor.Handle)
	}
	figure, caption := p.told(s, card)
	said := []string{s.StatusWord(string(card.Status)), strings.TrimSpace(figure + " " + caption)}
	e.HTML = paragraphs(card.Excerpt, strings.Join(said, " · "))
	return e
}

func paragraphs(texts ...string) string {
	var b strings.Builder
	for _, t := range texts {
		if t != "" {
			b.WriteString("<p>" + html.EscapeString(t) + "</p>")
		}
	}
	return b.String()
}

// BoardFeed tells of new ideas.
func (p *Pages) BoardFeed(as Format) fiber.Handler {
	return func(c *fiber.Ctx) error {
		f, s := p.feedOf(c, "board", "", views.HomeURL)
		f.Title = s.T("views.feeds.board")
		return p.list(c, f, s, board.Query{}, as)
	}
}

// TopicFeed tells of new ideas of one topic.
func (p *Pages) TopicFeed(as Format) fiber.Handler {
	return func(c *fiber.Ctx) error {
		_, all, err := p.Board.Counts(c.UserContext())
		if err != nil {
			return err
		}
		for _, t := range all {
			if slug := request.Slug(c); t.Slug == slug {
				f, s := p.feedOf(c, "topic:"+slug, "", views.BoardURL(views.BoardQuery{Topic: slug}))
				f.Title = s.T("views.feeds.topic", "Name", t.Name(string(s.Lang)))
				return p.list(c, f, s, board.Query{Topic: slug}, as)
			}
		}
		return request.ErrNotFound
	}
}

// ChallengeFeed tells of new entries of a challenge.
func (p *Pages) ChallengeFeed(as Format) fiber.Handler {
	return func(c *fiber.Ctx) error {
		ch, err := p.Challenges.Seen(c.UserContext(), accounts.Actor{}, request.Slug(c))
		if err != nil {
			return err
		}
		f, s := p.feedOf(c, "challenge:"+ch.Slug, ch.Title, views.ChallengeURL(ch.Slug))
		f.Subtitle = ch.Question
		return p.list(c, f, s, board.Query{Challenge: ch.Slug, Statuses: ideas.Public}, as)
	}
}

// PersonFeed tells of what somebody proposes who has a public profile.
func (p *Pages) PersonFeed(as Format) fiber.Handler {
	return func(c *fiber.Ctx) error {
		found, err := p.Board.PersonOutside(c.UserContext(), request.Handle(c))
		if err != nil {
			return err
		}
		f, s := p.feedOf(c, "person:"+strconv.FormatInt(int64(found.ID), 10), "", views.PersonURL(found.Handle))
		f.Title = s.T("views.feeds.person", "Name", found.Name)
		return p.list(c, f, s, board.Query{Author: found.ID, Statuses: ideas.Public}, as)
	}
}

// IdeaFeed tells how an idea goes on: its answers and its moves.
func (p *Pages) IdeaFeed(as Format) fiber.Handler {
	return func(c *fiber.Ctx) error {
		id, err := request.Number(c, "id")
		if err != nil {
			return err
		}
		page, err := p.Board.Idea(c.UserContext(), accounts.Actor{}, ideas.ID(id))
		if err != nil {
			return err
		}
		home := views.IdeaURL(id, page.Slug)
		f, s := p.feedOf(c, "idea:"+page.ID.String()+":road", page.Title, home)
		answers, moves := road(page.History, false)
		for _, m := range moves {
			f.Entries = append(f.Entries, p.step(s, page, home, m))
		}
		for _, a := range answers {
			e := p.entryOn(page, home, "answer:"+strconv.FormatInt(a.ID, 10), a.At)
			e.URL += "#answer-" + strconv.FormatInt(a.ID, 10)
			e.Title, e.Author, e.HTML = s.T("views.feeds.answer", "Title", page.Title), a.By.Name, p.absolute(a.Text)
			f.Entries = append(f.Entries, e)
		}
		newestFirst(f.Entries)
		f.Entries = f.Entries[:min(len(f.Entries), sharing.MaxEntries)]
		return sendFeed(c, f, as)
	}
}

func (p *Pages) step(s views.Shell, page board.IdeaPage, home string, m views.Move) sharing.Entry {
	e := p.entryOn(page, home, "move:"+strconv.FormatInt(m.At.UnixMicro(), 10), m.At)
	e.Title = page.Title + ": " + s.StatusWord(m.To)
	why := ""
	if m.Reason != "" {
		why = s.ReasonWord(m.Reason)
	}
	e.HTML = paragraphs(s.StatusWord(m.To), why, m.Note)
	return e
}

func (p *Pages) entryOn(page board.IdeaPage, home, what string, at time.Time) sharing.Entry {
	return sharing.Entry{ID: sharing.TagURI(p.site(), "idea:"+page.ID.String()+":"+what), URL: p.BaseURL + home, Published: at, Updated: at}
}

// MadeFeed tells of what became of ideas.
func (p *Pages) MadeFeed(as Format) fiber.Handler {
	return func(c *fiber.Ctx) error {
		f, s := p.feedOf(c, "made", "", views.MadeURL)
		f.Title = s.T("views.feeds.made")
		page, err := p.Board.Products(c.UserContext(), accounts.Actor{}, "", sharing.MaxEntries)
		if err != nil {
			return err
		}
		for _, product := range page.Items {
			e := sharing.Entry{
				ID: sharing.TagURI(p.site(), "made:"+strconv.FormatInt(int64(product.ID), 10)), Title: product.Name, URL: p.BaseURL + views.ProductURL(product.Slug),
				Published: product.CreatedAt, Updated: product.StageAt,
			}
			if product.Picture != nil {
				e.Image = p.BaseURL + product.Picture.URL()
			}
			e.HTML = paragraphs(s.T("stage."+string(product.Stage)), namedFor(s, product)) + p.absolute(product.Story)
			f.Entries = append(f.Entries, e)
		}
		newestFirst(f.Entries)
		return sendFeed(c, f, as)
	}
}

// namedFor says whose ideas a product came of, of those who may be named.
func namedFor(s views.Shell, product board.Product) string {
	var names []string
	for _, credit := range product.Credits {
		if credit.Name != "" {
			names = append(names, credit.Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return s.T("views.feeds.by", "Names", strings.Join(names, ", "))
}

// absolute is a rich text whose addresses hold on other sites too. It is clean,
// so that only its own attributes look like this.
func (p *Pages) absolute(text clean.HTML) string {
	return strings.NewReplacer(` src="/`, ` src="`+p.BaseURL+`/`, ` href="/`, ` href="`+p.BaseURL+`/`).Replace(text.String())
}

// alternates name the two feeds of a page, for its head.
func (p *Pages) alternates(lang i18n.Lang, title string, address func(kind string) string) []views.Alternate {
	return []views.Alternate{
		{Type: views.AtomType, Title: title, Href: p.BaseURL + withLang(address(string(Atom)), lang)},
		{Type: views.FeedType, Title: title, Href: p.BaseURL + withLang(address(string(JSONFeed)), lang)},
	}
}

func newestFirst(list []sharing.Entry) {
	slices.SortStableFunc(list, func(a, b sharing.Entry) int { return b.Updated.Compare(a.Updated) })
}
