package accounts_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
	"prosumer/internal/pg"
)

// fact reads the newest fact of a topic.
func (d *desk) fact(t *testing.T, topic string, into any) {
	t.Helper()
	var raw []byte
	if err := d.db.Get(&raw, `SELECT payload FROM outbox WHERE topic = $1 ORDER BY id DESC LIMIT 1`, topic); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatal(err)
	}
}

func TestAChangeOfRoleEndsSessionsAndLinks(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	ann, secret := d.join(t, "ann@example.org")
	public, link := d.who(t, secret).Session, d.link(t, accounts.SignInLink)

	if err := d.Promote(t.Context(), ann, accounts.Team); err != nil {
		t.Fatal(err)
	}

	if told := d.told(); len(told) != 1 || told[0] != public {
		t.Errorf("told of %v, want %s", told, public)
	}
	_, err := d.Resolve(t.Context(), secret)
	wantCode(t, err, accounts.ErrSignIn)
	_, err = d.Look(t.Context(), link)
	wantCode(t, err, accounts.ErrLinkUsed)
	// The caller's account still says member: what counts is what is stored.
	if err := d.Promote(t.Context(), ann, accounts.Trusted); err != nil {
		t.Fatal(err)
	}
	if roles := d.byID(t, ann.ID).RoleNames; !slices.Equal(roles, []string{"member", "team", "trusted"}) {
		t.Errorf("roles %v", roles)
	}
	if err := d.Promote(t.Context(), ann, "king"); fault.Of(err).Kind != fault.Invalid || !strings.Contains(err.Error(), "king") {
		t.Error(err)
	}
	wantCode(t, d.Promote(t.Context(), accounts.Account{ID: 1 << 40}, accounts.Team), accounts.ErrNotFound)
}

func TestTheLastAdminStays(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	ann, _ := d.join(t, "ann@example.org")
	bob, _ := d.join(t, "bob@example.org")
	for _, who := range []accounts.Account{ann, bob} {
		if err := d.Promote(t.Context(), who, accounts.Admin); err != nil {
			t.Fatal(err)
		}
	}
	both := make(chan accounts.Account, 2)
	both <- ann
	both <- bob
	done, errs := atOnce(2, func() error { return d.Promote(t.Context(), <-both, accounts.Member) })
	if done != 1 || !errors.Is(errors.Join(errs...), accounts.ErrLastAdmin) {
		t.Errorf("%d stepped down, %v", done, errs)
	}
	var admins int
	if err := d.db.Get(&admins, `SELECT count(*) FROM accounts WHERE 'admin' = ANY(roles)`); err != nil || admins != 1 {
		t.Errorf("%d admins (%v)", admins, err)
	}
}

func TestAnImportedAuthorIsOnePersonWhoCannotSignIn(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	ids := map[accounts.ID]bool{}
	long := strings.Repeat("a-very-long-name-", 5)
	err := pg.InTx(t.Context(), d.db, func(tx pg.Q) error {
		for range 2 { // the second time finds them
			for _, external := range []string{"7", "A b", "a-b", "a_b", "☃", long + "1", long + "2"} {
				id, err := accounts.Imported(t.Context(), tx, "madrid", external, "Someone "+external)
				if err != nil {
					return err
				}
				ids[id] = true
			}
		}
		return nil
	})
	if err != nil || len(ids) != 7 {
		t.Fatalf("%d people (%v), want 7", len(ids), err)
	}
	other, err := accounts.Imported(t.Context(), d.db, "lisbon", "7", "\x00\u202e")
	if err != nil || ids[other] {
		t.Errorf("another source's person: %d (%v)", other, err)
	}
	account := d.byID(t, other)
	if account.Email != nil || account.ConfirmedAt != nil || account.Visibility != accounts.Hidden || account.Name == "" || account.Staff() {
		t.Errorf("%+v", account)
	}
	for _, email := range []string{account.Handle, account.Handle + "@example.org", ""} {
		_, _, err := d.SignIn(t.Context(), accounts.SignIn{Email: email, Password: ""})
		wantCode(t, err, accounts.ErrWrong)
	}
	for _, key := range []string{"", account.Handle} {
		_, _, err := d.MakeLink(t.Context(), accounts.LinkWanted{EmailKey: key, Purpose: accounts.ResetLink})
		wantCode(t, err, accounts.ErrNotFound)
	}
	done, errs := atOnce(10, func() error {
		_, err := accounts.Imported(t.Context(), d.db, "lisbon", "8", "Same")
		return err
	})
	if done != 10 {
		t.Error(errs)
	}
	var rows int
	if err := d.db.Get(&rows, `SELECT count(*) FROM accounts WHERE source = 'lisbon' AND external_id = '8'`); err != nil || rows != 1 {
		t.Errorf("%d rows (%v)", rows, err)
	}
	for _, external := range []string{"", "\x00", "\xff", strings.Repeat("x", 201)} {
		_, err := accounts.Imported(t.Context(), d.db, "lisbon", external, "Ann")
		wantField(t, err, "external_id", "accounts.external_shape")
		_, err = accounts.Imported(t.Context(), d.db, external, "1", "Ann")
		wantField(t, err, "source", "accounts.external_shape")
	}
}

func TestTheListHoldsThoseWhoCanSignIn(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	ann, _ := d.join(t, "ann@example.org")
	if _, err := accounts.Imported(t.Context(), d.db, "madrid", "7", "Imported"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Create(t.Context(), accounts.SignUp{Name: "Demo Person"}, "A bio", nil); err != nil {
		t.Fatal(err)
	}
	bob, err := d.Create(t.Context(), accounts.SignUp{Email: "bob@example.org", Password: password, Name: "Bob", Lang: "nl"}, "", []accounts.Role{accounts.Team, accounts.Team, accounts.Member})
	if err != nil || bob.ConfirmedAt == nil || bob.Lang != "nl" || !slices.Equal(bob.RoleNames, []string{"member", "team"}) {
		t.Fatalf("%+v (%v)", bob, err)
	}
	list, err := d.List(t.Context(), 10)
	if err != nil || len(list) != 2 || list[0].ID != bob.ID || list[1].ID != ann.ID {
		t.Errorf("%+v (%v)", list, err)
	}
	if list, err = d.List(t.Context(), 1); err != nil || len(list) != 1 {
		t.Errorf("%+v (%v)", list, err)
	}
}

func TestPeopleMadeByCommandAreCheckedLikeAnyOther(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	for field, in := range map[string]accounts.SignUp{
		"name": {Name: " "}, "handle": {Name: "Ann", Handle: "a b"}, "email": {Name: "Ann", Email: "ann", Password: password},
		"password": {Name: "Ann", Email: "ann@example.org"},
	} {
		if _, err := d.Create(t.Context(), in, "", nil); fault.Of(err).Fields[field] == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	_, err := d.Create(t.Context(), accounts.SignUp{Name: "Ann"}, strings.Repeat("x", 501), nil)
	wantField(t, err, "bio", "accounts.bio_long")
	_, err = d.Create(t.Context(), accounts.SignUp{Name: "Ann"}, "", []accounts.Role{"king"})
	wantField(t, err, "roles", "accounts.role_unknown")
	for range 3 { // the same name thrice
		if _, err := d.Create(t.Context(), accounts.SignUp{Name: "Ann Lee"}, "", nil); err != nil {
			t.Error(err)
		}
	}
}
