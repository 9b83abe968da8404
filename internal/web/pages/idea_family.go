package pages

import (
	"github.com/gofiber/fiber/v2"

	"prosumer/internal/cocreation"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/web/views"
)

// addFamily fills what the idea builds on, and what builds on it.
func (p *Pages) addFamily(c *fiber.Ctx, v *views.IdeaView, page *ideaPage) error {
	if page.Status == ideas.Draft {
		return nil
	}
	found := page.family
	family := &views.IdeaFamily{Siblings: kin(found.Siblings), Children: kin(found.Children), More: found.More, MayBuild: page.Status.Public() && !page.Hidden}
	if found.Parent != nil {
		family.Parent = &kin([]cocreation.Kin{*found.Parent})[0]
	}
	v.Family = family
	return nil
}

func kin(list []cocreation.Kin) []views.Kin {
	shown := make([]views.Kin, len(list))
	for i, k := range list {
		shown[i] = views.Kin{
			IdeaLink: views.IdeaLink{ID: int64(k.ID), Slug: k.Slug, Title: k.Title}, Status: string(k.Status),
			By: views.Person{Name: k.Name, Handle: k.Handle, Picture: image(media.Face(k.Face))},
		}
	}
	return shown
}
