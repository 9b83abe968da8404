package api_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/web/api/wire"
)

func TestSigningUpSignsIn(t *testing.T) {
	t.Parallel()
	s := newSite(t)

	got := s.want(201, visitor, "POST", "/accounts", `{"email":"zoe@example.org","password":"a long walk home","name":"Zoë Jansen"}`)

	var account wire.Account
	got.read(t, &account)
	if account.Handle != "zoe-jansen" || account.Name != "Zoë Jansen" {
		t.Errorf("made %+v", account)
	}
	actor, err := s.api.Accounts.Resolve(t.Context(), s.session)
	if err != nil || int64(actor.ID) != account.ID || got.Header.Get("Set-Cookie") == "" {
		t.Errorf("the session is %+v with %v, the cookie %q", actor, err, got.Header.Get("Set-Cookie"))
	}
	s.refused(409, "accounts.email_taken", visitor, "POST", "/accounts", `{"email":"Zoe+2@example.org","password":"a long walk home","name":"Zoe"}`)
	fields := s.refused(422, "accounts.handle_taken", visitor, "POST", "/accounts", `{"email":"z@example.org","password":"a long walk home","name":"Z","handle":"zoe-jansen"}`)
	if fields["handle"] == "" {
		t.Errorf("names %v, want handle", fields)
	}
}

func TestSigningInSaysNothingOfWhetherTheAddressIsKnown(t *testing.T) {
	t.Parallel()
	s := newSite(t)

	var me wire.Me
	s.want(200, visitor, "POST", "/session", `{"email":"noor@example.org","password":"a long walk home"}`).read(t, &me)

	want := wire.Me{
		ID: int64(s.actors[noor].ID), Handle: "noor-x", Name: "Noor Bakker", URL: "/people/noor-x", Email: "noor@example.org",
		Confirmed: true, Roles: []wire.Role{"member"},
	}
	if diff := cmp.Diff(want, me); diff != "" || s.session == "" {
		t.Errorf("session %q, me (-want +got):\n%s", s.session, diff)
	}
	s.session = ""
	wrong := s.want(401, visitor, "POST", "/session", `{"email":"noor@example.org","password":"a short walk home"}`)
	unknown := s.want(401, visitor, "POST", "/session", `{"email":"nobody@example.org","password":"a short walk home"}`)
	if string(wrong.body) != string(unknown.body) || s.session != "" {
		t.Errorf("session %q, and a wrong password answers\n%s, an unknown address\n%s", s.session, wrong.body, unknown.body)
	}
	s.want(204, noor, "DELETE", "/session", "")
	if s.ended != 1 {
		t.Errorf("ended %d sessions, want 1", s.ended)
	}
}

func TestMeTellsATokenItsScopes(t *testing.T) {
	t.Parallel()
	s := newSite(t)

	var me wire.Me
	s.want(200, s.token(anna, "vote", "read"), "GET", "/me", "").read(t, &me)

	if diff := cmp.Diff([]wire.MeScopes{"read", "vote"}, me.Scopes); diff != "" || !me.Staff {
		t.Errorf("staff %v, scopes (-want +got):\n%s", me.Staff, diff)
	}
}

func TestAPersonWhoHidesIsNotFoundAndNamedWithoutALink(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	idea := s.propose("open")
	if _, err := s.db.Exec(`UPDATE accounts SET visibility = 'hidden' WHERE handle = 'noor-x'`); err != nil {
		t.Fatal(err)
	}

	s.want(404, piet, "GET", "/people/noor-x", "")
	s.want(200, noor, "GET", "/people/noor-x", "")
	for _, path := range []string{"/ideas/" + idea, "/ideas", "/ideas/" + idea + "/history"} {
		if got := s.want(200, piet, "GET", path, ""); strings.Contains(string(got.body), "noor-x") || !strings.Contains(string(got.body), "Noor Bakker") {
			t.Errorf("%s answered %s", path, got.body)
		}
	}
	var list wire.IdeaList
	if s.want(200, piet, "GET", "/ideas?author=noor-x", "").read(t, &list); len(list.Items) != 0 {
		t.Errorf("the ideas of a hidden handle are listed: %v", list.Items)
	}
	if s.want(200, noor, "GET", "/ideas?author=noor-x", "").read(t, &list); len(list.Items) != 1 {
		t.Errorf("her own list holds %d ideas, want 1", len(list.Items))
	}
}
