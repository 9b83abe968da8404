package accounts_test

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"prosumer/internal/accounts"
)

func TestAnAddressIsTakenHoweverItIsSpelled(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	d.join(t, "Ann.Lee+board@Example.org")
	d.join(t, "j.doe@gmail.com")
	for _, email := range []string{
		"ann.lee@example.org", "ANN.LEE@EXAMPLE.ORG", " ann.lee+other@example.org ", "Ann.Lee+a+b@example.org",
		"jdoe@gmail.com", "J.D.O.E+x@googlemail.com",
	} {
		_, _, err := d.SignUp(t.Context(), accounts.SignUp{Email: email, Password: password, Name: "Other"})
		wantCode(t, err, accounts.ErrEmailTaken)
		if found, err := d.ByEmail(t.Context(), email); err != nil || found.Name != "Somebody New" {
			t.Errorf("%q: found %+v (%v)", email, found, err)
		}
	}
	d.join(t, "annlee@example.org") // elsewhere dots make another mailbox
}

func TestAnAddressNobodyCanWriteToIsRefused(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	for _, email := range []string{
		"", "ann", "ann@", "@example.org", "ann@localdomain", "a b@example.org", "ann@example.org, bob@example.org", "Ann <ann@example.org>",
		"ann@[127.0.0.1]", "ann@example.org\r\nBcc: x@y.org", "ann\x00@example.org", "ann\xff@example.org", "ann\u202e@example.org", "an\u200bn@example.org",
		strings.Repeat("a", 250) + "@example.org", `"ann"@example.org`, "ann@example..org", "ann@example.org.",
	} {
		_, _, err := d.SignUp(t.Context(), accounts.SignUp{Email: email, Password: password, Name: "Ann"})
		wantField(t, err, "email", "accounts.email_shape")
		_, err = d.ByEmail(t.Context(), email)
		wantCode(t, err, accounts.ErrNotFound)
		wantField(t, d.AskLink(t.Context(), email, accounts.SignInLink, "/", ""), "email", "accounts.email_shape")
	}
}

func TestAHandleIsOnesOwn(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	sign := func(email, handle string) error {
		_, _, err := d.SignUp(t.Context(), accounts.SignUp{Email: email, Password: password, Name: "Ann", Handle: handle})
		return err
	}
	if err := sign("a@example.org", "ann-lee"); err != nil {
		t.Fatal(err)
	}
	wantField(t, sign("b@example.org", " ANN-LEE "), "handle", "accounts.handle_taken")
	for _, handle := range []string{"ab", "-ab", "ab-", "a_b", "admin", "Support", "a b", "a\x00b", "é-é", strings.Repeat("a", 41), "../x"} {
		wantField(t, sign("b@example.org", handle), "handle", "accounts.handle_shape")
	}
	if found, err := d.ByHandle(t.Context(), "Ann-Lee"); err != nil || found.Handle != "ann-lee" {
		t.Errorf("found %+v (%v)", found, err)
	}
	for _, handle := range []string{"nobody", "", "a\x00b", "a\xff"} {
		_, err := d.ByHandle(t.Context(), handle)
		wantCode(t, err, accounts.ErrNotFound)
	}
}

func TestAHandleIsMadeFromAnyName(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	shape := regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$`)
	seen := map[string]bool{}
	for i, name := range []string{
		"Ann Lee", "Ann Lee", "ann-lee", "Admin", "X", "__ snake_case __", "☃", "王小明", "Ω", "_", "-", "a_", "Jan van der Meer-de Vries van Oudenhoven",
		"0", "!!!", strings.Repeat("w", 80), strings.Repeat("龘", 80), "me", "ñandú",
	} {
		account, _, err := d.SignUp(t.Context(), accounts.SignUp{Email: fmt.Sprintf("p%d@example.org", i), Password: password, Name: name})
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		if !shape.MatchString(account.Handle) || seen[account.Handle] || account.Handle == "admin" || account.Handle == "me" {
			t.Errorf("%q became %q", name, account.Handle)
		}
		seen[account.Handle] = true
	}
	if !seen["ann-lee"] {
		t.Errorf("the plain handle is not used: %v", seen)
	}
}

func TestAPasswordIsLongAndNotOnesOwnName(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	for given, code := range map[string]string{
		"":                         "accounts.password_short",
		"123456789":                "accounts.password_short",
		"ééééééééé":                "accounts.password_short",
		strings.Repeat("é", 129):   "accounts.password_long",
		"ANNEMARIE LEE":            "accounts.password_own",
		"annemarie@EXAMPLE.org":    "accounts.password_own",
		"the-annemarie":            "accounts.password_own",
		"\x00\x00\x00\x00\x00":     "accounts.password_short",
		strings.Repeat("a", 1<<20): "accounts.password_long",
	} {
		_, _, err := d.SignUp(t.Context(), accounts.SignUp{Email: "annemarie@example.org", Password: given, Name: "Annemarie Lee", Handle: "the-annemarie"})
		wantField(t, err, "password", code)
	}
	for i, given := range []string{strings.Repeat("é", 128), "          ", "\x00\xff0123456789", "correct horse 🐎"} {
		email := fmt.Sprintf("p%d@example.org", i)
		if _, _, err := d.SignUp(t.Context(), accounts.SignUp{Email: email, Password: given, Name: "Annemarie Lee"}); err != nil {
			t.Errorf("%q: %v", given, err)
		}
		if _, _, err := d.SignIn(t.Context(), accounts.SignIn{Email: email, Password: given}); err != nil {
			t.Errorf("%q: does not sign in: %v", given, err)
		}
	}
}

func TestSignUpCanBeClosed(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{SignUpClosed: true})
	_, _, err := d.SignUp(t.Context(), accounts.SignUp{Email: "a@example.org", Password: password, Name: "Ann"})
	wantCode(t, err, accounts.ErrClosed)
	if _, err := d.Create(t.Context(), accounts.SignUp{Email: "a@example.org", Password: password, Name: "Ann"}, "", nil); err != nil {
		t.Errorf("the operator cannot make one either: %v", err)
	}
}

func TestANewAccountIsConfirmedOnlyWhereNoMailCanReachIt(t *testing.T) {
	t.Parallel()
	for _, required := range []bool{true, false} {
		d := open(t, accounts.Options{RequireConfirm: required})
		_, secret := d.join(t, "a@example.org")
		if actor := d.who(t, secret); actor.Confirmed == required || actor.ByToken() || actor.Visitor() || actor.Session == "" {
			t.Errorf("required %v: %+v", required, actor)
		}
		var asked int
		if err := d.db.Get(&asked, `SELECT count(*) FROM outbox WHERE topic = $1`, accounts.TopicLinkWanted); err != nil || (asked == 1) != required {
			t.Errorf("required %v: %d links asked for (%v)", required, asked, err)
		}
	}
}

func TestARefusedSignUpLeavesNothing(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{RequireConfirm: true})
	d.join(t, "a@example.org")
	_, secret, err := d.SignUp(t.Context(), accounts.SignUp{Email: "a@example.org", Password: password, Name: "Ann"})
	if secret != "" || !errors.Is(err, accounts.ErrEmailTaken) {
		t.Fatalf("%q, %v", secret, err)
	}
	for table, want := range map[string]int{"accounts": 1, "sessions": 1, "outbox": 1} {
		var rows int
		if err := d.db.Get(&rows, `SELECT count(*) FROM `+table); err != nil || rows != want {
			t.Errorf("%d rows in %s (%v), want %d", rows, table, err, want)
		}
	}
}
