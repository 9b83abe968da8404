package api

import (
	"prosumer/internal/accounts"
	"prosumer/internal/board"
	"prosumer/internal/media"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/views"
)

// toRef names a person; one who hides has no page to point to.
func toRef(name, handle string, hidden bool) wire.PersonRef {
	if hidden || handle == "" {
		return wire.PersonRef{Name: name}
	}
	url := views.PersonURL(handle)
	return wire.PersonRef{Name: name, Handle: &handle, URL: &url}
}

// toPerson is a public profile as lists show it, without its words.
func toPerson(p board.Ranked) wire.Person {
	return wire.Person{
		Handle: p.Handle, Name: p.Name, URL: views.PersonURL(p.Handle), Picture: toPicture(p.Picture), Staff: p.Staff, Standing: p.Standing,
		Ideas: p.Ideas, Adopted: p.Adopted, Launched: p.Launched, VotesReceived: p.VotesReceived, MemberSince: p.Since.UTC(),
	}
}

// toMe is an account as its owner sees it.
func toMe(a accounts.Account, actor accounts.Actor) wire.Me {
	me := wire.Me{
		ID: int64(a.ID), Handle: a.Handle, Name: a.Name, URL: views.PersonURL(a.Handle), Email: given(a.Email), Confirmed: actor.Confirmed,
		Roles: each(a.RoleNames, func(r string) wire.Role { return wire.Role(r) }), Staff: a.Staff(),
	}
	if !actor.ByToken() {
		return me
	}
	for _, scope := range accounts.Scopes {
		if actor.Can(scope) {
			me.Scopes = append(me.Scopes, wire.MeScopes(scope))
		}
	}
	return me
}

// toPicture is a picture in use, null for none.
func toPicture(p *media.Picture) *wire.Picture {
	if p == nil {
		return nil
	}
	return &wire.Picture{ID: p.ID, URL: p.URL(), Srcset: p.SrcSet("jpg"), Width: p.Width, Height: p.Height, Alt: p.Alt}
}
