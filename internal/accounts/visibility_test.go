package accounts_test

import (
	"testing"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
)

func TestWhoFindsAProfile(t *testing.T) {
	t.Parallel()
	address := "ann@example.org"
	with := func(id accounts.ID, roles ...string) accounts.Actor {
		return accounts.As(accounts.Account{ID: id, RoleNames: pq.StringArray(roles)})
	}
	for _, c := range []struct {
		visibility accounts.Visibility
		email      *string
		by         accounts.Actor
		want       bool
	}{
		{accounts.Full, &address, accounts.Actor{}, true},
		{accounts.Full, nil, with(9, "admin"), false},
		{accounts.Name, &address, accounts.Actor{}, false},
		{accounts.Name, &address, with(9, "team"), false},
		{accounts.Hidden, &address, with(9, "trusted"), false},
		{accounts.Hidden, &address, with(9, "moderator"), true},
		{accounts.Hidden, &address, with(9, "admin"), true},
		{accounts.Hidden, &address, with(7), true},
	} {
		a := accounts.Account{ID: 7, Visibility: c.visibility, Email: c.email}
		if got := accounts.SeesProfile(c.by, a); got != c.want {
			t.Errorf("%s to %d: %v", c.visibility, c.by.ID, got)
		}
		if found := a.Found(); found != accounts.SeesProfile(accounts.Actor{}, a) {
			t.Errorf("%s: found %v", c.visibility, found)
		}
	}
}
