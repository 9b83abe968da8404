package sharing

import (
	"context"
	"fmt"
	"sync"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/drawing"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Service counts what shared links brought, and draws cards.
type Service struct {
	db    *sqlx.DB
	press func() (*drawing.Press, error)
}

// NewService makes the service over db.
func NewService(db *sqlx.DB) *Service {
	return &Service{db: db, press: sync.OnceValues(drawing.NewPress)}
}

// Card draws a card, or takes it from what was drawn before.
func (s *Service) Card(ctx context.Context, card drawing.Card) (drawing.Print, error) {
	press, err := s.press()
	if err != nil {
		return drawing.Print{}, err
	}
	return press.Draw(ctx, card)
}

// mostBrought is up to how many votes of one link are counted.
const mostBrought = 100_000

// Brought counts the votes on an idea that a member's link led to, as they
// stand now: one taken back counts no more, one set apart by a moderator does
// not count, nor does the member's own.
//
// It tells a part of the tally, so ask only for those who may see that.
func (s *Service) Brought(ctx context.Context, idea ideas.ID, by accounts.ID, code string) (int, error) {
	var n int
	if err := pg.Together(ctx, s.db, BroughtPart(idea, by, code, &n)); err != nil {
		return 0, fmt.Errorf("votes brought to idea %d: %w", idea, err)
	}
	return n, nil
}

type brought struct {
	Votes int `db:"votes"`
}

// BroughtPart is Brought, to be asked for together with more.
func BroughtPart(idea ideas.ID, by accounts.ID, code string, into *int) pg.Part {
	const query = `
		SELECT count(*) AS votes FROM (
			SELECT FROM votes v
			WHERE v.idea_id = $1 AND v.referrer = $2 AND v.referrer LIKE 'share:%' AND v.voter_id <> $3 AND v.counts
			LIMIT $4) AS brought`
	return pg.Ask(func(found []brought) { *into = found[0].Votes }, query, idea, Referrer(code), by, mostBrought)
}
