package accounts_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"prosumer/internal/accounts"
)

func TestASessionRunsOutByTheDatabasesClock(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		role       accounts.Role
		seen, made string
		alive      bool
	}{
		"member used lately":        {accounts.Member, "13 days 23 hours", "29 days", true},
		"member idle too long":      {accounts.Member, "14 days 1 minute", "20 days", false},
		"member for too long":       {accounts.Member, "1 minute", "30 days 1 minute", false},
		"trusted is no staff":       {accounts.Trusted, "13 days", "29 days", true},
		"staff used lately":         {accounts.Team, "11 hours 59 minutes", "6 days 23 hours", true},
		"staff idle too long":       {accounts.Team, "12 hours 1 minute", "2 days", false},
		"moderator idle too long":   {accounts.Moderator, "12 hours 1 minute", "2 days", false},
		"admin idle too long":       {accounts.Admin, "12 hours 1 minute", "2 days", false},
		"staff signed in last week": {accounts.Team, "1 minute", "7 days 1 minute", false},
		"a clock that went back":    {accounts.Member, "-1 hours", "-1 hours", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := open(t, accounts.Options{})
			ann, secret := d.join(t, "ann@example.org")
			d.exec(t, `UPDATE accounts SET roles = ARRAY['member', $2::text] WHERE id = $1`, ann.ID, tc.role)
			d.exec(t, `UPDATE sessions SET seen_at = now() - $1::interval, created_at = now() - $2::interval`, tc.seen, tc.made)

			listed, err := d.Sessions(t.Context(), accounts.As(d.byID(t, ann.ID)))
			if err != nil || (len(listed) == 1) != tc.alive {
				t.Errorf("listed %v (%v)", listed, err)
			}
			actor, err := d.Resolve(t.Context(), secret)
			if (err == nil) != tc.alive {
				t.Errorf("alive %v, but %+v (%v)", tc.alive, actor, err)
			}
			if err != nil {
				wantCode(t, err, accounts.ErrSignIn)
			}
			var left int
			if err := d.db.Get(&left, `SELECT count(*) FROM sessions`); err != nil || (left == 1) != tc.alive {
				t.Errorf("%d rows left (%v)", left, err)
			}
		})
	}
}

func (d *desk) byID(t *testing.T, id accounts.ID) accounts.Account {
	t.Helper()
	account, err := d.ByID(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return account
}

func TestUseKeepsASessionAliveButNotForEver(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	_, secret := d.join(t, "ann@example.org")
	d.exec(t, `UPDATE sessions SET seen_at = now() - interval '13 days'`)
	d.who(t, secret)
	var fresh bool
	if err := d.db.Get(&fresh, `SELECT seen_at > now() - interval '1 minute' FROM sessions`); err != nil || !fresh {
		t.Errorf("the use was not noted (%v)", err)
	}
	d.exec(t, `UPDATE sessions SET seen_at = now() - interval '20 days'`)
	if err := d.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err := d.again().Resolve(t.Context(), secret)
	wantCode(t, err, accounts.ErrSignIn)
}

// TestManyRequestsOfOneSessionAskTheDatabaseOnce holds the table and looks who
// waits for it. Too early a look can only miss a fault, not invent one.
func TestManyRequestsOfOneSessionAskTheDatabaseOnce(t *testing.T) {
	t.Parallel()
	const many = 12
	d := open(t, accounts.Options{})
	account, secret := d.join(t, "ann@example.org")
	token, err := d.NewToken(t.Context(), account.ID, "script", []string{string(accounts.ScopeVote)}, 0)
	if err != nil {
		t.Fatal(err)
	}
	held, err := d.db.BeginTxx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = held.Rollback() }()
	if _, err := held.ExecContext(t.Context(), `LOCK TABLE accounts IN ACCESS EXCLUSIVE MODE`); err != nil {
		t.Fatal(err)
	}
	there := d.again()
	asked, found := make(chan struct{}), make(chan error)
	for range many {
		go func() {
			asked <- struct{}{}
			_, err := there.Resolve(t.Context(), secret)
			found <- err
		}()
		go func() {
			asked <- struct{}{}
			_, err := there.ResolveToken(t.Context(), token)
			found <- err
		}()
	}
	for range 2 * many {
		<-asked
	}
	waiting := 0
	for waiting < 2 {
		if err := d.db.GetContext(t.Context(), &waiting, `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`); err != nil {
			t.Fatal(err)
		}
	}
	if waiting > 2 {
		t.Errorf("%d queries wait, want one for the session and one for the token", waiting)
	}
	if err := held.Rollback(); err != nil {
		t.Fatal(err)
	}
	for range 2 * many {
		if err := <-found; err != nil {
			t.Error(err)
		}
	}
}

func TestSigningOutEndsThatSessionAlone(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	_, first := d.join(t, "ann@example.org")
	_, second, err := d.SignIn(t.Context(), accounts.SignIn{Email: "ann@example.org", Password: password})
	if err != nil {
		t.Fatal(err)
	}
	public := d.who(t, first).Session
	d.who(t, second)

	if err := d.SignOut(t.Context(), first); err != nil {
		t.Fatal(err)
	}

	if diff := cmp.Diff([]string{public}, d.told()); diff != "" {
		t.Error(diff)
	}
	_, err = d.Resolve(t.Context(), first)
	wantCode(t, err, accounts.ErrSignIn)
	d.who(t, second)
	if err := d.SignOut(t.Context(), first); err != nil || len(d.told()) != 0 {
		t.Errorf("signing out twice: %v", err)
	}
}

func TestOtherSessionsEndAndTheOneInUseStays(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	_, mine := d.join(t, "ann@example.org")
	_, stranger := d.join(t, "bob@example.org")
	var others, public []string
	for range 3 {
		_, secret, err := d.SignIn(t.Context(), accounts.SignIn{Email: "ann@example.org", Password: password})
		if err != nil {
			t.Fatal(err)
		}
		others = append(others, secret)
		public = append(public, d.who(t, secret).Session)
	}
	ann, bob := d.who(t, mine), d.who(t, stranger)

	if err := d.EndSession(t.Context(), bob, public[0]); err != nil || len(d.told()) != 0 {
		t.Errorf("somebody else's session: %v", err)
	}
	d.who(t, others[0])
	if err := d.EndSession(t.Context(), ann, public[0]); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(public[:1], d.told()); diff != "" {
		t.Error(diff)
	}
	if err := d.EndOtherSessions(t.Context(), ann); err != nil {
		t.Fatal(err)
	}
	if told := d.told(); len(told) != 2 || !strings.Contains(strings.Join(public[1:], " "), told[0]) || !strings.Contains(strings.Join(public[1:], " "), told[1]) {
		t.Errorf("told of %v, want %v", told, public[1:])
	}
	for _, secret := range others {
		_, err := d.Resolve(t.Context(), secret)
		wantCode(t, err, accounts.ErrSignIn)
	}
	d.who(t, mine)
	d.who(t, stranger)
	list, err := d.Sessions(t.Context(), ann)
	if err != nil || len(list) != 1 || list[0].PublicID != ann.Session {
		t.Errorf("left: %+v (%v)", list, err)
	}
}

func TestTheBrowsersNameIsKeptAsALine(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	d.join(t, "ann@example.org")
	_, secret, err := d.SignIn(t.Context(), accounts.SignIn{Email: "ann@example.org", Password: password, Agent: strings.Repeat("é", 300) + "\x00\xff\r\n"})
	if err != nil {
		t.Fatal(err)
	}
	list, err := d.Sessions(t.Context(), d.who(t, secret))
	if err != nil || len(list) != 2 {
		t.Fatalf("%+v (%v)", list, err)
	}
	if n := utf8.RuneCountInString(list[0].Agent); n != 200 || strings.ContainsAny(list[0].Agent, "\x00\r\n") {
		t.Errorf("kept %d runes: %q", n, list[0].Agent)
	}
}

// TestWhoAsksWhileASessionEndsDoesNotKeepIt holds the session's row, so that the
// sign-out waits for it while the cookie is used once more.
func TestWhoAsksWhileASessionEndsDoesNotKeepIt(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	_, secret := d.join(t, "ann@example.org")
	held, err := d.db.BeginTxx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = held.Rollback() }()
	if _, err := held.ExecContext(t.Context(), `SELECT FROM sessions FOR UPDATE`); err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	go func() { done <- d.SignOut(t.Context(), secret) }()
	for waiting := 0; waiting == 0; {
		if err := d.db.GetContext(t.Context(), &waiting, `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`); err != nil {
			t.Fatal(err)
		}
	}
	d.who(t, secret) // it has not ended yet
	if err := held.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	_, err = d.Resolve(t.Context(), secret)
	wantCode(t, err, accounts.ErrSignIn)
}
