package board

import (
	"context"
	"errors"
	"fmt"

	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/clean"
	"prosumer/internal/ideas"
	"prosumer/internal/media"
	"prosumer/internal/pg"
)

// DeckPage is how far a member is in the scoring deck of a challenge, and the
// entry that is up.
type DeckPage struct {
	Entry   *DeckEntry // nil when none is left
	Total   int        // entries that the member may score or has scored
	Own     int        // entries of the member, which are not among these
	Scored  int        // those with a vote of the member, also one that waits for an address
	Skipped int        // those passed over and not scored since
}

// DeckEntry is one entry with all that one needs to judge it.
type DeckEntry struct {
	Card
	Story    clean.HTML
	Pictures []media.Picture // the cover first
}

// DeckQuery is what a deck is asked for.
type DeckQuery struct {
	Challenge challenges.ID
	Entry     ideas.ID   // to be up, if the member may still score it
	Without   []ideas.ID // not to be up: the script that asks has these already
	Over      bool       // voting is over: figures alone, of all entries whatever became of them
}

// takesVotes is the condition on an idea i that Status.Votable knows, and that
// the index of a deck holds.
const takesVotes = `NOT i.hidden AND i.status IN ('open', 'under_review', 'shortlisted')`

// Deck gives a member's next entry of a challenge: the unseen first, then what
// they saw before, each in the fair order of their day. Own entries, those voted
// on and those passed over are left out. A visitor's deck begins like any other
// and knows no figures but the total.
func (b *Board) Deck(ctx context.Context, actor accounts.Actor, q DeckQuery) (DeckPage, error) {
	var page DeckPage
	if err := b.deckCounts(ctx, actor, q, &page); err != nil || q.Over {
		return page, err
	}
	id, err := b.deckNext(ctx, actor, q)
	if err != nil || id == 0 {
		return page, err
	}
	page.Entry, err = b.deckEntry(ctx, actor, id)
	return page, err
}

func (b *Board) deckCounts(ctx context.Context, actor accounts.Actor, q DeckQuery, page *DeckPage) error {
	counted := takesVotes
	if q.Over {
		counted = `idea_listed(i.status, i.hidden) IS NOT NULL`
	}
	query := `
		SELECT (SELECT count(*) FROM ideas i WHERE i.challenge_id = $1 AND ` + counted + `) AS total,
		       (SELECT count(*) FROM ideas i WHERE i.challenge_id = $1 AND i.contributor_id = $2 AND ` + counted + `) AS own,
		       (SELECT count(*) FROM votes v JOIN ideas i ON i.id = v.idea_id WHERE v.voter_id = $2 AND i.challenge_id = $1 AND ` + counted + `)
		       + (SELECT count(*) FROM waiting_votes v JOIN ideas i ON i.id = v.idea_id WHERE v.voter_id = $2 AND i.challenge_id = $1 AND ` + counted + `
		          AND ` + notMine("votes", "voter_id", "$2") + `) AS scored,
		       (SELECT count(*) FROM seen s JOIN ideas i ON i.id = s.idea_id
		        WHERE s.account_id = $2 AND s.skipped_at IS NOT NULL AND i.challenge_id = $1 AND ` + counted + `
		        AND ` + notMine("votes", "voter_id", "$2") + ` AND ` + notMine("waiting_votes", "voter_id", "$2") + `) AS skipped`
	var found []struct {
		Total   int `db:"total"`
		Own     int `db:"own"`
		Scored  int `db:"scored"`
		Skipped int `db:"skipped"`
	}
	if err := b.prepared.All(ctx, &found, query, q.Challenge, actor.ID); err != nil {
		return fmt.Errorf("figures of a deck: %w", err)
	}
	n := found[0]
	page.Total, page.Own, page.Scored, page.Skipped = n.Total-n.Own, n.Own, n.Scored, n.Skipped
	return nil
}

// deckNext chooses the entry that is up; 0 for none.
func (b *Board) deckNext(ctx context.Context, actor accounts.Actor, q DeckQuery) (ideas.ID, error) {
	without := make([]int64, len(q.Without))
	for i, id := range q.Without {
		without[i] = int64(id)
	}
	const skipped = "NOT EXISTS (SELECT 1 FROM seen n WHERE n.idea_id = i.id AND n.skipped_at IS NOT NULL AND n.account_id = "
	type turn struct {
		of  ideas.ID
		not func(me string) string
	}
	turns := []turn{{not: func(string) string { return "" }}}
	if !actor.Visitor() {
		turns = []turn{
			{not: func(me string) string { return notMine("seen", "account_id", me) }},
			{not: func(me string) string { return skipped + me + " OFFSET 0)" }},
		}
	}
	if q.Entry != 0 {
		turns = append([]turn{{of: q.Entry, not: func(string) string { return "" }}}, turns...)
	}
	for _, t := range turns {
		var s statement
		where := []string{takesVotes, "i.challenge_id = " + s.arg(q.Challenge), "i.id <> ALL (" + s.arg(pq.Array(without)) + "::bigint[])"}
		if !actor.Visitor() {
			me := s.arg(actor.ID)
			where = append(where, "i.contributor_id <> "+me, notMine("votes", "voter_id", me), notMine("waiting_votes", "voter_id", me), t.not(me))
		}
		if t.of != 0 {
			where = append(where, "i.id = "+s.arg(t.of))
		}
		query, err := b.shuffled(&s, actor, allOf(where...), 0, nil)
		if err != nil {
			return 0, err
		}
		var next []pick
		if err := b.prepared.All(ctx, &next, query, s.args...); err != nil {
			return 0, fmt.Errorf("next of a deck: %w", err)
		}
		if len(next) > 0 {
			return next[0].ID, nil
		}
	}
	return 0, nil
}

func (b *Board) deckEntry(ctx context.Context, actor accounts.Actor, id ideas.ID) (*DeckEntry, error) {
	row, err := b.idea(ctx, id)
	if errors.Is(err, ideas.ErrNotFound) { // it went a moment ago
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	cards, err := b.cards(ctx, actor, []cardRow{row.cardRow}, asAnybody)
	if err != nil {
		return nil, err
	}
	entry := &DeckEntry{Card: cards[0], Story: row.Story}
	return entry, pg.Together(ctx, b.single, picturesPart(id, &entry.Pictures))
}
