package ideas

import (
	"context"

	"prosumer/internal/accounts"
	"prosumer/internal/pg"
)

// MoveByBoard moves an open idea because the rules say so and no person did:
// under review when a milestone was reached, parked when its time is over. The
// reason speaks for itself, so that no answer is made up: an idea that nobody
// answered stays unanswered. Only milestones calls it.
func (s *Service) MoveByBoard(ctx context.Context, tx pg.Q, board accounts.ID, id ID, to Status, reason Reason) error {
	if !may(Open, to, byBoard) {
		return ErrMove
	}
	return move(ctx, tx, step{idea: id, from: Open, to: to, actor: board, reason: reason})
}
