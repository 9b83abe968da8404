package notices

import (
	"context"
	"fmt"
	"time"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
)

// Target is what can be followed beside an idea.
type Target string

// The targets, each with the key it is found by.
const (
	Person    Target = "person"    // a handle
	Challenge Target = "challenge" // a slug
	Topic     Target = "topic"     // a slug
)

// following is how a target is stored. Its query find gives the id by the key $1
// for an actor $2, who is of the team when $3: only what they may see.
type following struct{ table, column, find string }

var targets = map[Target]following{
	Person: {"follows_people", "person_id", `SELECT a.id FROM accounts a WHERE a.handle = $1 AND a.id <> $2 AND ` + accounts.Found + ` AND ($3 OR true)`},
	Challenge: {
		"follows_challenges", "challenge_id",
		`SELECT id FROM challenges WHERE slug = $1 AND $2::bigint > 0 AND ($3 OR announced_at <= clock_timestamp())`,
	},
	Topic: {"follows_topics", "topic_id", `SELECT id FROM topics WHERE slug = $1 AND $2::bigint > 0 AND ($3 OR true)`},
}

// FollowTarget makes the actor hear of a person, a challenge or a topic that
// they may see. Following twice is following. Nobody follows themselves.
func (s *Service) FollowTarget(ctx context.Context, actor accounts.Actor, what Target, key string) error {
	if actor.Visitor() {
		return ErrSignIn
	}
	t, ok := targets[what]
	if !ok {
		return ErrTarget
	}
	// The conflict is settled by writing, so that the row counts either way.
	query := `INSERT INTO ` + t.table + ` (` + t.column + `, account_id) SELECT found.id, $2 FROM (` + t.find + `) AS found
		ON CONFLICT (` + t.column + `, account_id) DO UPDATE SET at = ` + t.table + `.at`
	done, err := s.db.ExecContext(ctx, query, storable(key), actor.ID, actor.Decides())
	if err != nil {
		return fmt.Errorf("follow %s: %w", what, err)
	}
	n, err := done.RowsAffected()
	if err != nil {
		return fmt.Errorf("follow %s: %w", what, err)
	}
	if n == 0 {
		return ErrTarget
	}
	return nil
}

// UnfollowTarget ends that, also for what they may not see any more.
func (s *Service) UnfollowTarget(ctx context.Context, actor accounts.Actor, what Target, key string) error {
	if actor.Visitor() {
		return ErrSignIn
	}
	t, ok := targets[what]
	if !ok {
		return ErrTarget
	}
	query := `DELETE FROM ` + t.table + ` WHERE account_id = $2 AND ` + t.column + ` = (SELECT id FROM ` + t.named() + ` = $1)`
	if _, err := s.db.ExecContext(ctx, query, storable(key), actor.ID); err != nil {
		return fmt.Errorf("unfollow %s: %w", what, err)
	}
	return nil
}

// named is where the key of a target stands.
func (t following) named() string {
	switch t.table {
	case "follows_people":
		return `accounts WHERE handle`
	case "follows_topics":
		return `topics WHERE slug`
	default:
		return `challenges WHERE slug`
	}
}

// FollowsTarget reports whether the actor follows it, by one look into an index.
func (s *Service) FollowsTarget(ctx context.Context, actor accounts.Actor, what Target, key string) (bool, error) {
	t, ok := targets[what]
	if !ok || actor.Visitor() {
		return false, nil
	}
	var follows bool
	query := `SELECT EXISTS (SELECT 1 FROM ` + t.table + ` WHERE account_id = $2 AND ` + t.column + ` = (SELECT id FROM ` + t.named() + ` = $1))`
	if err := s.db.GetContext(ctx, &follows, query, storable(key), actor.ID); err != nil {
		return false, fmt.Errorf("following %s: %w", what, err)
	}
	return follows, nil
}

// Followed is one thing that somebody follows.
type Followed struct {
	What Target    `db:"what"` // "idea" for an idea
	Key  string    `db:"key"`
	Name string    `db:"name"`
	Slug string    `db:"slug"` // of an idea
	At   time.Time `db:"at"`
}

// Idea is the What of an idea that is followed; its key is its number.
const Idea Target = "idea"

// maxFollowed bounds the list of each kind.
const maxFollowed = 200

// FollowedBy lists what the actor follows and may see, the latest first of each
// kind; lang is the language of the topics' names.
func (s *Service) FollowedBy(ctx context.Context, actor accounts.Actor, lang string) ([]Followed, error) {
	if actor.Visitor() {
		return nil, ErrSignIn
	}
	const query = `
		(SELECT 'person' AS what, a.handle AS key, a.name, '' AS slug, f.at FROM follows_people f JOIN accounts a ON a.id = f.person_id
		 WHERE f.account_id = $1 AND ` + accounts.Found + ` ORDER BY f.at DESC LIMIT $4)
		UNION ALL
		(SELECT 'topic', t.slug, CASE WHEN $3 = 'nl' THEN t.name_nl ELSE t.name_en END, '', f.at FROM follows_topics f JOIN topics t ON t.id = f.topic_id
		 WHERE f.account_id = $1 ORDER BY f.at DESC LIMIT $4)
		UNION ALL
		(SELECT 'challenge', h.slug, h.title, '', f.at FROM follows_challenges f JOIN challenges h ON h.id = f.challenge_id
		 WHERE f.account_id = $1 AND h.announced_at <= clock_timestamp() ORDER BY f.at DESC LIMIT $4)
		UNION ALL
		(SELECT 'idea', i.id::text, i.title, i.slug, f.at FROM follows f JOIN ideas i ON i.id = f.idea_id
		 WHERE f.account_id = $1 AND i.status NOT IN ('draft', 'withdrawn')
		   AND (i.contributor_id = $1 OR $2 OR NOT i.hidden AND i.status NOT IN ('held', 'merged')) ORDER BY f.at DESC LIMIT $4)
		ORDER BY what, at DESC`
	var list []Followed
	if err := s.db.SelectContext(ctx, &list, query, actor.ID, actor.Moderates(), lang, maxFollowed); err != nil {
		return nil, fmt.Errorf("what account %d follows: %w", actor.ID, err)
	}
	return list, nil
}

// Followers counts who follows a target.
func (s *Service) Followers(ctx context.Context, what Target, key string) (int, error) {
	t, ok := targets[what]
	if !ok {
		return 0, nil
	}
	var n int
	query := `SELECT count(*) FROM ` + t.table + ` WHERE ` + t.column + ` = (SELECT id FROM ` + t.named() + ` = $1)`
	if err := s.db.GetContext(ctx, &n, query, storable(key)); err != nil {
		return 0, fmt.Errorf("followers of %s: %w", what, err)
	}
	return n, nil
}

// storable is a key as PostgreSQL can hold it; one that it cannot names nothing.
func storable(key string) string {
	if clean.ValidText(key) {
		return key
	}
	return ""
}
