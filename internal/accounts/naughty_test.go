package accounts_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
)

// own are strings that have broken programs like this one.
var own = []string{
	"\x00", "a\x00b", "\xff\xfe", "\xc3\x28", "\u202eevil", "\u2028", "\u3164", "' OR 1=1 --", "%00", "$1", "{}", "NULL", "\r\nX: y", "☃", "𝒳", "İ", "ﬀ", "\\", "\\u0000",
	strings.Repeat("x", 1000), strings.Repeat("é", 5000), strings.Repeat("\u0301", 500), "a_b", " ", "\t", "<script>alert(1)</script>",
}

func naughty(t *testing.T) []string {
	t.Helper()
	folder := os.Getenv("VECTORS_DIR")
	if folder == "" {
		t.Log("VECTORS_DIR is not set: only our own strings are tried")
		return own
	}
	raw, err := os.ReadFile(filepath.Join(folder, "given", "blns.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Vectors []struct{ Payload string } }
	if err := json.Unmarshal(raw, &file); err != nil || len(file.Vectors) < 400 {
		t.Fatalf("%d strings (%v)", len(file.Vectors), err)
	}
	all := own
	for _, v := range file.Vectors {
		all = append(all, v.Payload)
	}
	return all
}

func TestNoStringInAnyFieldIsAnErrorOfOurs(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{NoThrottle: true, RequireConfirm: true})
	account, secret := d.join(t, "ann@example.org")
	actor := d.who(t, secret)
	hold := func(what, given string, err error) {
		t.Helper()
		if err != nil && fault.Of(err).Kind == fault.Internal {
			t.Errorf("%s %q: %v", what, given, err)
		}
	}
	for i, s := range naughty(t) {
		if i%pace != 0 {
			continue
		}
		ctx := t.Context()
		// A short password keeps the hash out of it: the fields are checked together.
		_, _, err := d.SignUp(ctx, accounts.SignUp{Email: s, Password: s, Name: s, Handle: s, Lang: s, Agent: s, Next: s})
		hold("sign up all", s, err)
		_, _, err = d.SignUp(ctx, accounts.SignUp{Email: fmt.Sprintf("n%d@example.org", i), Password: "short", Name: s, Handle: s})
		hold("sign up", s, err)
		_, err = d.Create(ctx, accounts.SignUp{Name: s, Handle: s}, s, []accounts.Role{accounts.Role(s)})
		hold("create all", s, err)
		_, err = d.Create(ctx, accounts.SignUp{Name: s}, "", nil)
		hold("create by name", s, err)
		_, err = d.Create(ctx, accounts.SignUp{Name: fmt.Sprintf("Bio %d", i)}, s, nil)
		hold("create with bio", s, err)
		hold("promote", s, d.Promote(ctx, account, accounts.Role(s)))
		_, err = accounts.Imported(ctx, d.db, s, s, s)
		hold("import all", s, err)
		_, err = accounts.Imported(ctx, d.db, "elsewhere", s, s)
		hold("import", s, err)
		_, err = d.ByHandle(ctx, s)
		hold("handle", s, err)
		_, err = d.ByEmail(ctx, s)
		hold("address", s, err)
		hold("ask", s, d.AskLink(ctx, s, accounts.SignInLink, s, s))
		hold("ask to", s, d.AskLink(ctx, "ann@example.org", accounts.SignInLink, s, s))
		_, err = d.Look(ctx, s)
		wantCode(t, err, accounts.ErrLinkUsed)
		_, _, _, err = d.UseLink(ctx, s, s)
		wantCode(t, err, accounts.ErrLinkUsed)
		_, _, err = d.ResetPassword(ctx, s, s, s)
		wantCode(t, err, accounts.ErrLinkUsed)
		_, err = d.Resolve(ctx, s)
		wantCode(t, err, accounts.ErrSignIn)
		_, err = d.ResolveToken(ctx, s)
		wantCode(t, err, accounts.ErrToken)
		_, err = d.ResolveToken(ctx, "pr_"+s)
		wantCode(t, err, accounts.ErrToken)
		hold("sign out", s, d.SignOut(ctx, s))
		hold("end session", s, d.EndSession(ctx, actor, s))
		_, err = d.NewToken(ctx, account.ID, s, []string{s}, 0)
		hold("token all", s, err)
		_, err = d.NewToken(ctx, account.ID, s, []string{"read"}, 0)
		hold("token", s, err)
		p := accounts.Profile{Name: s, Handle: s, Bio: s, Lang: s, Links: []string{s}, Visibility: accounts.Visibility(s), PictureID: &s}
		hold("profile all", s, d.SetProfile(ctx, actor, p))
		p = accounts.Profile{Name: s, Handle: "somebody", Links: []string{s}}
		hold("profile name and link", s, d.SetProfile(ctx, actor, p))
		p = accounts.Profile{Name: "Ann", Handle: "somebody", Bio: s, Links: []string{"https://example.org/?" + s}}
		hold("profile bio", s, d.SetProfile(ctx, actor, p))
		p = accounts.Profile{Name: "Ann", Handle: "somebody", PictureID: &s}
		hold("profile picture", s, d.SetProfile(ctx, actor, p))
		hold("language", s, d.SetLang(ctx, actor, s))
	}
	for _, s := range own {
		_, _, err := d.SignIn(t.Context(), accounts.SignIn{Email: s, Password: s, Agent: s, Network: s})
		wantCode(t, err, accounts.ErrWrong)
		_, secret, err := d.SignIn(t.Context(), accounts.SignIn{Email: "ann@example.org", Password: password, Agent: s, Network: s})
		hold("sign in", s, err)
		if err == nil {
			hold("sign out", s, d.SignOut(t.Context(), secret))
		}
	}
}
