package ideas

import (
	"context"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/pg"
)

// Claim holds the pictures inside a text that is kept beside ideas against
// their owner, and has them stay. It refuses what is not the owner's.
func (s *Service) Claim(ctx context.Context, tx pg.Q, owner accounts.ID, html clean.HTML) error {
	var ids []string
	for _, src := range clean.Images(html) {
		id, ok := s.imageOf(src)
		if !ok {
			return errInvalid.With("story", "media.not_yours")
		}
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return nil
	}
	return s.pictures.MarkUsed(ctx, tx, int64(owner), ids)
}

// SeeShared is ByID inside a transaction, and keeps the idea from being hidden
// or moved until its end.
func (s *Service) SeeShared(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID) (Idea, error) {
	return byID(ctx, tx, actor, id, `FOR SHARE OF i`)
}
