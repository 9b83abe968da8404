package notices

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/outbox"
	"prosumer/internal/pg"
)

// Page is a fact on its way to its readers: those of one circle, from After on.
// It is a fact of the outbox itself, so that a hundred thousand voters are told
// in short steps, each of which can be done again.
type Page struct {
	Fact   Fact
	Circle int
	After  accounts.ID
}

// circle is a part of the readers. Whoever stands in several is told by the
// first of them, which is the reason they are given.
type circle struct {
	why   string
	of    Audience // 0: those named
	query string   // account IDs from after on, in order; of the idea
}

var circles = []circle{
	{why: "named"},
	{"contributor", Contributor, `SELECT contributor_id FROM ideas WHERE id = $1 AND contributor_id > $2 LIMIT $3`},
	{"co_creator", CoCreators, `
		SELECT account_id FROM co_creators WHERE idea_id = $1 AND account_id > $2
		UNION SELECT c.account_id FROM product_ideas p JOIN credits c USING (product_id)
		WHERE p.idea_id = $1 AND c.role <> 'contributor' AND (c.idea_id IS NULL OR c.idea_id = $1) AND c.account_id > $2 ORDER BY 1 LIMIT $3`},
	{"follower", Followers, `SELECT account_id FROM follows WHERE idea_id = $1 AND account_id > $2 ORDER BY 1 LIMIT $3`},
	{"voter", Voters, `SELECT voter_id FROM votes WHERE idea_id = $1 AND voter_id > $2 ORDER BY 1 LIMIT $3`},
}

// Spread tells one page of readers, and notes the next. Doing it twice tells
// nobody twice.
func (s *Service) Spread(ctx context.Context, p Page) error {
	if p.Circle < 0 || p.Circle >= len(circles) {
		return nil
	}
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		readers, more, err := s.readers(ctx, tx, p)
		if err != nil {
			return err
		}
		if err := tell(ctx, tx, p, readers); err != nil {
			return err
		}
		next, ok := p.next(), true
		if more {
			next = Page{Fact: p.Fact, Circle: p.Circle, After: readers[len(readers)-1]}
		} else {
			ok = next.Circle < len(circles)
		}
		if !ok {
			return nil
		}
		return outbox.Put(ctx, tx, TopicSpread, next)
	})
}

// next is the next circle that the fact speaks to.
func (p Page) next() Page {
	at := p.Circle + 1
	for at < len(circles) && p.Fact.Also&circles[at].of == 0 {
		at++
	}
	return Page{Fact: p.Fact, Circle: at}
}

func (s *Service) readers(ctx context.Context, tx pg.Q, p Page) (list []accounts.ID, more bool, err error) {
	c := circles[p.Circle]
	if c.of == 0 {
		return p.Fact.To, false, nil
	}
	if err := sqlx.SelectContext(ctx, tx, &list, c.query, p.Fact.Idea, p.After, s.pageSize); err != nil {
		return nil, false, fmt.Errorf("%ss of idea %d: %w", c.why, p.Fact.Idea, err)
	}
	return list, len(list) == s.pageSize, nil
}

// tell stores the notices, and a fact for each one that may be mailed. Who has
// no address cannot sign in to read it either. An idea that is gone took its
// news with it.
func tell(ctx context.Context, tx pg.Q, p Page, readers []accounts.ID) error {
	if len(readers) == 0 {
		return nil
	}
	data, err := json.Marshal(p.Fact.Data)
	if err != nil {
		return fmt.Errorf("notice %s: %w", p.Fact.Key, err)
	}
	if p.Fact.Data == nil {
		data = []byte("{}")
	}
	raw := make([]int64, len(readers))
	for i, id := range readers {
		raw[i] = int64(id)
	}
	const query = `
		WITH told AS (
			INSERT INTO notices (account_id, kind, key, why, idea_id, data, mail)
			SELECT a.id, $2, $3, $4, NULLIF($5::bigint, 0), $6, CASE WHEN a.mail_off THEN 'none' ELSE 'waiting' END
			FROM accounts a WHERE a.id = ANY($1) AND a.id <> $7 AND a.email IS NOT NULL
			  AND ($5 = 0 OR EXISTS (SELECT 1 FROM ideas WHERE ideas.id = $5))
			ORDER BY a.id
			ON CONFLICT (account_id, key) DO NOTHING RETURNING id, mail
		)
		SELECT id FROM told WHERE mail = 'waiting' ORDER BY id`
	var mails []ID
	err = sqlx.SelectContext(ctx, tx, &mails, query, pq.Array(raw), p.Fact.Kind, p.Fact.Key, circles[p.Circle].why, p.Fact.Idea, data, p.Fact.But)
	if err != nil {
		return fmt.Errorf("tell %d of %s: %w", len(readers), p.Fact.Key, err)
	}
	return outbox.PutAll(ctx, tx, TopicMail, mails)
}
