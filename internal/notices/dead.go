package notices

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/outbox"
	"prosumer/internal/pg"
)

// posted are the facts that end in a mail.
var posted = []string{TopicMail, TopicDigest, accounts.TopicLinkWanted, accounts.TopicErasing}

// maxDead bounds the list of mails that were given up.
const maxDead = 200

// Post is how the mails go.
type Post struct {
	Waiting int
	Since   time.Time // the first that is due was written; zero for none
	Dead    []Dead
}

// Dead is a mail that was given up. Whom it was for is said by their handle.
type Dead struct {
	ID       int64
	What     string // the kind of notice, "digest", "link" or "erasing"
	Handle   string
	At       time.Time
	DeadAt   time.Time
	Attempts int
	Failure  string // without addresses
}

// Post says how the mails go, to an administrator.
func (s *Service) Post(ctx context.Context, actor accounts.Actor) (Post, error) {
	if err := mayPost(actor); err != nil {
		return Post{}, err
	}
	n, since, err := outbox.Waiting(ctx, s.db, posted)
	if err != nil {
		return Post{}, err
	}
	dead, err := outbox.DeadLetters(ctx, s.db, posted, maxDead)
	if err != nil {
		return Post{}, err
	}
	p := Post{Waiting: n, Since: since}
	for _, d := range dead {
		letter := Dead{ID: d.ID, At: d.At, DeadAt: d.DeadAt, Attempts: d.Attempts, Failure: addresses.ReplaceAllString(d.Failure, "…")}
		if letter.What, letter.Handle, err = s.about(ctx, d); err != nil {
			return Post{}, err
		}
		p.Dead = append(p.Dead, letter)
	}
	return p, nil
}

func mayPost(actor accounts.Actor) error { return actor.Only(actor.Has(accounts.Admin), ErrAdmin) }

// addresses are mail addresses in what a mail server said.
var addresses = regexp.MustCompile(`[^\s<>()"']+@[^\s<>()"']+`)

// about says what a letter is and whose.
func (s *Service) about(ctx context.Context, d outbox.Dead) (what, handle string, err error) {
	var row struct {
		What   string `db:"what"`
		Handle string `db:"handle"`
	}
	var query string
	var arg any
	switch d.Topic {
	case TopicMail:
		var id ID
		_ = json.Unmarshal(d.Payload, &id)
		query, arg = `SELECT n.kind AS what, a.handle FROM notices n JOIN accounts a ON a.id = n.account_id WHERE n.id = $1`, id
	case TopicDigest:
		var id DigestID
		_ = json.Unmarshal(d.Payload, &id)
		query, arg = `SELECT 'digest' AS what, a.handle FROM notice_digests g JOIN accounts a ON a.id = g.account_id WHERE g.id = $1`, id
	case accounts.TopicErasing:
		var e accounts.Erasing
		_ = json.Unmarshal(d.Payload, &e)
		query, arg = `SELECT 'erasing' AS what, handle FROM accounts WHERE id = $1`, e.Account
	default:
		var w accounts.LinkWanted
		_ = json.Unmarshal(d.Payload, &w)
		query, arg = `SELECT 'link' AS what, handle FROM accounts WHERE email_key = $1`, w.EmailKey
	}
	err = sqlx.GetContext(ctx, s.db, &row, query, arg)
	if pg.Missing(err) {
		row.What = map[string]string{TopicDigest: "digest"}[d.Topic]
		if row.What == "" {
			row.What = "link"
		}
		return row.What, "", nil
	}
	if err != nil {
		return "", "", fmt.Errorf("dead letter %d: %w", d.ID, err)
	}
	return row.What, row.Handle, nil
}

// PostAgain has a mail that was given up tried again.
func (s *Service) PostAgain(ctx context.Context, actor accounts.Actor, id int64) error {
	if err := mayPost(actor); err != nil {
		return err
	}
	return outbox.Again(ctx, s.db, posted, id)
}

// DropLetter throws a mail that was given up away; what it spoke of still stands
// in its reader's inbox.
func (s *Service) DropLetter(ctx context.Context, actor accounts.Actor, id int64) error {
	if err := mayPost(actor); err != nil {
		return err
	}
	d, err := outbox.Drop(ctx, s.db, posted, id)
	if err != nil {
		return err
	}
	switch d.Topic {
	case TopicMail:
		var notice ID
		if err := json.Unmarshal(d.Payload, &notice); err != nil {
			return fmt.Errorf("dead letter %d: %w", id, err)
		}
		return s.DropMail(ctx, notice)
	case TopicDigest:
		var digest DigestID
		if err := json.Unmarshal(d.Payload, &digest); err != nil {
			return fmt.Errorf("dead letter %d: %w", id, err)
		}
		return s.DropDigest(ctx, digest)
	}
	return nil
}
