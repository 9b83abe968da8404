package merges

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Merge is one idea that went on as part of another.
type Merge struct {
	ID        int64       `db:"id"`
	From      ideas.ID    `db:"from_idea"`
	Into      ideas.ID    `db:"into_idea"`
	By        accounts.ID `db:"by_id"`
	At        time.Time   `db:"at"`
	Note      string      `db:"note"` // as typed; public, as the answer in the history of From
	FromTitle string      `db:"from_title"`
	FromSlug  string      `db:"from_slug"`
	FromName  string      `db:"from_name"` // of its contributor
	IntoTitle string      `db:"into_title"`
	IntoSlug  string      `db:"into_slug"`
}

const selectMerge = `
	SELECT m.id, m.from_idea, m.into_idea, m.by_id, m.at, m.note,
	       f.title AS from_title, f.slug AS from_slug, a.name AS from_name, t.title AS into_title, t.slug AS into_slug
	FROM merges m JOIN ideas f ON f.id = m.from_idea JOIN accounts a ON a.id = f.contributor_id JOIN ideas t ON t.id = m.into_idea
	WHERE m.undone_at IS NULL AND `

// Part says where an idea went, nil when nowhere, and what was merged into it,
// in order. Ideas that a moderator hides are left out.
func Part(id ideas.ID, went **Merge, took *[]Merge) pg.Part {
	const query = selectMerge + `(m.from_idea = $1 AND NOT t.hidden OR m.into_idea = $1 AND NOT f.hidden) ORDER BY m.id`
	return pg.Ask(func(all []Merge) {
		for _, m := range all {
			if m.From == id {
				*went = &m
			} else {
				*took = append(*took, m)
			}
		}
	}, query, id)
}

// side is one of the two ideas, held until the transaction ends.
type side struct {
	ID          ideas.ID     `db:"id"`
	Contributor accounts.ID  `db:"contributor_id"`
	Title       string       `db:"title"`
	Slug        string       `db:"slug"`
	Status      ideas.Status `db:"status"`
	Hidden      bool         `db:"hidden"`
	Challenge   int64        `db:"challenge_id"` // 0 for none
	Ballot      string       `db:"ballot"`
	Sealed      bool         `db:"sealed"`
	ResultsOut  bool         `db:"results_out"`
}

const selectSides = `
	SELECT i.id, i.contributor_id, i.title, i.slug, i.status, i.hidden, coalesce(i.challenge_id, 0) AS challenge_id, coalesce(c.ballot, 'support') AS ballot,
	       coalesce(challenge_seal(c.sealed, c.voting_close_at, clock_timestamp()), '') <> '' AS sealed,
	       coalesce(clock_timestamp() >= c.results_at, false) AS results_out
	FROM ideas i LEFT JOIN challenges c ON c.id = i.challenge_id WHERE i.id IN ($1, $2) AND i.status <> 'draft' ORDER BY i.id `

// holding locks both ideas, in order, before their tallies: whoever moves an
// idea does it in this order too.
const holding = `FOR UPDATE OF i`

func sides(ctx context.Context, q pg.Q, from, into ideas.ID, lock string) (f, t side, err error) {
	if from == into {
		return f, t, ErrItself
	}
	var list []side
	if err := sqlx.SelectContext(ctx, q, &list, selectSides+lock, from, into); err != nil {
		return f, t, fmt.Errorf("ideas %d and %d: %w", from, into, err)
	}
	if len(list) != 2 {
		return f, t, ideas.ErrNotFound
	}
	if list[0].ID == from {
		return list[0], list[1], nil
	}
	return list[1], list[0], nil
}

// refusal says why the one cannot be merged into the other, or nil.
func refusal(from, into side) error {
	switch {
	case from.Status == ideas.Merged:
		return ErrFromMerged
	case into.Status == ideas.Merged:
		return ErrIntoMerged
	case !from.Status.Votable() || from.Hidden:
		return ErrFromClosed
	case !into.Status.Votable() || into.Hidden:
		return ErrIntoClosed
	case from.Ballot != into.Ballot:
		return ErrBallot
	case from.Sealed || into.Sealed:
		return ErrSealed
	case from.Challenge != into.Challenge:
		return ErrChallenge
	case from.ResultsOut:
		return ErrResults
	default:
		return nil
	}
}
