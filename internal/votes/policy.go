package votes

import (
	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
)

// Refusal says why the actor may not vote on the idea, or nil. Pages ask before
// they show the button; what counts is the same check inside the batch.
func Refusal(actor accounts.Actor, contributor accounts.ID, status ideas.Status, hidden bool) error {
	switch {
	case !status.Votable() || hidden:
		return ErrClosed
	case actor.Visitor():
		return ErrSignIn
	case contributor == actor.ID:
		return ErrOwnIdea
	case !actor.Confirmed:
		return ErrUnconfirmed
	default:
		return nil
	}
}
