package accounts_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/pg"
)

func TestAProfileIsTidiedAndStored(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	ann, secret := d.join(t, "ann@example.org")
	if d.who(t, secret).Name != "Somebody New" {
		t.Fatal("another name")
	}
	err := d.SetProfile(t.Context(), d.who(t, secret), accounts.Profile{
		Name: " Ann\u202e  Lee\x00", Handle: " Ann-Lee ", Bio: " one\r\ntwo ", Lang: "nl",
		Links: []string{" https://example.org/ann ", "", "http://example.org"}, Visibility: accounts.Name,
	})
	if err != nil {
		t.Fatal(err)
	}
	got := d.byID(t, ann.ID)
	want := ann
	want.Name, want.Handle, want.Bio, want.Lang, want.Visibility = "Ann Lee", "ann-lee", "one two", "nl", accounts.Name
	want.BioSource, want.BioHTML = "one\ntwo", clean.Plain("one\ntwo")
	want.Links = pq.StringArray{"https://example.org/ann", "http://example.org"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if actor := d.who(t, secret); actor.Name != "Ann Lee" || actor.Lang != "nl" {
		t.Errorf("the session still says %+v", actor)
	}
	// Nothing chosen: no links, no more to see than before, English.
	if err := d.SetProfile(t.Context(), d.who(t, secret), accounts.Profile{Name: "Ann", Handle: "ann-lee", Visibility: "x"}); err != nil {
		t.Fatal(err)
	}
	if got = d.byID(t, ann.ID); len(got.Links) != 0 || got.Visibility != accounts.Name || got.Lang != "en" {
		t.Errorf("%+v", got)
	}
	if err := d.SetLang(t.Context(), d.who(t, secret), "nl"); err != nil || d.who(t, secret).Lang != "nl" {
		t.Errorf("language %q (%v)", d.who(t, secret).Lang, err)
	}
}

func TestAProfileSaysWhatIsWrongWithIt(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	_, secret := d.join(t, "ann@example.org")
	if _, err := d.Create(t.Context(), accounts.SignUp{Name: "Bob", Handle: "bob"}, "", nil); err != nil {
		t.Fatal(err)
	}
	good := accounts.Profile{Name: "Ann", Handle: "ann"}
	for name, tc := range map[string]struct {
		change      func(p *accounts.Profile)
		field, code string
	}{
		"no name":   {func(p *accounts.Profile) { p.Name = "\u3164" }, "name", "accounts.name_missing"},
		"long name": {func(p *accounts.Profile) { p.Name = strings.Repeat("é", 81) }, "name", "accounts.name_long"},
		"long bio":  {func(p *accounts.Profile) { p.Bio = strings.Repeat("é", 501) }, "bio", "accounts.bio_long"},
		"pictures": {func(p *accounts.Profile) {
			p.Bio = `<p>Me: <img src="/media/ab/` + strings.Repeat("a", 32) + `.jpg" alt=""></p>`
		}, "bio", "accounts.bio_pictures"},
		"much markup":   {func(p *accounts.Profile) { p.Bio = strings.Repeat("<p>a</p>", 1100) }, "bio", "accounts.bio_long"},
		"former":        {func(p *accounts.Profile) { p.Handle = "former-12" }, "handle", "accounts.handle_shape"},
		"broken bio":    {func(p *accounts.Profile) { p.Bio = "a\x00b" }, "bio", "accounts.text_broken"},
		"handle":        {func(p *accounts.Profile) { p.Handle = "a b" }, "handle", "accounts.handle_shape"},
		"reserved":      {func(p *accounts.Profile) { p.Handle = "admin" }, "handle", "accounts.handle_shape"},
		"taken":         {func(p *accounts.Profile) { p.Handle = "BOB" }, "handle", "accounts.handle_taken"},
		"many links":    {func(p *accounts.Profile) { p.Links = strings.Fields(strings.Repeat("https://a.org ", 6)) }, "links", "accounts.links_many"},
		"script link":   {func(p *accounts.Profile) { p.Links = []string{"javascript:alert(1)"} }, "links", "accounts.link_shape"},
		"relative link": {func(p *accounts.Profile) { p.Links = []string{"//example.org"} }, "links", "accounts.link_shape"},
		"user link":     {func(p *accounts.Profile) { p.Links = []string{"https://me:pw@example.org"} }, "links", "accounts.link_shape"},
		"long link":     {func(p *accounts.Profile) { p.Links = []string{"https://example.org/" + strings.Repeat("x", 300)} }, "links", "accounts.link_shape"},
	} {
		p := good
		tc.change(&p)
		err := d.SetProfile(t.Context(), d.who(t, secret), p)
		t.Log(name)
		wantField(t, err, tc.field, tc.code)
	}
	wantCode(t, d.SetProfile(t.Context(), accounts.Actor{}, good), accounts.ErrSignIn)
	if err := d.SetProfile(t.Context(), d.who(t, secret), good); err != nil {
		t.Error(err)
	}
}

func TestTheWordsOfAProfileAreCleanMarkupAndPlainText(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	ann, secret := d.join(t, "ann@example.org")
	bio := `<p>I make <strong>lamps</strong>.<script>alert(1)</script></p><p><a href="https://example.org" onclick="x()">Here</a></p>`
	if err := d.SetProfile(t.Context(), d.who(t, secret), accounts.Profile{Name: "Ann", Handle: "ann", Bio: bio, VotesOpen: true}); err != nil {
		t.Fatal(err)
	}
	got := d.byID(t, ann.ID)
	if got.Bio != "I make lamps. Here" || got.BioSource != bio || !got.VotesOpen || got.Visibility != accounts.Full {
		t.Errorf("%+v", got)
	}
	if html := got.BioHTML.String(); strings.Contains(html, "script") || strings.Contains(html, "onclick") || !strings.Contains(html, "<strong>lamps</strong>") {
		t.Error(html)
	}
	// Five hundred characters are counted as one reads them.
	long := "<p>" + strings.Repeat("<b>é</b>", 500) + "</p>"
	if err := d.SetProfile(t.Context(), d.who(t, secret), accounts.Profile{Name: "Ann", Handle: "ann", Bio: long}); err != nil {
		t.Error(err)
	}
}

func TestWhatIsLeftOfSomebodyErasedIsABareNumber(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	ann, _ := d.join(t, "ann@example.org")
	const bare = `handle = 'former-' || id, name = '', email = NULL, email_key = NULL, password_hash = NULL, visibility = 'hidden', bio = '', bio_source = '', bio_html = '', links = '{}', votes_open = false`
	if _, err := d.db.Exec(`UPDATE accounts SET name = '' WHERE id = $1`, ann.ID); !pg.Violates(err, "accounts_name_length") {
		t.Errorf("nameless and not erased: %v", err)
	}
	d.exec(t, `UPDATE accounts SET `+bare+`, erased_at = now() WHERE id = $1`, ann.ID)
	for _, rest := range []string{`name = 'Ann'`, `handle = 'ann'`, `bio = 'x'`, `links = '{https://example.org}'`, `visibility = 'full'`, `email = 'a@b.c', email_key = 'a@b.c'`, `votes_open = true`} {
		if _, err := d.db.Exec(`UPDATE accounts SET `+rest+` WHERE id = $1`, ann.ID); !pg.Violates(err, "accounts_erased_is_bare") {
			t.Errorf("%s: %v", rest, err)
		}
	}
	for _, by := range []accounts.Actor{{}, accounts.As(d.byID(t, ann.ID)), accounts.As(accounts.Account{ID: 9, RoleNames: pq.StringArray{"admin"}})} {
		if accounts.SeesProfile(by, d.byID(t, ann.ID)) {
			t.Errorf("%+v finds a profile", by)
		}
	}
}

func TestAProfilesPictureIsOnesOwn(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	ann, secret := d.join(t, "ann@example.org")
	owned := fakePictures{"mine": int64(ann.ID)}
	d.Service = accounts.NewService(d.db, accounts.Options{Pictures: owned})
	set := func(id *string) error {
		return d.SetProfile(t.Context(), d.who(t, secret), accounts.Profile{Name: "Ann", Handle: "ann", PictureID: id})
	}
	for _, id := range []string{"theirs", "a\x00b"} {
		wantField(t, set(&id), "picture", "media.not_yours")
	}
	mine, none := "mine", ""
	for _, step := range []struct{ give, want *string }{{nil, nil}, {&mine, &mine}, {nil, &mine}, {&none, nil}} {
		if err := set(step.give); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(step.want, d.byID(t, ann.ID).PictureID); diff != "" {
			t.Error(diff)
		}
	}
}

func TestAPasswordChangesOnlyByWhoKnowsIt(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	_, mine := d.join(t, "ann@example.org")
	_, other, err := d.SignIn(t.Context(), accounts.SignIn{Email: "ann@example.org", Password: password})
	if err != nil {
		t.Fatal(err)
	}
	public, link := d.who(t, other).Session, d.link(t, accounts.SignInLink)
	actor := d.who(t, mine)

	wantField(t, d.ChangePassword(t.Context(), actor, "wrong wrong", "another long one"), "current", "accounts.wrong_current")
	wantField(t, d.ChangePassword(t.Context(), actor, password, "somebody new"), "password", "accounts.password_own")
	wantCode(t, d.ChangePassword(t.Context(), accounts.Actor{}, password, "another long one"), accounts.ErrSignIn)
	if err := d.ChangePassword(t.Context(), actor, password, "another long one"); err != nil {
		t.Fatal(err)
	}

	d.who(t, mine)
	_, err = d.Resolve(t.Context(), other)
	wantCode(t, err, accounts.ErrSignIn)
	_, err = d.Look(t.Context(), link)
	wantCode(t, err, accounts.ErrLinkUsed)
	if told := d.told(); len(told) != 1 || told[0] != public {
		t.Errorf("told of %v, want %s", told, public)
	}
	if err := d.SetPassword(t.Context(), d.byID(t, actor.ID), "by the operator"); err != nil {
		t.Fatal(err)
	}
	_, err = d.Resolve(t.Context(), mine)
	wantCode(t, err, accounts.ErrSignIn)
	if _, _, err = d.SignIn(t.Context(), accounts.SignIn{Email: "ann@example.org", Password: "by the operator"}); err != nil {
		t.Error(err)
	}
}
