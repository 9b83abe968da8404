package views

import (
	"bytes"
	"context"
	"io"

	"github.com/a-h/templ"
	"github.com/maypok86/otter/v2"

	"prosumer/internal/i18n"
)

// A card is the same for all who read one language and stand in the same way to
// the idea, but for the fields of its form, which are the reader's own. So cards
// are drawn once and kept; only the fields are drawn for each page.
//
// What is kept is found by everything it was drawn from, so that it can't be out
// of date: a new tally is another card.

// cardBytes bounds what all kept cards take together.
const cardBytes = 32 << 20

// voteGap stands in a kept card where the fields go. No text of a person can
// hold it: theirs is escaped.
const voteGap = "<!--vote fields-->"

// cardKey is all that a card is drawn from.
type cardKey struct {
	lang  i18n.Lang
	eager bool
	card  IdeaCard
}

// keptCard is a drawn card, in two pieces where fields go between.
type keptCard struct {
	before, after []byte
	fields        bool
}

var kept = otter.Must(&otter.Options[cardKey, keptCard]{
	MaximumWeight: cardBytes,
	Weigher: func(key cardKey, c keptCard) uint32 {
		return uint32(len(c.before)+len(c.after)+len(key.card.Title)+len(key.card.Excerpt)) + 1024
	},
})

// eagerCards are on the first screen: their pictures are asked for at once.
const eagerCards = 4

// keptCards draws a list of cards, each from what is kept of it if it can.
func keptCards(s Shell, ideas []IdeaCard) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		var fields bytes.Buffer
		if err := voteFields(s).Render(ctx, &fields); err != nil {
			return err
		}
		for i, idea := range ideas {
			card, err := drawnCard(ctx, cardKey{s.Lang, i < eagerCards, idea})
			if err != nil {
				return err
			}
			pieces := [][]byte{card.before}
			if card.fields {
				pieces = [][]byte{card.before, fields.Bytes(), card.after}
			}
			for _, piece := range pieces {
				if _, err := w.Write(piece); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// drawnCard is the kept card, or a new one. Nothing of the reader but the
// language is known to it.
func drawnCard(ctx context.Context, key cardKey) (keptCard, error) {
	if card, ok := kept.GetIfPresent(key); ok {
		return card, nil
	}
	var drawn bytes.Buffer
	if err := ideaCard(Shell{Lang: key.lang}, key.card, key.eager).Render(ctx, &drawn); err != nil {
		return keptCard{}, err
	}
	var card keptCard
	card.before, card.after, card.fields = bytes.Cut(drawn.Bytes(), []byte(voteGap))
	kept.Set(key, card)
	return card, nil
}
