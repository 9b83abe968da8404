package comments

import (
	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
)

// Refusal says why the actor may not add to the talk of an idea, or nil. Pages
// ask before they show the form; what counts is the same check where it is
// written.
func Refusal(actor accounts.Actor, idea ideas.Idea, locked bool) error {
	switch {
	case !idea.Status.Public() || idea.Hidden:
		return ErrClosed
	case locked && !actor.Moderates():
		return ErrLocked
	case actor.Visitor():
		return ErrSignIn
	case !actor.Confirmed:
		return ErrUnconfirmed
	default:
		return nil
	}
}

// MayModerate says why the actor may not hide comments or close a talk, or nil.
func MayModerate(actor accounts.Actor) error { return actor.Only(actor.Moderates(), ErrModerators) }

// MayPin says why the actor may not put a comment on top, or nil.
func MayPin(actor accounts.Actor) error { return actor.Only(actor.Decides(), ErrTeamOnly) }

// MaySettle reports whether the actor may say that a question has its answer.
func MaySettle(actor accounts.Actor, asker, contributor accounts.ID) bool {
	return !actor.Visitor() && (actor.ID == asker || actor.ID == contributor || actor.Decides())
}

// MayTakeUp reports whether the actor might take a comment up into the idea:
// its contributor or the team, and nobody their own.
func MayTakeUp(actor accounts.Actor, contributor accounts.ID, c Comment) bool {
	return !actor.Visitor() && c.Kind.Useful() && c.Thread == 0 && !c.Gone() && c.Author.ID != actor.ID &&
		c.Author.ID != contributor && (actor.ID == contributor || actor.Decides())
}
