package ideas

import (
	"context"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/pg"
)

// ByIDTx is ByID inside the caller's transaction.
func (s *Service) ByIDTx(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID) (Idea, error) {
	return byID(ctx, tx, actor, id, "")
}

// AdmitTx lets a held idea onto the board, or declines it with an answer and a
// reason, inside the caller's transaction. Moderators may, as the team may.
func (s *Service) AdmitTx(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID, d Decision) error {
	if err := actor.Only(actor.Moderates(), ErrTeamOnly); err != nil {
		return err
	}
	html, err := d.tidy()
	if err != nil {
		return err
	}
	idea, err := byID(ctx, tx, actor, id, forUpdate)
	if err != nil {
		return err
	}
	if idea.Status != Held || !may(idea.Status, d.To, byModerator) {
		return ErrMove
	}
	if html.Empty() {
		html, d.Answer = clean.HTML{}, ""
	}
	reason := d.Reason
	if !d.To.NeedsReason() {
		reason = ""
	}
	return move(ctx, tx, step{idea: id, from: Held, to: d.To, actor: actor.ID, source: d.Answer, answer: html, reason: reason})
}
