package ideas

import (
	"prosumer/internal/accounts"
)

// Sees reports whether the actor may see the idea. What one may not see looks
// like what is not there.
func Sees(actor accounts.Actor, idea Idea) bool {
	if actor.ID == idea.Contributor && !actor.Visitor() {
		return true
	}
	if idea.Status == Draft {
		return false
	}
	if actor.Moderates() {
		return true
	}
	return idea.Status.Public() && !idea.Hidden
}

// MayRevise says why the actor may not change the text, or nil.
func MayRevise(actor accounts.Actor, idea Idea) error {
	switch {
	case actor.Visitor():
		return ErrSignIn
	case idea.Contributor != actor.ID:
		return ErrNotYours
	case idea.Status.Votable(), idea.Status == Draft, idea.Status == Held, idea.Status == NeedsWork, idea.Status == Parked:
		return nil
	default:
		return ErrFrozen
	}
}

// MayWithdraw says why the actor may not take the idea back, or nil.
func MayWithdraw(actor accounts.Actor, idea Idea) error {
	switch {
	case actor.Visitor():
		return ErrSignIn
	case idea.Contributor != actor.ID:
		return ErrNotYours
	case idea.Status == Draft, may(idea.Status, Withdrawn, byContributor):
		return nil
	default:
		return ErrFrozen
	}
}

// MayDecide says why the actor may not answer or decide, or nil.
func MayDecide(actor accounts.Actor) error { return actor.Only(actor.Decides(), ErrTeamOnly) }
