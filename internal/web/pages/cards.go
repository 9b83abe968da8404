package pages

import (
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/challenges"
	"prosumer/internal/drawing"
	"prosumer/internal/i18n"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/web/request"
	"prosumer/internal/web/views"
	"prosumer/internal/web/views/ui"
)

// words says sentences in one language, with dates in the zone of the site.
func (p *Pages) words(lang i18n.Lang) views.Shell { return views.Shell{Lang: lang, Zone: p.Zone} }

// IdeaCard is the picture of an idea, with its number as it is now.
func (p *Pages) IdeaCard(c *fiber.Ctx) error {
	id, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	card, err := p.Board.Outside(c.UserContext(), ideas.ID(id))
	if err != nil {
		return err
	}
	return p.sendCard(c, p.ideaCard(p.words(outsideLang(c)), card))
}

func (p *Pages) ideaCard(s views.Shell, c board.Card) drawing.Idea {
	figure, caption := p.told(s, c)
	return drawing.Idea{
		Title: c.Title, By: byline(s, c.Contributor.Name), Chip: chipOf(s, c), Figure: figure, Caption: caption,
		Picture: p.cardPicture(c.Cover, strconv.FormatInt(int64(c.ID), 10)+c.Title, 800), Site: p.cardSite(),
	}
}

// told says how many votes there are, or until when nobody is told. It is the
// one place where cards, frames and feeds get a figure from.
func (p *Pages) told(s views.Shell, c board.Card) (figure, caption string) {
	score := c.Challenge != nil && c.Challenge.Ballot == challenges.Score
	switch {
	case c.Tally.Seal == challenges.UntilClose:
		return "", s.T("views.sharing.sealed", "Date", s.Date(c.Challenge.VotingCloses))
	case c.Tally.Seal != challenges.Unsealed:
		return "", s.T("views.sharing.sealed_voted")
	case c.Tally.Voters == 0 && c.Status.Votable():
		return "", s.T("views.sharing.first")
	case score:
		return s.N(c.Tally.Voters), s.T("views.sharing.scored", "Count", c.Tally.Voters)
	}
	return s.N(c.Tally.Voters), s.T("views.sharing.wanted", "Count", c.Tally.Voters)
}

// chipOf is the label of an idea: its challenge while that goes on, else how
// far it got.
func chipOf(s views.Shell, c board.Card) string {
	if c.Challenge != nil && c.Status == ideas.Open {
		return c.Challenge.Title
	}
	if c.Status == ideas.Open {
		return s.T("views.sharing.open")
	}
	return s.StatusWord(string(c.Status))
}

func byline(s views.Shell, name string) string {
	if name == "" {
		name = s.T("views.person.nameless")
	}
	return s.T("views.sharing.by", "Name", name)
}

// ChallengeCard is the picture of a challenge that is announced.
func (p *Pages) ChallengeCard(c *fiber.Ctx) error {
	ch, err := p.Challenges.Seen(c.UserContext(), accounts.Actor{}, request.Slug(c))
	if err != nil {
		return err
	}
	faces, err := p.Board.ChallengeFaces(c.UserContext(), []challenges.ID{ch.ID}, false)
	if err != nil {
		return err
	}
	s, face := p.words(outsideLang(c)), faces[ch.ID]
	return p.sendCard(c, drawing.Challenge{
		Title: ch.Title, Question: ch.Question, Chip: p.phase(s, ch), Figure: s.N(face.Entries), Caption: s.T("views.sharing.entries", "Count", face.Entries),
		Picture: p.cardPicture(face.Cover, ch.Slug, 800), Site: p.cardSite(),
	})
}

// phase says in a few words what a challenge waits for.
func (p *Pages) phase(s views.Shell, ch challenges.Challenge) string {
	d := ch.Dates
	phase := d.Phase(p.Now())
	at := d.Next(p.Now())
	if phase == challenges.Results {
		at = d.Results
	}
	return s.T("views.sharing.phase."+string(phase), "Date", s.Date(at))
}

// PersonCard is the picture of somebody with a public profile.
func (p *Pages) PersonCard(c *fiber.Ctx) error {
	found, err := p.Board.PersonOutside(c.UserContext(), request.Handle(c))
	if err != nil {
		return err
	}
	s := p.words(outsideLang(c))
	card := drawing.Person{
		Name: found.Name, Figure: s.N(found.Ideas), Caption: s.T("views.sharing.proposed", "Count", found.Ideas), Site: p.cardSite(),
		Face: p.cardPicture(found.Picture, "", 0), Picture: p.cardPicture(nil, found.Handle+found.Name, 0),
	}
	if best := found.Best; best != nil {
		card.Best, card.Lead = best.Title, s.T("views.sharing.best")
		if best.Status != ideas.Open {
			card.Lead = s.StatusWord(string(best.Status))
		}
		card.Picture = p.cardPicture(best.Cover, strconv.FormatInt(int64(best.ID), 10)+best.Title, 800)
	}
	return p.sendCard(c, card)
}

func (p *Pages) cardSite() drawing.Site { return drawing.Site{Name: "Prosumer", Host: p.site()} }

// cardPicture is a picture of ours to be drawn, or artwork grown from seed.
func (p *Pages) cardPicture(picture *media.Picture, seed string, width int) drawing.Picture {
	ink, cut := ui.Printed(seed)
	drawn := drawing.Picture{Artwork: drawing.Artwork{Ink: ink, Cut: cut}}
	if picture == nil {
		return drawn
	}
	name, ours := strings.CutPrefix(picture.Src(width), "/media/")
	if !ours {
		return drawn
	}
	drawn.Key = name
	drawn.Open = func() (io.ReadCloser, error) {
		path, _, ok := p.Media.File(name)
		if !ok {
			return nil, os.ErrNotExist
		}
		return os.Open(path)
	}
	return drawn
}

// sendCard draws a card unless whoever asks has it as it is now. Other sites may
// show it.
func (p *Pages) sendCard(c *fiber.Ctx, card drawing.Card) error {
	version, err := drawing.VersionOf(card)
	if err != nil {
		return err
	}
	c.Set("Cross-Origin-Resource-Policy", "cross-origin")
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; sandbox")
	if unchanged(c, version) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	if c.Method() == fiber.MethodHead {
		c.Set(fiber.HeaderContentType, "image/png")
		return nil
	}
	drawn, err := p.Sharing.Card(c.UserContext(), card)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "image/png")
	return c.Send(drawn.PNG)
}
