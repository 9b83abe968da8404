package notices

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// soon is how long before its end a challenge is said to close, and late how
// long after its moment a fact is still news.
const (
	soon = 3 * 24 * time.Hour
	late = 24 * time.Hour
)

// remembered is how long it is kept what the clock has told of: well beyond the
// time in which anything is news, so that nothing is told twice.
const remembered = 30 * 24 * time.Hour

// Strike tells of what the clock brings about: challenges that opened, whose
// voting began or ends soon, for who follows them; and people newly credited,
// for who follows those, once the grace in which that may be undone is over. Each
// is told once, however often and on how many servers this is called. What an
// import made is told to nobody.
func (s *Service) Strike(ctx context.Context, now time.Time) (int, error) {
	told := 0
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		facts, err := s.due(ctx, tx, now)
		if err != nil {
			return err
		}
		for _, f := range facts {
			done, err := tx.ExecContext(ctx, `INSERT INTO clock_facts (key) VALUES ($1) ON CONFLICT DO NOTHING`, f.Key)
			if err != nil {
				return fmt.Errorf("tell by the clock: %w", err)
			}
			if n, err := done.RowsAffected(); err != nil || n == 0 {
				if err != nil {
					return fmt.Errorf("tell by the clock: %w", err)
				}
				continue
			}
			told++
			if err := s.Tell(ctx, tx, f); err != nil {
				return err
			}
		}
		return nil
	})
	return told, err
}

// Sweep forgets what the clock told of long ago.
func (s *Service) Sweep(ctx context.Context, now time.Time) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM clock_facts WHERE at < $1`, now.Add(-remembered)); err != nil {
		return fmt.Errorf("sweep what the clock told: %w", err)
	}
	return nil
}

// due lists what is news at a moment and was not told of yet.
func (s *Service) due(ctx context.Context, tx pg.Q, now time.Time) ([]Fact, error) {
	const query = `
		SELECT d.kind, d.key, d.data, d.who, d.idea FROM (
			SELECT 'entries_open' AS kind, 'entries_open:' || id AS key, jsonb_build_object('challenge', slug, 'title', title) AS data, 0 AS who, 0 AS idea
			FROM challenges WHERE created_by IS NOT NULL AND entries_open_at BETWEEN $1::timestamptz - $2 * interval '1 second' AND $1
			UNION ALL
			SELECT 'voting_open', 'voting_open:' || id, jsonb_build_object('challenge', slug, 'title', title), 0, 0
			FROM challenges WHERE created_by IS NOT NULL AND voting_open_at > entries_open_at AND voting_open_at BETWEEN $1::timestamptz - $2 * interval '1 second' AND $1
			UNION ALL
			SELECT 'closes_soon', 'closes_soon:' || id,
				jsonb_build_object('challenge', slug, 'title', title, 'until', to_char(voting_close_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')), 0, 0
			FROM challenges WHERE created_by IS NOT NULL AND voting_close_at > $1::timestamptz AND voting_close_at <= $1::timestamptz + $3 * interval '1 second'
			  AND greatest(voting_open_at, announced_at) < $1::timestamptz - $2 * interval '1 second'
			UNION ALL
			SELECT 'person_credited', 'credit:' || c.product_id || ':' || c.account_id, jsonb_build_object('product', p.slug, 'name', p.name), c.account_id, 0
			FROM credits c JOIN products p ON p.id = c.product_id
			WHERE c.given_at BETWEEN $1::timestamptz - $2 * interval '1 second' AND $1::timestamptz - $4 * interval '1 second'
			  AND EXISTS (SELECT 1 FROM follows_people f WHERE f.person_id = c.account_id)
		) AS d WHERE NOT EXISTS (SELECT 1 FROM clock_facts t WHERE t.key = d.key) ORDER BY d.key LIMIT 500`
	var rows []struct {
		Kind Kind        `db:"kind"`
		Key  string      `db:"key"`
		Data Data        `db:"data"`
		Who  accounts.ID `db:"who"`
		Idea ideas.ID    `db:"idea"`
	}
	if err := sqlx.SelectContext(ctx, tx, &rows, query, now, late.Seconds(), soon.Seconds(), s.wait.Seconds()); err != nil {
		return nil, fmt.Errorf("what the clock tells: %w", err)
	}
	facts := make([]Fact, len(rows))
	for i, r := range rows {
		facts[i] = Fact{Kind: r.Kind, Key: r.Key, Data: r.Data, Who: r.Who, Also: ChallengeFollowers}
		if r.Kind == PersonCredited {
			facts[i].Also, facts[i].But = PersonFollowers, r.Who
		}
	}
	return facts, nil
}

// OfIdea is what there is to tell those who follow its contributor, its topic or
// its challenge when an idea comes out, or false.
func OfIdea(m ideas.Moved) (Fact, bool) {
	if m.Past || m.History == 0 || !m.To.Public() || m.From != ideas.Draft && m.From != ideas.Held {
		return Fact{}, false
	}
	return Fact{
		Kind: NewIdea, Key: "idea:" + m.Idea.String(), Idea: m.Idea, Who: m.Contributor, But: m.Contributor,
		Also: PersonFollowers | TopicFollowers | EntryFollowers,
	}, true
}

// TellOfBudget tells the voters of an idea that their vote is theirs again, where
// a move ended its vote while its challenge, which gives only so many, goes on.
func (s *Service) TellOfBudget(ctx context.Context, m ideas.Moved) error {
	if m.Past || m.History == 0 || !m.From.Votable() || m.To.Votable() {
		return nil
	}
	var h struct {
		Slug  string `db:"slug"`
		Title string `db:"title"`
	}
	const query = `
		SELECT h.slug, h.title FROM ideas i JOIN challenges h ON h.id = i.challenge_id
		WHERE i.id = $1 AND h.vote_budget IS NOT NULL AND h.voting_open_at <= clock_timestamp() AND h.voting_close_at > clock_timestamp()`
	err := s.db.GetContext(ctx, &h, query, m.Idea)
	if pg.Missing(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("budget of idea %d: %w", m.Idea, err)
	}
	return s.Tell(ctx, s.db, Fact{
		Kind: BudgetBack, Key: fmt.Sprintf("budget:%d", m.History), Idea: m.Idea, Also: Voters, But: m.By,
		Data: map[string]string{"challenge": h.Slug, "title": h.Title},
	})
}
