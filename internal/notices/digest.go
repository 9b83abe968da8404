package notices

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/outbox"
	"prosumer/internal/pg"
)

// TopicDigest is the fact that a digest is to be mailed: its ID.
const TopicDigest = "notices.digest"

// DigestID names a digest.
type DigestID int64

// Digest is what waited for one reader, in one mail.
type Digest struct {
	ID      DigestID
	Reader  accounts.ID
	Reading Reading
	Notices []Notice // the newest first
	More    int      // there are so many besides, in the inbox
	all     []ID
}

// The notices that one digest shows, and the readers that one step takes.
const (
	inDigest    = 40
	digestsStep = 1000
)

// Cutoffs are when the day's digest and the week's were due last, at an hour of
// the day in a zone: what was told before them is in it. The week begins on
// Monday.
func Cutoffs(now time.Time, hour int, zone *time.Location) (day, week time.Time) {
	here := now.In(zone)
	day = time.Date(here.Year(), here.Month(), here.Day(), hour, 0, 0, 0, zone)
	if day.After(here) {
		day = time.Date(here.Year(), here.Month(), here.Day()-1, hour, 0, 0, 0, zone)
	}
	back := (int(day.Weekday()) + 6) % 7
	return day, time.Date(day.Year(), day.Month(), day.Day()-back, hour, 0, 0, 0, zone)
}

// Gather makes a digest for each reader for whom something waits that was told
// before day, or before week where they want it once a week. There is one a day
// for each, however often and on how many servers this is called.
func (s *Service) Gather(ctx context.Context, day, week time.Time) (int, error) {
	made, after := 0, accounts.ID(0)
	for {
		var n int
		err := pg.InTx(ctx, s.db, func(tx pg.Q) error {
			const query = `
				SELECT DISTINCT account_id FROM notices
				WHERE mail IN ('daily', 'weekly') AND digest_id IS NULL AND account_id > $1 AND at < CASE mail WHEN 'daily' THEN $2::timestamptz ELSE $3 END
				ORDER BY account_id LIMIT $4`
			var readers []accounts.ID
			if err := sqlx.SelectContext(ctx, tx, &readers, query, after, day, week, digestsStep); err != nil {
				return fmt.Errorf("readers of digests: %w", err)
			}
			if n = len(readers); n == 0 {
				return nil
			}
			after = readers[n-1]
			const put = `
				INSERT INTO notice_digests (account_id, day) SELECT unnest($1::bigint[]), $2::date
				ON CONFLICT (account_id, day) DO NOTHING RETURNING id`
			var ids []DigestID
			if err := sqlx.SelectContext(ctx, tx, &ids, put, pg.IDs(readers), day.Format(time.DateOnly)); err != nil {
				return fmt.Errorf("make digests: %w", err)
			}
			made += len(ids)
			const take = `
				UPDATE notices n SET digest_id = d.id FROM notice_digests d
				WHERE d.id = ANY($1) AND n.account_id = d.account_id AND n.mail IN ('daily', 'weekly') AND n.digest_id IS NULL
				  AND n.at < CASE n.mail WHEN 'daily' THEN $2::timestamptz ELSE $3 END`
			if _, err := tx.ExecContext(ctx, take, pg.IDs(ids), day, week); err != nil {
				return fmt.Errorf("fill digests: %w", err)
			}
			return outbox.PutAll(ctx, tx, TopicDigest, ids)
		})
		if err != nil || n < digestsStep {
			return made, err
		}
	}
}

// Digest gives what is to be mailed of a digest, or false where nothing is: it
// was sent, or all of it has been read, was taken back or may not be seen by now.
func (s *Service) Digest(ctx context.Context, id DigestID, mustConfirm bool) (Digest, bool, error) {
	var letters []Letter
	const waiting = `WHERE n.digest_id = $1 AND n.mail IN ('daily', 'weekly') AND n.read_at IS NULL ORDER BY n.id DESC`
	if err := s.db.SelectContext(ctx, &letters, `SELECT `+letterColumns+letterFrom+waiting, id); err != nil {
		return Digest{}, false, fmt.Errorf("digest %d: %w", id, err)
	}
	d := Digest{ID: id}
	for _, l := range letters {
		if !l.reachable(mustConfirm) || !l.goes() {
			continue
		}
		d.Reader, d.Reading = l.Reader, l.Reading
		d.all = append(d.all, l.ID)
		if len(d.Notices) < inDigest {
			d.Notices = append(d.Notices, l.Notice)
		} else {
			d.More++
		}
	}
	if len(d.all) == 0 {
		return Digest{}, false, s.settle(ctx, id, nil, "empty")
	}
	return d, true, nil
}

// DigestMailed notes that the mail server has it: what it said is sent, the rest
// of what waited for it never will be.
func (s *Service) DigestMailed(ctx context.Context, d Digest) error {
	return s.settle(ctx, d.ID, d.all, "sent")
}

// DropDigest notes that it is not sent.
func (s *Service) DropDigest(ctx context.Context, id DigestID) error {
	return s.settle(ctx, id, nil, "dropped")
}

func (s *Service) settle(ctx context.Context, id DigestID, said []ID, state string) error {
	return pg.InTx(ctx, s.db, func(tx pg.Q) error {
		const query = `
			UPDATE notices SET mail = CASE WHEN id = ANY($2) THEN 'sent' ELSE 'dropped' END, mailed_at = CASE WHEN id = ANY($2) THEN now() END
			WHERE digest_id = $1 AND mail IN ('daily', 'weekly')`
		if _, err := tx.ExecContext(ctx, query, id, pg.IDs(said)); err != nil {
			return fmt.Errorf("notices of digest %d: %w", id, err)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE notice_digests SET state = $2 WHERE id = $1 AND state = 'waiting'`, id, state); err != nil {
			return fmt.Errorf("digest %d: %w", id, err)
		}
		return nil
	})
}
