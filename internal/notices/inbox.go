package notices

import (
	"context"
	"fmt"
	"slices"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/pg"
)

// maxInbox bounds one page of an inbox, and maxUnread what is counted.
const (
	maxInbox  = 50
	maxUnread = 100
)

// Inbox gives the actor's notices before a given one (0: the newest), newest
// first, and where the next page begins; 0 where there is none. of narrows it to
// a group; empty for all. What the actor may not see now is left out.
func (s *Service) Inbox(ctx context.Context, actor accounts.Actor, of About, before ID) ([]Notice, ID, error) {
	if actor.Visitor() {
		return nil, 0, ErrSignIn
	}
	kinds := of.of()
	if !slices.Contains(Abouts, of) {
		kinds = nil
	}
	const query = `SELECT ` + columns + from + `
		WHERE n.account_id = $1 AND n.shown AND ($2::bigint = 0 OR n.id < $2) AND ($4::text[] IS NULL OR n.kind = ANY($4)) ORDER BY n.id DESC LIMIT $3`
	var found, shown []Notice
	if err := s.db.SelectContext(ctx, &found, query, actor.ID, before, maxInbox, pq.Array(kinds)); err != nil {
		return nil, 0, fmt.Errorf("inbox of account %d: %w", actor.ID, err)
	}
	for _, n := range found {
		if n.shows(actor) {
			shown = append(shown, n)
		}
	}
	if len(found) < maxInbox {
		return shown, 0, nil
	}
	return shown, found[len(found)-1].ID, nil
}

// ByID gives one notice of the actor's; ErrGone for any other.
func (s *Service) ByID(ctx context.Context, actor accounts.Actor, id ID) (Notice, error) {
	if actor.Visitor() {
		return Notice{}, ErrSignIn
	}
	var n Notice
	err := s.db.GetContext(ctx, &n, `SELECT `+columns+from+`WHERE n.id = $1 AND n.account_id = $2 AND n.shown`, id, actor.ID)
	if pg.Missing(err) || err == nil && !n.shows(actor) {
		return Notice{}, ErrGone
	}
	if err != nil {
		return Notice{}, fmt.Errorf("notice %d: %w", id, err)
	}
	return n, nil
}

// ReadThese marks these notices of the actor's as read.
func (s *Service) ReadThese(ctx context.Context, actor accounts.Actor, ids []ID) error {
	return s.read(ctx, actor, `id = ANY($2)`, pg.IDs(ids))
}

// Read marks the actor's notices up to this one as read.
func (s *Service) Read(ctx context.Context, actor accounts.Actor, upTo ID) error {
	return s.read(ctx, actor, `id <= $2`, upTo)
}

func (s *Service) read(ctx context.Context, actor accounts.Actor, which string, arg any) error {
	if actor.Visitor() {
		return ErrSignIn
	}
	if _, err := s.db.ExecContext(ctx, `UPDATE notices SET read_at = now() WHERE account_id = $1 AND read_at IS NULL AND `+which, actor.ID, arg); err != nil {
		return fmt.Errorf("read notices of account %d: %w", actor.ID, err)
	}
	s.told([]accounts.ID{actor.ID})
	return nil
}

// Unread counts what the actor has not read and may see, up to a hundred: one
// look into an index that holds unread notices alone.
func (s *Service) Unread(ctx context.Context, actor accounts.Actor) (int, error) {
	if actor.Visitor() {
		return 0, nil
	}
	const query = `SELECT ` + columns + from + `WHERE n.account_id = $1 AND n.read_at IS NULL AND n.shown ORDER BY n.id DESC LIMIT $2`
	var found []Notice
	if err := s.badges.All(ctx, &found, query, actor.ID, maxUnread); err != nil {
		return 0, fmt.Errorf("unread notices of account %d: %w", actor.ID, err)
	}
	n := 0
	for _, f := range found {
		if f.shows(actor) {
			n++
		}
	}
	return n, nil
}

// UnreadOf counts it for whom the badge is shown live.
func (s *Service) UnreadOf(ctx context.Context, id accounts.ID) (int, error) {
	var roles pq.StringArray
	err := s.db.GetContext(ctx, &roles, `SELECT roles FROM accounts WHERE id = $1`, id)
	if pg.Missing(err) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("unread notices of account %d: %w", id, err)
	}
	return s.Unread(ctx, accounts.As(accounts.Account{ID: id, RoleNames: roles}))
}
