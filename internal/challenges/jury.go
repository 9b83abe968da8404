package challenges

import (
	"context"
	"fmt"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/pg"
)

const (
	maxPlace       = 100
	maxWinnerWords = 1000
)

// Winner is an entry that won, and why. Several may share a place.
type Winner struct {
	Idea  int64  `db:"idea_id"`
	Place int    `db:"place"`
	Words string `db:"words"`
}

// Verdict is what the jury says. It is public once the results are.
type Verdict struct {
	Words   string // HTML of the editor, or the plain text of a textarea
	Winners []Winner
}

// Judge stores the jury's verdict over the one before, once voting has closed.
// A winner must be an entry that everybody may see; so a challenge without
// entries has none.
func (s *Service) Judge(ctx context.Context, actor accounts.Actor, slug string, v Verdict) error {
	if err := MayPlan(actor); err != nil {
		return err
	}
	var check fault.Check
	t := tidied{}
	words := t.rich(&check, "jury", v.Words)
	ids, places, says := make([]int64, 0, len(v.Winners)), make([]int64, 0, len(v.Winners)), make([]string, 0, len(v.Winners))
	named := map[int64]bool{}
	for _, w := range v.Winners {
		check.Need(w.Place >= 1 && w.Place <= maxPlace, "winners", "challenges.place_range")
		check.Need(!named[w.Idea], "winners", "challenges.winner_twice")
		w.Words = clean.Line(w.Words)
		check.Need(utf8.RuneCountInString(w.Words) <= maxWinnerWords, "winners", "challenges.winner_words_long")
		named[w.Idea] = true
		ids, places, says = append(ids, w.Idea), append(places, int64(w.Place)), append(says, w.Words)
	}
	if err := check.Err(); err != nil {
		return err
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		c, err := bySlug(ctx, tx, slug, forUpdate)
		if err != nil {
			return err
		}
		if s.now().Before(c.Dates.VotingClose) {
			return ErrJuryEarly
		}
		if err := markUsed(ctx, tx, c.ID, int64(actor.ID), t.images, "jury"); err != nil {
			return err
		}
		if err := writePart(ctx, tx, c.ID, partJury, words); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM challenge_winners WHERE challenge_id = $1`, c.ID); err != nil {
			return fmt.Errorf("winners of challenge %d: %w", c.ID, err)
		}
		const add = `
			INSERT INTO challenge_winners (challenge_id, idea_id, place, words)
			SELECT $1, w.id, w.place, w.words FROM unnest($2::bigint[], $3::integer[], $4::text[]) AS w (id, place, words)
			JOIN ideas i ON i.id = w.id AND i.challenge_id = $1 AND NOT i.hidden AND i.status NOT IN ('draft', 'held', 'merged', 'withdrawn')`
		result, err := tx.ExecContext(ctx, add, c.ID, pq.Array(ids), pq.Array(places), pq.Array(says))
		if err != nil {
			return fmt.Errorf("winners of challenge %d: %w", c.ID, err)
		}
		if n, err := result.RowsAffected(); err != nil || int(n) < len(ids) {
			return errInvalid.With("winners", "challenges.winner_unknown")
		}
		return nil
	})
}

// Winners gives the winners by place, whether or not the results are out.
func (s *Service) Winners(ctx context.Context, id ID) ([]Winner, error) {
	var list []Winner
	const query = `SELECT idea_id, place, words FROM challenge_winners WHERE challenge_id = $1 ORDER BY place, idea_id`
	if err := s.db.SelectContext(ctx, &list, query, id); err != nil {
		return nil, fmt.Errorf("winners of challenge %d: %w", id, err)
	}
	return list, nil
}

// Teller tells people in the transaction that notes that they were told.
type Teller func(ctx context.Context, tx pg.Q, c Challenge, people []accounts.ID) error

// AnnounceResults has everybody told who took part in a challenge, by an entry
// or a vote, once its results are out, and counts the challenges of which that
// was done. Each is told of once, however often and on how many servers this is
// called. What an import made is told to nobody.
func (s *Service) AnnounceResults(ctx context.Context, tell Teller) (int, error) {
	for done := 0; ; done++ {
		found := false
		err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
			const take = `
				UPDATE challenges SET results_told_at = now() WHERE id = (
					SELECT c.id FROM challenges c WHERE c.results_at <= $1 AND c.results_told_at IS NULL AND c.created_by IS NOT NULL
					ORDER BY c.results_at, c.id LIMIT 1 FOR UPDATE SKIP LOCKED
				) RETURNING ` + columns
			var r row
			err := sqlx.GetContext(ctx, tx, &r, take, s.now())
			if pg.Missing(err) {
				return nil
			}
			if err != nil {
				return fmt.Errorf("results that are out: %w", err)
			}
			found = true
			people, err := takingPart(ctx, tx, r.ID)
			if err != nil {
				return err
			}
			return tell(ctx, tx, r.challenge(), people)
		})
		if err != nil || !found {
			return done, err
		}
	}
}

func takingPart(ctx context.Context, tx pg.Q, id ID) ([]accounts.ID, error) {
	const query = `
		SELECT i.contributor_id FROM ideas i WHERE i.challenge_id = $1 AND i.status NOT IN ('draft', 'held', 'withdrawn') AND NOT i.hidden
		UNION
		SELECT v.voter_id FROM ideas i JOIN votes v ON v.idea_id = i.id WHERE i.challenge_id = $1`
	var people []accounts.ID
	if err := sqlx.SelectContext(ctx, tx, &people, query, id); err != nil {
		return nil, fmt.Errorf("people of challenge %d: %w", id, err)
	}
	return people, nil
}
