package pages

import (
	"encoding/xml"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/board"
	"prosumer/internal/web/request"
	"prosumer/internal/web/views"
)

const sitemapSpace = "http://www.sitemaps.org/schemas/sitemap/0.9"

type mapPlace struct {
	Loc     string `xml:"loc"`
	LastMod string `xml:"lastmod,omitempty"`
}

type mapPages struct {
	XMLName xml.Name   `xml:"urlset"`
	Space   string     `xml:"xmlns,attr"`
	Places  []mapPlace `xml:"url"`
}

type mapIndex struct {
	XMLName xml.Name   `xml:"sitemapindex"`
	Space   string     `xml:"xmlns,attr"`
	Maps    []mapPlace `xml:"sitemap"`
}

// The parts of the map beside ideas, which have pages by their numbers.
const (
	mapOfSite     = "site"
	mapOfMade     = "made"
	mapOfPeople   = "people"
	mapOfIdeas    = "ideas-"
	sitemapFolder = "/sitemap/"
)

// Sitemap lists the parts of the map.
func (p *Pages) Sitemap(c *fiber.Ctx) error {
	pages, err := p.Board.SitemapPages(c.UserContext())
	if err != nil {
		return err
	}
	index := mapIndex{Space: sitemapSpace}
	part := func(name string) {
		index.Maps = append(index.Maps, mapPlace{Loc: p.BaseURL + sitemapFolder + name + ".xml"})
	}
	part(mapOfSite)
	part(mapOfMade)
	part(mapOfPeople)
	for _, n := range pages {
		part(mapOfIdeas + strconv.Itoa(n))
	}
	return sendMap(c, index)
}

// SitemapPart lists the pages of one part.
func (p *Pages) SitemapPart(c *fiber.Ctx) error {
	m := mapPages{Space: sitemapSpace}
	add := func(list []board.Place, address func(board.Place) string) {
		for _, place := range list {
			m.Places = append(m.Places, mapPlace{p.BaseURL + address(place), place.At.UTC().Format(time.RFC3339)})
		}
	}
	switch part := c.Params("part"); part {
	case mapOfSite:
		for _, path := range []string{views.HomeURL, views.ChallengesURL, views.MadeURL, views.PeopleURL, views.HowURL, views.APIDocsURL} {
			m.Places = append(m.Places, mapPlace{Loc: p.BaseURL + path})
		}
		list, err := p.Challenges.List(c.UserContext(), p.Now())
		if err != nil {
			return err
		}
		for _, ch := range list {
			m.Places = append(m.Places, mapPlace{Loc: p.BaseURL + views.ChallengeURL(ch.Slug)})
		}
	case mapOfMade:
		list, err := p.Board.SitemapProducts(c.UserContext())
		if err != nil {
			return err
		}
		add(list, func(place board.Place) string { return views.ProductURL(place.Slug) })
	case mapOfPeople:
		list, err := p.Board.SitemapPeople(c.UserContext())
		if err != nil {
			return err
		}
		add(list, func(place board.Place) string { return views.PersonURL(place.Slug) })
	default:
		n, ok := ideasPart(part)
		if !ok {
			return request.ErrNotFound
		}
		list, err := p.Board.SitemapIdeas(c.UserContext(), n)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return request.ErrNotFound
		}
		add(list, func(place board.Place) string { return views.IdeaURL(place.ID, place.Slug) })
	}
	return sendMap(c, m)
}

func ideasPart(part string) (int, bool) {
	if len(part) <= len(mapOfIdeas) || part[:len(mapOfIdeas)] != mapOfIdeas {
		return 0, false
	}
	n, err := strconv.ParseUint(part[len(mapOfIdeas):], 10, 24)
	return int(n), err == nil
}

func sendMap(c *fiber.Ctx, v any) error {
	body, err := xml.Marshal(v)
	if err != nil {
		return err
	}
	return sendOutside(c, fiber.MIMEApplicationXMLCharsetUTF8, append([]byte(xml.Header), body...))
}
