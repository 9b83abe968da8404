package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/shortlists"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// ShortlistList lists the shortlists, with the form of a new one.
func (p *Pages) ShortlistList(c *fiber.Ctx) error {
	return p.shortlistList(c, fiber.StatusOK, views.ShortlistsView{Shell: p.gate(c), Challenge: request.Query(c, "challenge")})
}

func (p *Pages) shortlistList(c *fiber.Ctx, status int, v views.ShortlistsView) error {
	lists, err := p.Shortlists.Lists(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	for _, l := range lists {
		v.Lists = append(v.Lists, shortlistHead(l))
	}
	running, err := p.Challenges.List(c.UserContext(), p.Now())
	if err != nil {
		return err
	}
	for _, challenge := range running {
		v.Challenges = append(v.Challenges, views.ChallengeChoice{Slug: challenge.Slug, Title: challenge.Title})
	}
	return response.HTML(c, status, views.Shortlists(v))
}

// ShortlistCreate makes a shortlist.
func (p *Pages) ShortlistCreate(c *fiber.Ctx) error {
	name, challenge := request.Field(c, "name"), request.Field(c, "challenge")
	id, err := p.Shortlists.Create(c.UserContext(), request.Actor(c), name, challenge)
	if f := fault.Of(err); err != nil && f.Kind == fault.Invalid {
		v := views.ShortlistsView{Shell: p.gate(c), Name: name, Challenge: challenge, Errors: p.errors(c, f)}
		return p.shortlistList(c, response.StatusOf(f), v)
	}
	if err != nil {
		return err
	}
	return response.SeeOther(c, views.ShortlistURL(int64(id)), "shortlist_made")
}

// ShortlistShow is one shortlist.
func (p *Pages) ShortlistShow(c *fiber.Ctx) error {
	id, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	return p.shortlist(c, fiber.StatusOK, shortlists.ID(id), views.ShortlistView{Shell: p.gate(c), Q: clean.Line(request.Query(c, "q"))})
}

func (p *Pages) shortlist(c *fiber.Ctx, status int, id shortlists.ID, v views.ShortlistView) error {
	sheet, err := p.sheet(c, id)
	if err != nil {
		return err
	}
	// A form that was refused stands at an address that only forms go to.
	if v.Path = here(c); c.Method() == fiber.MethodPost {
		v.Path = views.ShortlistURL(int64(id))
	}
	v.List, v.Criteria, v.Entries = shortlistHead(sheet.List), shortlistCriteria(sheet), p.shortlistEntries(c, sheet)
	v.Watch = append(v.Watch, "board")
	if v.Q != "" && !v.List.Closed {
		found, err := p.Shortlists.Candidates(c.UserContext(), request.Actor(c), id, v.Q)
		if err != nil {
			return err
		}
		for _, f := range found {
			v.Found = append(v.Found, views.ShortlistCandidate{ID: int64(f.Idea), Slug: f.Slug, Title: f.Title, Status: string(f.Status), By: f.By, Voters: f.Voters})
		}
	}
	return response.HTML(c, status, views.Shortlist(v))
}

// sheet reads a list as this reader may see it, in days of the site's zone.
func (p *Pages) sheet(c *fiber.Ctx, id shortlists.ID) (shortlists.Sheet, error) {
	zone := "UTC"
	if p.Zone != nil {
		zone = p.Zone.String()
	}
	return p.Shortlists.Sheet(c.UserContext(), request.Actor(c), id, zone)
}

// changeShortlist carries out one change of the list in the address. What the
// form cannot do is said on the list as it is now: form names the form that the
// remedies are of.
func (p *Pages) changeShortlist(c *fiber.Ctx, form, done string, change func(id shortlists.ID) error) error {
	id, err := request.Number(c, "id")
	if err != nil {
		return err
	}
	if err := change(shortlists.ID(id)); err != nil {
		return p.shortlistRefused(c, shortlists.ID(id), form, err)
	}
	if c.Accepts(fiber.MIMETextHTML, fiber.MIMEApplicationJSON) == fiber.MIMEApplicationJSON {
		return response.NoContent(c)
	}
	return response.SeeOther(c, local(request.Back(c, "back", views.ShortlistURL(id))), done)
}

func (p *Pages) shortlistRefused(c *fiber.Ctx, id shortlists.ID, form string, err error) error {
	f := fault.Of(err)
	if f.Kind != fault.Invalid && f.Kind != fault.Conflict {
		return err
	}
	v := views.ShortlistView{Shell: p.gate(c), Form: form, Errors: p.errors(c, f)}
	v.Typed = map[string]string{"name": request.Field(c, "name"), "weight": request.Field(c, "weight")}
	v.Changing, _ = positive(request.Field(c, "criterion"))
	return p.shortlist(c, response.StatusOf(f), id, v)
}

// ShortlistRename gives a list another name.
func (p *Pages) ShortlistRename(c *fiber.Ctx) error {
	return p.changeShortlist(c, "rename", "saved", func(id shortlists.ID) error {
		return p.Shortlists.Rename(c.UserContext(), request.Actor(c), id, request.Field(c, "name"))
	})
}

// ShortlistState closes a list, or opens it again.
func (p *Pages) ShortlistState(c *fiber.Ctx) error {
	return p.changeShortlist(c, "", "saved", func(id shortlists.ID) error {
		if request.Field(c, "state") == "open" {
			return p.Shortlists.Reopen(c.UserContext(), request.Actor(c), id)
		}
		return p.Shortlists.Close(c.UserContext(), request.Actor(c), id)
	})
}

// ShortlistPut puts an idea on the list, from any page that names a way back.
func (p *Pages) ShortlistPut(c *fiber.Ctx) error {
	return p.changeShortlist(c, "", "shortlist_put", func(id shortlists.ID) error { return p.putOnShortlist(c, id) })
}

// ShortlistPutOn is ShortlistPut for a form that chooses the list.
func (p *Pages) ShortlistPutOn(c *fiber.Ctx) error {
	n, ok := positive(request.Field(c, "shortlist"))
	if !ok {
		return shortlists.ErrNotFound
	}
	if err := p.putOnShortlist(c, shortlists.ID(n)); err != nil {
		return p.shortlistRefused(c, shortlists.ID(n), "", err)
	}
	return response.SeeOther(c, local(request.Back(c, "back", views.ShortlistURL(n))), "shortlist_put")
}

func (p *Pages) putOnShortlist(c *fiber.Ctx, id shortlists.ID) error {
	idea, ok := positive(request.Field(c, "idea"))
	if !ok {
		return ideas.ErrNotFound
	}
	if request.Field(c, "move") != "" {
		return p.Shortlists.PutMoving(c.UserContext(), request.Actor(c), id, ideas.ID(idea))
	}
	return p.Shortlists.Put(c.UserContext(), request.Actor(c), id, ideas.ID(idea))
}
