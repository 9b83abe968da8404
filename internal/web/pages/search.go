package pages

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/clean"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// How many are shown of each kind on the page of all, and while somebody types.
const (
	bestOfEach    = 5
	suggestOfEach = 2
	foundOnPage   = 20
)

// Search finds in everything, or in one kind, with the words of the address.
func (p *Pages) Search(c *fiber.Ctx) error {
	v := views.SearchView{Shell: p.Shell(c), Q: strings.TrimSpace(request.Query(c, "q")), In: request.Query(c, "in")}
	v.Search, v.NoIndex = v.Q, true
	v.CanonicalURL = p.BaseURL + views.SearchURL
	if v.In == "" {
		groups, err := p.across(c, v.Q, bestOfEach)
		if err != nil {
			return err
		}
		v.Groups = groups
		return response.HTML(c, fiber.StatusOK, views.Search(v))
	}
	page, err := p.Board.Look(c.UserContext(), request.Actor(c), board.LookQuery{In: board.Realm(v.In), Q: v.Q, After: request.Query(c, "after"), Limit: foundOnPage})
	if err != nil {
		return err
	}
	v.Groups = []views.HitGroup{hitGroup(board.Realm(v.In), page, v.Q)}
	if page.Next == "" {
		v.Groups[0].More = ""
	}
	return response.HTML(c, fiber.StatusOK, views.Search(v))
}

// Suggest is what the box offers while somebody types.
func (p *Pages) Suggest(c *fiber.Ctx) error {
	v := views.SearchView{Q: strings.TrimSpace(request.Query(c, "q"))}
	v.Lang, v.Zone = request.Lang(c), p.Zone
	groups, err := p.across(c, v.Q, suggestOfEach)
	if err != nil {
		return err
	}
	v.Groups = groups
	return response.HTML(c, fiber.StatusOK, views.Suggestions(v))
}

func (p *Pages) across(c *fiber.Ctx, words string, each int) ([]views.HitGroup, error) {
	pages, err := p.Board.LookAcross(c.UserContext(), request.Actor(c), words, each)
	if err != nil {
		return nil, err
	}
	groups := make([]views.HitGroup, len(pages))
	for i, page := range pages {
		groups[i] = hitGroup(board.Realms[i], page, words)
		if page.Next != "" {
			groups[i].More = views.SearchFor(words, string(board.Realms[i]), "")
		} else {
			groups[i].More = ""
		}
	}
	return groups, nil
}

func hitGroup(in board.Realm, page board.Page[board.Hit], words string) views.HitGroup {
	g := views.HitGroup{In: string(in), More: views.SearchFor(words, string(in), page.Next)}
	for _, h := range page.Items {
		g.Hits = append(g.Hits, hit(h))
		g.Close = g.Close || h.Close
	}
	return g
}

func hit(h board.Hit) views.Hit {
	return views.Hit{
		In: string(h.In), URL: views.HitURL(string(h.In), h.ID, h.Slug), Title: h.Title, Words: clean.Line(h.Words), Mark: h.Mark, By: person(h.By), Picture: image(h.Picture), At: h.At,
	}
}
