package ideas

import (
	"context"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/pg"
)

// MergeTx moves an idea to merged, with the team's public note, which may be
// empty. Only merges calls it, inside its transaction.
func (s *Service) MergeTx(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID, note string) error {
	if err := MayDecide(actor); err != nil {
		return err
	}
	html, err := clean.Typed(note)
	if err != nil {
		return asFault(err, "note")
	}
	if html.Empty() {
		html, note = clean.HTML{}, ""
	}
	idea, err := byID(ctx, tx, actor, id, forUpdate)
	if err != nil {
		return err
	}
	if !may(idea.Status, Merged, byMerge) {
		return ErrMove
	}
	return move(ctx, tx, step{idea: id, from: idea.Status, to: Merged, actor: actor.ID, source: note, answer: html})
}

// UnmergeTx moves a merged idea back to where it was, and says where that is.
// Only merges calls it.
func (s *Service) UnmergeTx(ctx context.Context, tx pg.Q, actor accounts.Actor, id ID) (Status, error) {
	if err := MayDecide(actor); err != nil {
		return "", err
	}
	idea, err := byID(ctx, tx, actor, id, forUpdate)
	if err != nil {
		return "", err
	}
	last, err := lastMove(ctx, tx, id)
	if err != nil {
		return "", err
	}
	if idea.Status != Merged || last.From == nil || !may(Merged, *last.From, byMerge) {
		return "", ErrMove
	}
	return *last.From, move(ctx, tx, step{idea: id, from: Merged, to: *last.From, actor: actor.ID, undo: true})
}

// CoCreator is somebody an idea is owed to beside its contributor.
type CoCreator struct {
	Idea    ID          `db:"idea_id"`
	Account accounts.ID `db:"account_id"`
	Name    string      `db:"name"`
	Handle  string      `db:"handle"`
	Picture *string     `db:"picture_id"`
	WhatFor string      `db:"what_for"` // for one who came by a merge: the title of the idea that was merged
	Merge   *int64      `db:"merge_id"` // nil when the team named them
	AddedAt time.Time   `db:"added_at"`
}

// CoCreatorsPart gives the co-creators of these ideas, in the order they came.
// Adopting copies them to the credits of the product.
func CoCreatorsPart(list []ID, into *[]CoCreator) pg.Part {
	const query = `
		SELECT c.idea_id, c.account_id, a.name, ` + accounts.ShownHandle + ` AS handle, ` + accounts.ShownFace + ` AS picture_id, c.what_for, c.merge_id, c.added_at
		FROM co_creators c JOIN accounts a ON a.id = c.account_id
		WHERE c.idea_id = ANY($1) ORDER BY c.added_at, c.account_id`
	return pg.Into(into, query, pg.IDs(list))
}
