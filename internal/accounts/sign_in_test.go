package accounts_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/fault"
)

func TestAWrongPasswordAndAnUnknownAddressGetTheSameAnswer(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	ann, _ := d.join(t, "ann@example.org")
	if _, err := d.Create(t.Context(), accounts.SignUp{Name: "No Address", Handle: "no-address"}, "", nil); err != nil {
		t.Fatal(err)
	}
	try := func(email, word string) error {
		_, secret, err := d.SignIn(t.Context(), accounts.SignIn{Email: email, Password: word})
		if err != nil && secret != "" {
			t.Errorf("%s: a session with %v", email, err)
		}
		return err
	}
	var said []string
	for email, word := range map[string]string{
		"ann@example.org": "wrong wrong wrong", "nobody@example.org": password, "no-address": password, "": "", "Ann@Example.org": "",
		"ann+tag@example.org": strings.Repeat("x", 1<<20),
	} {
		err := try(email, word)
		wantCode(t, err, accounts.ErrWrong)
		said = append(said, err.Error())
		wantField(t, err, "password", "accounts.wrong")
	}
	for _, s := range said {
		if s != said[0] {
			t.Errorf("%q differs from %q", s, said[0])
		}
	}
	account, secret, err := d.SignIn(t.Context(), accounts.SignIn{Email: " ANN+x@example.org", Password: password, Agent: "A Browser"})
	if err != nil || account.ID != ann.ID || d.who(t, secret).ID != ann.ID {
		t.Errorf("signed in as %+v (%v)", account, err)
	}
}

func TestGuessingSlowsDownMoreAndMore(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	d.join(t, "ann@example.org")
	try := func(email, word, network string) error {
		_, _, err := d.SignIn(t.Context(), accounts.SignIn{Email: email, Password: word, Network: network})
		return err
	}
	for range 10 {
		wantCode(t, try("ann@example.org", "wrong wrong", "a"), accounts.ErrWrong)
	}
	var waits []time.Duration
	for range 8 {
		err := try("Ann+x@example.org", password, "b") // neither the right word nor another network helps
		wantCode(t, err, accounts.ErrTooMany)
		waits = append(waits, fault.Of(err).RetryAfter)
		// One wait later the next wrong word is judged; the clock is turned back in the database.
		d.exec(t, `UPDATE sign_in_failures SET at = at - make_interval(secs => 0.01 + $1)`, fault.Of(err).RetryAfter.Seconds())
		d.exec(t, `UPDATE sign_in_failures SET at = greatest(at, now() - interval '14 minutes 59 seconds')`)
		if waits[len(waits)-1] >= 14*time.Minute {
			break
		}
		wantCode(t, try("ann@example.org", "wrong wrong", "c"), accounts.ErrWrong)
	}
	for i := 1; i < len(waits); i++ {
		if waits[i] < waits[i-1]*3/2 && waits[i] < 14*time.Minute {
			t.Errorf("the wait does not grow: %v", waits)
		}
	}
	if waits[0] > 15*time.Second || waits[0] < time.Second {
		t.Errorf("the first wait is %v", waits[0])
	}
	if err := try("other@example.org", password, "d"); !errors.Is(err, accounts.ErrWrong) {
		t.Errorf("others wait, too: %v", err)
	}
	d.exec(t, `UPDATE sign_in_failures SET at = now() - interval '16 minutes'`)
	if err := try("ann@example.org", password, "b"); err != nil {
		t.Errorf("a quarter of an hour later: %v", err)
	}
}

func TestANetworkThatGuessesManyAccountsWaits(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	d.join(t, "ann@example.org")
	_, _, err := d.SignIn(t.Context(), accounts.SignIn{Email: "x@example.org", Password: "wrong wrong", Network: "192.0.2.1"})
	wantCode(t, err, accounts.ErrWrong)
	d.exec(t, `INSERT INTO sign_in_failures (subject) SELECT subject FROM sign_in_failures CROSS JOIN generate_series(1, 30)`)
	_, _, err = d.SignIn(t.Context(), accounts.SignIn{Email: "ann@example.org", Password: password, Network: "192.0.2.1"})
	wantCode(t, err, accounts.ErrTooMany)
	for _, network := range []string{"192.0.2.2", ""} {
		if _, _, err = d.SignIn(t.Context(), accounts.SignIn{Email: "ann@example.org", Password: password, Network: network}); err != nil {
			t.Errorf("from %q: %v", network, err)
		}
	}
}

func TestWhoComesFromNowhereKnownSlowsNobodyElseDown(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	d.join(t, "ann@example.org")
	_, _, err := d.SignIn(t.Context(), accounts.SignIn{Email: "x@example.org", Password: "wrong wrong"})
	wantCode(t, err, accounts.ErrWrong)
	d.exec(t, `INSERT INTO sign_in_failures (subject) SELECT subject FROM sign_in_failures CROSS JOIN generate_series(1, 40)`)
	if _, _, err = d.SignIn(t.Context(), accounts.SignIn{Email: "ann@example.org", Password: password}); err != nil {
		t.Error(err)
	}
}

func TestAnOldHashIsMadeAnewAtTheNextSignIn(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	ann, _ := d.join(t, "ann@example.org")
	d.exec(t, `UPDATE accounts SET password_hash = $2 WHERE id = $1`, ann.ID, weakHash(password))
	stored := func() (phc string) {
		t.Helper()
		if err := d.db.Get(&phc, `SELECT password_hash FROM accounts WHERE id = $1`, ann.ID); err != nil {
			t.Fatal(err)
		}
		return phc
	}

	_, _, err := d.SignIn(t.Context(), accounts.SignIn{Email: "ann@example.org", Password: "wrong wrong"})
	wantCode(t, err, accounts.ErrWrong)
	if !strings.Contains(stored(), "m=64,t=1,") {
		t.Errorf("a wrong word changed the hash to %s", stored())
	}
	for range 2 { // with the old hash, then with the new one
		if _, _, err := d.SignIn(t.Context(), accounts.SignIn{Email: "ann@example.org", Password: password}); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(stored(), "$argon2id$v=19$m=19456,t=2,p=1$") {
			t.Errorf("stored is %s", stored())
		}
	}
}

func TestNothingSecretIsStoredInClear(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	ann, session := d.join(t, "ann@example.org")
	token, err := d.NewToken(t.Context(), ann.ID, "mine", []string{"read"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, link, err := d.MakeLink(t.Context(), accounts.LinkWanted{EmailKey: "ann@example.org", Purpose: accounts.SignInLink})
	if err != nil {
		t.Fatal(err)
	}
	browser := "the secret of a browser"
	if err := d.AskLink(t.Context(), "ann@example.org", accounts.ResetLink, "/", browser); err != nil {
		t.Fatal(err)
	}
	var all string
	const dump = `SELECT concat_ws(' ', (SELECT string_agg(x::text, ' ') FROM accounts x), (SELECT string_agg(x::text, ' ') FROM sessions x),
		(SELECT string_agg(x::text, ' ') FROM links x), (SELECT string_agg(x::text, ' ') FROM api_tokens x), (SELECT string_agg(x::text, ' ') FROM outbox x))`
	if err := d.db.Get(&all, dump); err != nil || !strings.Contains(all, "ann@example.org") {
		t.Fatalf("%v: %s", err, all)
	}
	for _, secret := range []string{session, token, strings.TrimPrefix(token, "pr_"), link, browser, password} {
		if len(secret) < 10 || strings.Contains(all, secret) {
			t.Errorf("%q is stored in clear", secret)
		}
	}
	for _, secret := range []string{session, strings.TrimPrefix(token, "pr_"), link} {
		if len(secret) != 43 { // 256 bits
			t.Errorf("%q is no 256 bits", secret)
		}
	}
}
