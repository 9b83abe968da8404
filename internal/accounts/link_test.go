package accounts_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"prosumer/internal/accounts"
	"prosumer/internal/pg/pgtest"
)

func (d *desk) link(t *testing.T, purpose accounts.Purpose) string {
	t.Helper()
	_, secret, err := d.MakeLink(t.Context(), accounts.LinkWanted{EmailKey: "ann@example.org", Purpose: purpose, Next: "/ideas/new"})
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// atOnce runs do so many times at the same moment and counts what succeeded.
func atOnce(n int, do func() error) (done int, errs []error) {
	var mu sync.Mutex
	var all sync.WaitGroup
	var ready atomic.Int64
	for range n {
		all.Go(func() {
			for ready.Add(1); ready.Load() < int64(n); {
			}
			err := do()
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				done++
				return
			}
			errs = append(errs, err)
		})
	}
	all.Wait()
	return done, errs
}

func TestOfFiftyUsesOfALinkOneOpensASession(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	d.join(t, "ann@example.org")
	secret := d.link(t, accounts.SignInLink)
	d.exec(t, `DELETE FROM sessions`)

	done, errs := atOnce(50, func() error {
		_, session, next, err := d.UseLink(t.Context(), secret, "browser")
		if (err == nil) != (session != "") || err == nil && next != "/ideas/new" {
			t.Errorf("session %q, next %q with %v", session, next, err)
		}
		return err
	})

	if done != 1 {
		t.Errorf("%d uses opened a session", done)
	}
	for _, err := range errs {
		wantCode(t, err, accounts.ErrLinkUsed)
	}
	var sessions int
	if err := d.db.Get(&sessions, `SELECT count(*) FROM sessions`); err != nil || sessions != 1 {
		t.Errorf("%d sessions (%v)", sessions, err)
	}
}

func TestANewLinkEndsTheOldOneOfItsKind(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{NoThrottle: true})
	d.join(t, "ann@example.org")
	old, reset := d.link(t, accounts.SignInLink), d.link(t, accounts.ResetLink)
	fresh := d.link(t, accounts.SignInLink)

	_, err := d.Look(t.Context(), old)
	wantCode(t, err, accounts.ErrLinkUsed)
	for _, secret := range []string{reset, fresh} {
		if _, err := d.Look(t.Context(), secret); err != nil {
			t.Error(err)
		}
	}
	done, errs := atOnce(20, func() error {
		_, _, err := d.MakeLink(t.Context(), accounts.LinkWanted{EmailKey: "ann@example.org", Purpose: accounts.SignInLink})
		return err
	})
	var usable int
	if err := d.db.Get(&usable, `SELECT count(*) FROM links WHERE purpose = 'sign_in' AND used_at IS NULL`); err != nil || usable != 1 || done != 20 {
		t.Errorf("%d made (%v), %d usable (%v)", done, errs, usable, err)
	}
}

func TestALinkRunsOut(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	d.join(t, "ann@example.org")
	for purpose, life := range map[accounts.Purpose]string{accounts.SignInLink: "10 minutes", accounts.ResetLink: "10 minutes", accounts.ConfirmLink: "24 hours"} {
		secret := d.link(t, purpose)
		var right bool
		if err := d.db.Get(&right, `SELECT expires_at = created_at + $2::interval FROM links WHERE purpose = $1`, purpose, life); err != nil || !right {
			t.Errorf("%s does not live %s (%v)", purpose, life, err)
		}
		d.exec(t, `UPDATE links SET expires_at = now() - interval '1 second'`)
		_, err := d.Look(t.Context(), secret)
		wantCode(t, err, accounts.ErrLinkUsed)
		_, _, _, err = d.UseLink(t.Context(), secret, "")
		wantCode(t, err, accounts.ErrLinkUsed)
		_, _, err = d.ResetPassword(t.Context(), secret, "another long one", "")
		wantCode(t, err, accounts.ErrLinkUsed)
	}
}

func TestALinkKnowsTheBrowserThatAsked(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	d.join(t, "ann@example.org")
	if err := d.AskLink(t.Context(), "Ann@Example.org", accounts.SignInLink, "https://evil.example/", "mine"); err != nil {
		t.Fatal(err)
	}
	var wanted accounts.LinkWanted
	d.fact(t, accounts.TopicLinkWanted, &wanted)
	_, secret, err := d.MakeLink(t.Context(), wanted)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // looking does not use it
		link, err := d.Look(t.Context(), secret)
		if err != nil || !link.SameBrowser("mine") || link.SameBrowser("other") || link.SameBrowser("") || link.Next != "/" {
			t.Errorf("%+v (%v)", link, err)
		}
	}
	link, err := d.Look(t.Context(), d.link(t, accounts.SignInLink))
	if err != nil || link.SameBrowser("") || link.SameBrowser("mine") {
		t.Errorf("a link nobody's browser asked for: %+v (%v)", link, err)
	}
}

func TestAResetEndsEveryOldWayIn(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{RequireConfirm: true})
	_, old := d.join(t, "ann@example.org")
	actor := d.who(t, old)
	signIn, reset := d.link(t, accounts.ConfirmLink), d.link(t, accounts.ResetLink)

	_, _, err := d.ResetPassword(t.Context(), reset, "short", "")
	wantField(t, err, "password", "accounts.password_short")
	_, _, err = d.ResetPassword(t.Context(), signIn, "another long one", "")
	wantCode(t, err, accounts.ErrLinkUsed)
	_, _, _, err = d.UseLink(t.Context(), reset, "")
	wantCode(t, err, accounts.ErrLinkUsed)

	account, session, err := d.ResetPassword(t.Context(), reset, "another long one", "browser")
	if err != nil {
		t.Fatal(err)
	}

	if account.ConfirmedAt == nil || !d.who(t, session).Confirmed {
		t.Errorf("the address was reached, yet %+v", account)
	}
	if told := d.told(); len(told) != 1 || told[0] != actor.Session {
		t.Errorf("told of %v, want %s", told, actor.Session)
	}
	_, err = d.Resolve(t.Context(), old)
	wantCode(t, err, accounts.ErrSignIn)
	for _, secret := range []string{signIn, reset} {
		_, err = d.Look(t.Context(), secret)
		wantCode(t, err, accounts.ErrLinkUsed)
	}
	_, _, err = d.SignIn(t.Context(), accounts.SignIn{Email: "ann@example.org", Password: password})
	wantCode(t, err, accounts.ErrWrong)
	if _, _, err = d.SignIn(t.Context(), accounts.SignIn{Email: "ann@example.org", Password: "another long one"}); err != nil {
		t.Error(err)
	}
}

func TestConfirmingIsAnnouncedOnce(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{RequireConfirm: true, NoThrottle: true})
	ann, _ := d.join(t, "ann@example.org")
	// A sign-in link for an address never reached confirms it first.
	secret := d.link(t, accounts.SignInLink)
	if link, err := d.Look(t.Context(), secret); err != nil || link.Purpose != accounts.ConfirmLink {
		t.Errorf("%+v (%v)", link, err)
	}
	account, session, _, err := d.UseLink(t.Context(), secret, "")
	if err != nil || account.ConfirmedAt == nil || !d.who(t, session).Confirmed {
		t.Fatalf("%+v (%v)", account, err)
	}
	var fact accounts.Confirmed
	d.fact(t, accounts.TopicConfirmed, &fact)
	if fact.Account != ann.ID {
		t.Errorf("announced %+v", fact)
	}
	if _, _, _, err := d.UseLink(t.Context(), d.link(t, accounts.ConfirmLink), ""); err != nil {
		t.Fatal(err)
	}
	var facts int
	if err := d.db.Get(&facts, `SELECT count(*) FROM outbox WHERE topic = $1`, accounts.TopicConfirmed); err != nil || facts != 1 {
		t.Errorf("announced %d times (%v)", facts, err)
	}
}

func TestAskingTooOftenAndForUnknownAddressesMakesNoLink(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	d.join(t, "ann@example.org")
	for range 3 {
		d.link(t, accounts.SignInLink)
	}
	_, secret, err := d.MakeLink(t.Context(), accounts.LinkWanted{EmailKey: "ann@example.org", Purpose: accounts.SignInLink})
	wantCode(t, err, accounts.ErrTooMany)
	_, other, err := d.MakeLink(t.Context(), accounts.LinkWanted{EmailKey: "nobody@example.org", Purpose: accounts.SignInLink})
	wantCode(t, err, accounts.ErrNotFound)
	if secret+other != "" {
		t.Errorf("links %q and %q", secret, other)
	}
	for _, email := range []string{"ann@example.org", "nobody@example.org"} {
		if err := d.AskLink(t.Context(), email, accounts.SignInLink, "/", ""); err != nil {
			t.Errorf("asking for %s tells: %v", email, err)
		}
	}
	if err := d.AskLink(t.Context(), "ann@example.org", accounts.FirstAdminLink, "/", ""); err == nil {
		t.Error("the first admin's link can be asked for by mail")
	}
	if _, _, err := d.MakeLink(t.Context(), accounts.LinkWanted{EmailKey: "ann@example.org", Purpose: accounts.FirstAdminLink}); err == nil {
		t.Error("the first admin's link can be made for an account")
	}
}

func TestTheFirstAdminIsMadeOnce(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	old, err := d.FirstAdmin(t.Context())
	if err != nil || old == "" {
		t.Fatalf("%q (%v)", old, err)
	}
	done, errs := atOnce(4, func() error { _, err := d.FirstAdmin(t.Context()); return err }) // four servers start
	if done != 4 {
		t.Fatal(errs)
	}
	secret, err := d.FirstAdmin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	in := accounts.SignUp{Email: "root@example.org", Password: password, Name: "Root"}
	_, _, err = d.BecomeFirstAdmin(t.Context(), old, in)
	wantCode(t, err, accounts.ErrLinkUsed)
	_, _, err = d.BecomeFirstAdmin(t.Context(), secret, accounts.SignUp{Email: "root@example.org", Password: "short", Name: "Root"})
	wantField(t, err, "password", "accounts.password_short")
	_, _, _, err = d.UseLink(t.Context(), secret, "")
	wantCode(t, err, accounts.ErrLinkUsed)

	d.join(t, "x@example.org")
	d.exec(t, `UPDATE accounts SET handle = 'member-root'`) // the handle the name would give
	var session string
	var mu sync.Mutex
	done, errs = atOnce(10, func() error {
		_, s, err := d.BecomeFirstAdmin(t.Context(), secret, in)
		if err == nil {
			mu.Lock()
			defer mu.Unlock()
			session = s
		}
		return err
	})
	if done != 1 {
		t.Fatalf("%d first admins", done)
	}
	for _, err := range errs {
		wantCode(t, err, accounts.ErrLinkUsed)
	}
	actor := d.who(t, session)
	if !actor.Has(accounts.Admin) || !actor.Decides() || !actor.Moderates() || !actor.Staff() || !actor.Confirmed {
		t.Errorf("%+v", actor)
	}
	if again, err := d.FirstAdmin(t.Context()); err != nil || again != "" {
		t.Errorf("another link %q (%v)", again, err)
	}
}

func TestTheFirstAdminsLinkIsWorthNothingOnceThereIsAnAdmin(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	secret, err := d.FirstAdmin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ann, _ := d.join(t, "ann@example.org")
	if err := d.Promote(t.Context(), ann, accounts.Admin); err != nil { // by a command
		t.Fatal(err)
	}
	_, session, err := d.BecomeFirstAdmin(t.Context(), secret, accounts.SignUp{Email: "eve@example.org", Password: password, Name: "Eve"})
	if !errors.Is(err, accounts.ErrLinkUsed) || session != "" {
		t.Errorf("%q, %v", session, err)
	}
}

func TestABusyHasherStillAnswers(t *testing.T) {
	t.Parallel()
	d := &desk{db: pgtest.New(t)}
	d.Service = accounts.NewService(d.db, accounts.Options{NoThrottle: true})
	d.join(t, "ann@example.org")
	_, errs := atOnce(30, func() error {
		_, _, err := d.SignIn(t.Context(), accounts.SignIn{Email: "ann@example.org", Password: password})
		return err
	})
	for _, err := range errs {
		wantCode(t, err, accounts.ErrHashingBusy)
	}
}
