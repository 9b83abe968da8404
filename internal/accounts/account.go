package accounts

import (
	"slices"
	"strconv"
	"time"

	"github.com/lib/pq"

	"prosumer/internal/clean"
)

// ID names an account.
type ID int64

// String writes the ID in decimal.
func (id ID) String() string { return strconv.FormatInt(int64(id), 10) }

// Role is what a person may do beyond reading. Roles are additive.
type Role string

// The roles, as product and database name them.
const (
	Member    Role = "member"
	Trusted   Role = "trusted"
	Moderator Role = "moderator"
	Team      Role = "team"
	Admin     Role = "admin"
)

// Roles lists every role, the least first.
var Roles = []Role{Member, Trusted, Moderator, Team, Admin}

// Account is a person as this package stores them.
type Account struct {
	ID          ID             `db:"id"`
	Handle      string         `db:"handle"`
	Name        string         `db:"name"`
	Email       *string        `db:"email"` // nil for people from an import and for erased ones
	ConfirmedAt *time.Time     `db:"confirmed_at"`
	RoleNames   pq.StringArray `db:"roles"`
	Bio         string         `db:"bio"` // plain text
	BioSource   string         `db:"bio_source"`
	BioHTML     clean.HTML     `db:"bio_html"`
	Links       pq.StringArray `db:"links"`
	PictureID   *string        `db:"picture_id"`
	CoverID     *string        `db:"cover_id"`
	Visibility  Visibility     `db:"visibility"`
	VotesOpen   bool           `db:"votes_open"` // whether everybody may see what they voted for
	Lang        string         `db:"lang"`
	CreatedAt   time.Time      `db:"created_at"`
	ErasedAt    *time.Time     `db:"erased_at"` // nothing is left of the person but the id
}

// Staff reports whether the account speaks for the company: its votes stand
// beside the count, and a badge beside its name.
func (a Account) Staff() bool { return staff(a.RoleNames) }

func staff(roles []string) bool {
	return slices.ContainsFunc(roles, func(r string) bool {
		return r == string(Team) || r == string(Moderator) || r == string(Admin)
	})
}

// Actor is whoever is asking. Its zero value is a visitor.
type Actor struct {
	ID        ID
	Handle    string
	Name      string
	Lang      string
	Picture   *string // id of the profile picture; nil for none
	Confirmed bool    // may vote: the address is confirmed, or no mail server is set
	Session   string  // public ID of the session; empty for a token
	roles     []string
	scopes    []string // of the token; nil means a session, which has them all
}

// Visitor reports whether nobody is signed in.
func (a Actor) Visitor() bool { return a.ID == 0 }

// Staff reports whether the actor speaks for the company.
func (a Actor) Staff() bool { return staff(a.roles) }

// Has reports whether the actor holds the role itself; an admin holds them all.
func (a Actor) Has(r Role) bool {
	return slices.Contains(a.roles, string(r)) || slices.Contains(a.roles, string(Admin))
}

// Decides reports whether the actor may triage, answer, decide and adopt.
func (a Actor) Decides() bool { return a.Has(Team) }

// Moderates reports whether the actor may see and rule on what is held or hidden.
func (a Actor) Moderates() bool { return a.Has(Moderator) || a.Has(Team) }

// Only is the rule of what some may do: nil for them, ErrSignIn for a visitor,
// who might be one of them, and refusal for anybody else.
func (a Actor) Only(may bool, refusal error) error {
	switch {
	case may:
		return nil
	case a.Visitor():
		return ErrSignIn
	default:
		return refusal
	}
}

// ByToken reports whether the request came with an API token.
func (a Actor) ByToken() bool { return a.scopes != nil }

// Can reports whether the token's scopes cover scope; a session covers all.
func (a Actor) Can(scope Scope) bool {
	return a.scopes == nil || slices.Contains(a.scopes, string(scope))
}

// As makes an actor of an account, for commands and tests: confirmed, with all
// scopes.
func As(a Account) Actor {
	return Actor{ID: a.ID, Handle: a.Handle, Name: a.Name, Lang: a.Lang, Picture: a.PictureID, Confirmed: true, roles: a.RoleNames}
}
