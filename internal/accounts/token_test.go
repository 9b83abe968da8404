package accounts_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"prosumer/internal/accounts"
)

func TestATokenDoesWhatItsScopesAndItsOwnersRightsAllow(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	ann, session := d.join(t, "ann@example.org")
	secret, err := d.NewToken(t.Context(), ann.ID, " My\x00 script ", []string{"read", "team"}, time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(secret, "pr_") {
		t.Errorf("no prefix: %s", secret)
	}
	use := func(s *accounts.Service) accounts.Actor {
		t.Helper()
		actor, err := s.ResolveToken(t.Context(), secret)
		if err != nil {
			t.Fatal(err)
		}
		return actor
	}
	actor := use(d.Service)
	if !actor.ByToken() || actor.Session != "" || actor.ID != ann.ID || !actor.Can(accounts.ScopeRead) || actor.Can(accounts.ScopeVote) || actor.Decides() {
		t.Errorf("%+v", actor)
	}
	if owner := d.who(t, session); owner.ByToken() || !owner.Can(accounts.ScopeAdmin) {
		t.Errorf("a session is short of scopes: %+v", owner)
	}
	if err := d.Promote(t.Context(), ann, accounts.Team); err != nil {
		t.Fatal(err)
	}
	if actor = use(d.Service); !actor.Decides() || actor.Can(accounts.ScopeVote) {
		t.Errorf("after the promotion: %+v", actor)
	}
	if err := d.Promote(t.Context(), ann, accounts.Member); err != nil {
		t.Fatal(err)
	}
	if use(d.Service).Decides() || use(d.again()).Decides() {
		t.Error("the token kept rights its owner lost")
	}
	list, err := d.Tokens(t.Context(), actor)
	if err != nil || len(list) != 1 || list[0].Name != "My script" || list[0].UsedAt == nil || !slices.Equal(list[0].Scopes, []string{"read", "team"}) {
		t.Errorf("%+v (%v)", list, err)
	}
}

func TestATokenEnds(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	ann, mine := d.join(t, "ann@example.org")
	_, theirs := d.join(t, "bob@example.org")
	secret, err := d.NewToken(t.Context(), ann.ID, "mine", []string{"read"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.ResolveToken(t.Context(), secret); err != nil {
		t.Fatal(err)
	}
	list, err := d.Tokens(t.Context(), d.who(t, mine))
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v (%v)", list, err)
	}
	if life := list[0].ExpiresAt.Sub(list[0].CreatedAt); life != 365*24*time.Hour {
		t.Errorf("lives for %v", life)
	}
	wantCode(t, d.RevokeToken(t.Context(), d.who(t, theirs), list[0].ID), accounts.ErrTokenNotFound)
	if err := d.RevokeToken(t.Context(), d.who(t, mine), list[0].ID); err != nil {
		t.Fatal(err)
	}
	_, err = d.ResolveToken(t.Context(), secret)
	wantCode(t, err, accounts.ErrToken)
	wantCode(t, d.RevokeToken(t.Context(), d.who(t, mine), list[0].ID), accounts.ErrTokenNotFound)

	for life, want := range map[time.Duration]time.Duration{time.Hour: time.Hour, 10 * 365 * 24 * time.Hour: 365 * 24 * time.Hour, -1: 365 * 24 * time.Hour} {
		if secret, err = d.NewToken(t.Context(), ann.ID, "mine", []string{"read"}, life); err != nil {
			t.Fatal(err)
		}
		list, err = d.Tokens(t.Context(), d.who(t, mine))
		if err != nil || list[0].ExpiresAt.Sub(list[0].CreatedAt) != want {
			t.Errorf("%v became %v (%v)", life, list[0].ExpiresAt.Sub(list[0].CreatedAt), err)
		}
	}
	d.exec(t, `UPDATE api_tokens SET expires_at = now()`)
	_, err = d.ResolveToken(t.Context(), secret)
	wantCode(t, err, accounts.ErrToken)
}

func TestATokenIsNoSessionAndASessionNoToken(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	ann, session := d.join(t, "ann@example.org")
	token, err := d.NewToken(t.Context(), ann.ID, "mine", []string{"read"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time each is in the cache
		for _, secret := range []string{token, strings.TrimPrefix(token, "pr_")} {
			_, err := d.Resolve(t.Context(), secret)
			wantCode(t, err, accounts.ErrSignIn)
		}
		for _, secret := range []string{session, "pr_" + session, strings.TrimPrefix(token, "pr_"), ""} {
			_, err := d.ResolveToken(t.Context(), secret)
			wantCode(t, err, accounts.ErrToken)
		}
		if _, err := d.ResolveToken(t.Context(), token); err != nil {
			t.Error(err)
		}
		d.who(t, session)
	}
}

func TestATokenNeedsANameAndScopesThatExist(t *testing.T) {
	t.Parallel()
	d := open(t, accounts.Options{})
	ann, _ := d.join(t, "ann@example.org")
	for _, name := range []string{"", " ", "\u3164", strings.Repeat("x", 81)} {
		_, err := d.NewToken(t.Context(), ann.ID, name, []string{"read"}, 0)
		wantField(t, err, "name", "accounts.token_name")
	}
	for _, scopes := range [][]string{nil, {}, {"everything"}, {"read", ""}, {"read\x00"}} {
		_, err := d.NewToken(t.Context(), ann.ID, "mine", scopes, 0)
		wantField(t, err, "scopes", "accounts.token_scopes")
	}
}
