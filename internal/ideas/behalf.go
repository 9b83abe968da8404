package ideas

import (
	"context"

	"prosumer/internal/accounts"
	"prosumer/internal/pg"
)

// CheckText says what is wrong with a text that is to be submitted, as Invalid
// with fields; nil when nothing is.
func CheckText(text Text) error {
	_, err := text.tidy(true)
	return err
}

// EnterTx opens an idea at once that the actor, of the team, writes down for
// somebody else, inside the caller's transaction. Its pictures are the actor's;
// the history names the actor as who opened it.
func (s *Service) EnterTx(ctx context.Context, tx pg.Q, actor accounts.Actor, contributor accounts.ID, text Text) (Idea, error) {
	if err := MayDecide(actor); err != nil {
		return Idea{}, err
	}
	t, err := text.tidy(true)
	if err != nil {
		return Idea{}, err
	}
	id, err := insertDraft(ctx, tx, contributor, nil)
	if err != nil {
		return Idea{}, err
	}
	if err := s.claimPictures(ctx, tx, actor, t); err != nil {
		return Idea{}, err
	}
	if err := writeText(ctx, tx, id, t, false, actor.ID); err != nil {
		return Idea{}, err
	}
	if err := move(ctx, tx, step{idea: id, from: Draft, to: Open, actor: actor.ID}); err != nil {
		return Idea{}, err
	}
	return byID(ctx, tx, actor, id, "")
}
