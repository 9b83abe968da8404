package notices

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jmoiron/sqlx"

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
	query string   // account IDs from after on, in order; of what on gives
	on    func(Fact) any
}

func onIdea(f Fact) any { return f.Idea }

func onWho(f Fact) any { return f.Who }

func onChallenge(f Fact) any { return f.Data["challenge"] }

var circles = []circle{
	{why: "named"},
	{"contributor", Contributor, `SELECT contributor_id FROM ideas WHERE id = $1 AND contributor_id > $2 LIMIT $3`, onIdea},
	{"co_creator", CoCreators, `
		SELECT account_id FROM co_creators WHERE idea_id = $1 AND account_id > $2
		UNION SELECT c.account_id FROM product_ideas p JOIN credits c USING (product_id)
		WHERE p.idea_id = $1 AND c.role <> 'contributor' AND (c.idea_id IS NULL OR c.idea_id = $1) AND c.account_id > $2 ORDER BY 1 LIMIT $3`, onIdea},
	{"follower", Followers, `SELECT account_id FROM follows WHERE idea_id = $1 AND account_id > $2 ORDER BY 1 LIMIT $3`, onIdea},
	{"voter", Voters, `SELECT voter_id FROM votes WHERE idea_id = $1 AND voter_id > $2 ORDER BY 1 LIMIT $3`, onIdea},
	{"person", PersonFollowers, `
		SELECT f.account_id FROM follows_people f JOIN accounts a ON a.id = f.person_id
		WHERE f.person_id = $1 AND ` + accounts.Found + ` AND f.account_id > $2 ORDER BY 1 LIMIT $3`, onWho},
	{"topic", TopicFollowers, `
		SELECT f.account_id FROM ideas i JOIN follows_topics f ON f.topic_id = i.topic_id WHERE i.id = $1 AND f.account_id > $2 ORDER BY 1 LIMIT $3`, onIdea},
	{"challenge", EntryFollowers, `
		SELECT f.account_id FROM ideas i JOIN follows_challenges f ON f.challenge_id = i.challenge_id
		WHERE i.id = $1 AND f.account_id > $2 ORDER BY 1 LIMIT $3`, onIdea},
	{"challenge", ChallengeFollowers, `
		SELECT f.account_id FROM challenges h JOIN follows_challenges f ON f.challenge_id = h.id
		WHERE h.slug = $1 AND f.account_id > $2 ORDER BY 1 LIMIT $3`, onChallenge},
}

// Spread tells one page of readers, and notes the next. Doing it twice tells
// nobody twice.
func (s *Service) Spread(ctx context.Context, p Page) error {
	if p.Circle < 0 || p.Circle >= len(circles) {
		return nil
	}
	var told []accounts.ID
	err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
		readers, more, err := s.readers(ctx, tx, p)
		if err != nil {
			return err
		}
		if told, err = s.tell(ctx, tx, p, readers); err != nil {
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
	if err == nil && len(told) > 0 {
		s.told(told)
	}
	return err
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
	if err := sqlx.SelectContext(ctx, tx, &list, c.query, c.on(p.Fact), p.After, s.pageSize); err != nil {
		return nil, false, fmt.Errorf("%ss of %s: %w", c.why, p.Fact.Key, err)
	}
	return list, len(list) == s.pageSize, nil
}

// tell stores the notices, and a fact for each one that is mailed by itself; it
// gives those whose inbox has changed. Who has no address cannot sign in to read
// it either; who may not see the idea hears nothing; and what each one chose
// says where it goes. An idea that is gone took its news with it. The author of a
// comment and its thread are looked up.
func (s *Service) tell(ctx context.Context, tx pg.Q, p Page, readers []accounts.ID) ([]accounts.ID, error) {
	if len(readers) == 0 {
		return nil, nil
	}
	f := p.Fact
	data, err := json.Marshal(f.Data)
	if err != nil {
		return nil, fmt.Errorf("notice %s: %w", f.Key, err)
	}
	if f.Data == nil {
		data = []byte("{}")
	}
	const query = `
		WITH fact AS (
			SELECT coalesce(NULLIF($8::bigint, 0), k.author_id) AS who_id, coalesce(k.thread_id, k.id) AS thread_id
			FROM (SELECT $6::jsonb AS data) AS n LEFT JOIN comments k ON k.id = ` + commentID + `
		), told AS (
			INSERT INTO notices (account_id, kind, key, why, idea_id, data, who_id, thread_id, shown, mail)
			SELECT a.id, $2, $3, $4, NULLIF($5::bigint, 0), $6, fact.who_id, fact.thread_id, coalesce(c.inbox, true), m.mail
			FROM accounts a CROSS JOIN fact
			LEFT JOIN notice_choices c ON c.account_id = a.id AND c.about = $9
			CROSS JOIN LATERAL (
				SELECT CASE WHEN a.mail_off OR a.mail_refused_at IS NOT NULL THEN 'none'
					ELSE CASE coalesce(c.mail, $10) WHEN 'now' THEN 'waiting' WHEN 'never' THEN 'none' ELSE coalesce(c.mail, $10) END END AS mail
			) AS m
			WHERE a.id = ANY($1) AND a.id <> $7 AND a.email IS NOT NULL AND (coalesce(c.inbox, true) OR m.mail <> 'none')
			  AND ($5 = 0 OR EXISTS (SELECT 1 FROM ideas i WHERE i.id = $5 AND i.status NOT IN ('draft', 'withdrawn')
				AND (NOT i.hidden AND i.status <> 'held' OR i.contributor_id = a.id OR a.roles && '{team,moderator}')))
			  AND NOT EXISTS (SELECT 1 FROM notice_mutes m WHERE m.account_id = a.id AND (
				m.scope = 'kind' AND m.name = $2 OR m.scope = 'thread' AND m.name = fact.thread_id::text
				OR m.scope = 'idea' AND m.name = $5::text AND $9 NOT IN ('personal', 'teamwork')))
			ORDER BY a.id
			ON CONFLICT (account_id, key) DO NOTHING RETURNING id, account_id, mail, shown
		)
		SELECT id, account_id, mail, shown FROM told ORDER BY id`
	var rows []struct {
		ID     ID          `db:"id"`
		Reader accounts.ID `db:"account_id"`
		Mail   string      `db:"mail"`
		Shown  bool        `db:"shown"`
	}
	group := f.Kind.About()
	err = sqlx.SelectContext(ctx, tx, &rows, query, pg.IDs(readers), f.Kind, f.Key, circles[p.Circle].why, f.Idea, data, f.But, f.Who, group, usual[group])
	if err != nil {
		return nil, fmt.Errorf("tell %d of %s: %w", len(readers), f.Key, err)
	}
	var mails []ID
	var shown []accounts.ID
	for _, r := range rows {
		if r.Mail == "waiting" {
			mails = append(mails, r.ID)
		}
		if r.Shown {
			shown = append(shown, r.Reader)
		}
	}
	return shown, outbox.PutAllAfter(ctx, tx, TopicMail, s.grace(f.Kind), mails)
}
