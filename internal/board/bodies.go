package board

import (
	"context"
	"fmt"

	"github.com/lib/pq"
	"github.com/maypok86/otter/v2"

	"prosumer/internal/ideas"
)

// bodiesKept bounds the cards that are kept, the least used going first; a few
// kilobytes each.
const bodiesKept = 20_000

// bodies keeps what a card shows besides its tally. Every list reads from the
// database which ideas it shows, their tallies, and the stamp of the rest; a
// body under another stamp is read anew. So nothing on a card is ever old, and
// a page costs the few columns that move.
type bodies struct{ kept *otter.Cache[ideas.ID, body] }

type body struct {
	stamp string
	card  Card // shared: its slices and pictures are only read
}

func newBodies() bodies {
	return bodies{otter.Must(&otter.Options[ideas.ID, body]{MaximumSize: bodiesKept})}
}

// bodiesOf gives the body of each pick that still is an idea.
func (b *Board) bodiesOf(ctx context.Context, picks []pick) (map[ideas.ID]Card, error) {
	found := make(map[ideas.ID]Card, len(picks))
	var missing []int64
	for _, p := range picks {
		if kept, ok := b.bodies.kept.GetIfPresent(p.ID); ok && kept.stamp == p.Stamp {
			found[p.ID] = kept.card
			continue
		}
		missing = append(missing, int64(p.ID))
	}
	if len(missing) == 0 {
		return found, nil
	}
	var rows []struct {
		ID    ideas.ID `db:"id"`
		Stamp string   `db:"stamp"`
		bodyRow
	}
	const query = `SELECT i.id, ` + stamp + ` AS stamp, ` + bodyColumns + ` FROM ideas i ` + cardJoins + ` WHERE i.id = ANY($1)`
	if err := b.prepared.All(ctx, &rows, query, pq.Array(missing)); err != nil {
		return nil, fmt.Errorf("cards: %w", err)
	}
	for _, r := range rows {
		card := cardRow{pick: pick{ID: r.ID}, bodyRow: r.bodyRow}.body()
		b.bodies.kept.Set(r.ID, body{r.Stamp, card})
		found[r.ID] = card
	}
	return found, nil
}
