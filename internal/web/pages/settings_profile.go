package pages

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/web/request"
	"prosumer/internal/web/response"
	"prosumer/internal/web/views"
)

// ProfileForm is the person's own profile.
func (p *Pages) ProfileForm(c *fiber.Ctx) error {
	if request.Actor(c).Visitor() {
		return accounts.ErrSignIn
	}
	account, err := p.Accounts.ByID(c.UserContext(), request.Actor(c).ID)
	if err != nil {
		return err
	}
	return p.profileForm(c, fiber.StatusOK, account, accounts.Profile{
		Name: account.Name, Handle: account.Handle, Bio: account.BioSource, Links: account.Links,
		Visibility: account.Visibility, VotesOpen: account.VotesOpen, Lang: account.Lang,
	}, nil)
}

// profileForm shows the form with what was typed, beside the pictures that are
// stored.
func (p *Pages) profileForm(c *fiber.Ctx, status int, stored accounts.Account, typed accounts.Profile, f *fault.Fault) error {
	v := views.ProfileView{
		Shell: p.gate(c), Name: typed.Name, Handle: typed.Handle, Bio: typed.Bio, Links: strings.Join(typed.Links, "\n"),
		Visibility: string(typed.Visibility), VotesOpen: typed.VotesOpen, Language: typed.Lang, Errors: p.errors(c, f),
		StoredHandle: stored.Handle, Staff: stored.Staff(),
	}
	var ids []string
	for _, id := range []*string{stored.PictureID, stored.CoverID} {
		if id != nil {
			ids = append(ids, *id)
		}
	}
	found, err := p.Media.ByIDs(c.UserContext(), p.DB, ids)
	if err != nil {
		return err
	}
	if stored.PictureID != nil {
		if picture, ok := found[*stored.PictureID]; ok {
			v.Picture = image(&picture)
		}
	}
	if stored.CoverID != nil {
		if cover, ok := found[*stored.CoverID]; ok {
			v.Cover = image(&cover)
		}
	}
	return response.HTML(c, status, views.Profile(v))
}

// Profile takes the form.
func (p *Pages) Profile(c *fiber.Ctx) error {
	actor := request.Actor(c)
	if actor.Visitor() {
		return accounts.ErrSignIn
	}
	in := accounts.Profile{
		Name: request.Field(c, "name"), Handle: request.Field(c, "handle"), Bio: request.Field(c, "bio"), Lang: request.Field(c, "language"),
		Links: strings.Split(strings.ReplaceAll(request.Field(c, "links"), "\r", ""), "\n"), Visibility: accounts.Visibility(request.Field(c, "visibility")),
		VotesOpen: request.Field(c, "votes_open") != "",
	}
	var err error
	for field, id := range map[string]**string{"picture": &in.PictureID, "cover": &in.CoverID} {
		if *id, err = p.newPicture(c, actor, field); err != nil {
			break
		}
	}
	if err == nil {
		err = p.Accounts.SetProfile(c.UserContext(), actor, in)
	}
	if f := fault.Of(err); err != nil && f.Kind == fault.Invalid {
		stored, gone := p.Accounts.ByID(c.UserContext(), actor.ID)
		if gone != nil {
			return gone
		}
		return p.profileForm(c, response.StatusOf(f), stored, in, f)
	}
	if err != nil {
		return err
	}
	return response.SeeOther(c, views.SettingsURL, "saved")
}

// newPicture stores a new picture of the form's field, or notes that the present
// one goes; nil leaves it as it is.
func (p *Pages) newPicture(c *fiber.Ctx, actor accounts.Actor, field string) (*string, error) {
	if request.Field(c, "remove_"+field) != "" {
		return new(string), nil
	}
	id, err := p.chosenFile(c, actor, field)
	if id == "" {
		return nil, err
	}
	return &id, err
}
