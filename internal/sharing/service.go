package sharing

import (
	"context"
	"sync"

	"prosumer/internal/accounts"
	"prosumer/internal/drawing"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Service draws cards.
type Service struct {
	press func() (*drawing.Press, error)
}

// NewService makes the service; what draws is made when the first card is asked for.
func NewService() *Service {
	return &Service{press: sync.OnceValues(drawing.NewPress)}
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

type brought struct {
	Votes int `db:"votes"`
}

// BroughtPart counts the votes on an idea that a member's link led to, as they
// stand now: one taken back counts no more, one set apart by a moderator does
// not count, nor does the member's own.
//
// It tells a part of the tally, so ask only for those who may see that.
func BroughtPart(idea ideas.ID, by accounts.ID, code string, into *int) pg.Part {
	const query = `
		SELECT count(*) AS votes FROM (
			SELECT FROM votes v
			WHERE v.idea_id = $1 AND v.referrer = $2 AND v.referrer LIKE 'share:%' AND v.voter_id <> $3 AND v.counts
			LIMIT $4) AS brought`
	return pg.Ask(func(found []brought) { *into = found[0].Votes }, query, idea, Referrer(code), by, mostBrought)
}
