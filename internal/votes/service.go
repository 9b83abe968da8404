package votes

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/challenges"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
)

// Service is what people do with votes.
type Service struct {
	db     *sqlx.DB
	writer *Writer
}

// NewService makes the service; ballots go through writer.
func NewService(db *sqlx.DB, writer *Writer) *Service {
	return &Service{db: db, writer: writer}
}

// Cast records the actor's vote and returns the tally that includes it. It
// returns only once the vote is committed; voting again replaces the choice.
// Whether the idea is open, inside its challenge's window, asks for such a
// ballot, and whose it is, is decided in the same statement. The tally holds its
// figures even when it is sealed: Seen(true) is what the voter may be shown.
// The choice of someone who must first confirm an address is kept and cast
// then; the answer is ErrUnconfirmed.
func (s *Service) Cast(ctx context.Context, actor accounts.Actor, on ideas.ID, choice Choice) (Tally, error) {
	if actor.Visitor() {
		return Tally{}, ErrSignIn
	}
	if choice.Score < 0 || choice.Score > MaxScore {
		return Tally{}, ErrScoreRange.With("score", ErrScoreRange.Code)
	}
	if !actor.Confirmed {
		if err := s.keep(ctx, actor, on, choice); err != nil {
			return Tally{}, err
		}
		return Tally{}, ErrUnconfirmed
	}
	return s.writer.Write(ctx, Ballot{Idea: on, Voter: actor.ID, Staff: actor.Staff(), Choice: choice})
}

// Retract removes the actor's vote, also one that waits; removing none changes
// nothing.
func (s *Service) Retract(ctx context.Context, actor accounts.Actor, on ideas.ID) (Tally, error) {
	if actor.Visitor() {
		return Tally{}, ErrSignIn
	}
	if !actor.Confirmed {
		if err := s.drop(ctx, actor.ID, on); err != nil {
			return Tally{}, err
		}
	}
	return s.writer.Write(ctx, Ballot{Idea: on, Voter: actor.ID, Staff: actor.Staff(), Retract: true})
}

// Tallies gives the tallies of these ideas; an idea without one is left out.
func (s *Service) Tallies(ctx context.Context, list []ideas.ID) ([]Tally, error) {
	return tallies(ctx, s.db, list)
}

// Tally gives one tally, empty when nobody has voted.
func (s *Service) Tally(ctx context.Context, id ideas.ID) (Tally, error) {
	found, err := tallies(ctx, s.db, []ideas.ID{id})
	if err != nil || len(found) == 0 {
		return Tally{Idea: id}, err
	}
	return found[0], nil
}

// Mine gives the actor's own votes on these ideas.
func (s *Service) Mine(ctx context.Context, actor accounts.Actor, list []ideas.ID) (map[ideas.ID]Vote, error) {
	if actor.Visitor() || len(list) == 0 {
		return nil, nil
	}
	found, err := mine(ctx, s.db, actor.ID, list)
	if err != nil {
		return nil, err
	}
	byIdea := make(map[ideas.ID]Vote, len(found))
	for _, v := range found {
		byIdea[v.Idea] = v
	}
	return byIdea, nil
}

// Keep casts the choice of somebody who has just signed in, or, where the
// address must be confirmed first, keeps it until then. It reports whether the
// vote was cast.
func (s *Service) Keep(ctx context.Context, actor accounts.Actor, on ideas.ID, choice Choice) (bool, error) {
	if actor.Visitor() {
		return false, ErrSignIn
	}
	if actor.Confirmed {
		_, err := s.Cast(ctx, actor, on, choice)
		return err == nil, err
	}
	return false, s.keep(ctx, actor, on, choice)
}

// keep stores a choice that waits, unless the vote would be refused anyway.
func (s *Service) keep(ctx context.Context, actor accounts.Actor, on ideas.ID, choice Choice) error {
	if choice.Score < 0 || choice.Score > MaxScore {
		return ErrScoreRange.With("score", ErrScoreRange.Code)
	}
	var idea struct {
		Contributor accounts.ID     `db:"contributor_id"`
		Status      ideas.Status    `db:"status"`
		Hidden      bool            `db:"hidden"`
		Kind        challenges.Kind `db:"ballot"`
		Early       bool            `db:"early"`
		Late        bool            `db:"late"`
	}
	const look = `
		SELECT i.contributor_id, i.status, i.hidden, coalesce(c.ballot, 'support') AS ballot,
		       coalesce(clock_timestamp() < c.voting_open_at, false) AS early, coalesce(clock_timestamp() >= c.voting_close_at, false) AS late
		FROM ideas i LEFT JOIN challenges c ON c.id = i.challenge_id WHERE i.id = $1`
	err := s.db.GetContext(ctx, &idea, look, on)
	if errors.Is(err, sql.ErrNoRows) || err == nil && (idea.Hidden || !idea.Status.Public()) {
		return ideas.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("idea %d of a vote to keep: %w", on, err)
	}
	if err := Refusal(actor, idea.Contributor, idea.Status, idea.Hidden); err != nil && !errors.Is(err, ErrUnconfirmed) {
		return err
	}
	switch {
	case idea.Early:
		return ErrEarly
	case idea.Late:
		return ErrLate
	case idea.Kind == challenges.Score && choice.Score == 0:
		return ErrScoreWanted.With("score", ErrScoreWanted.Code)
	case idea.Kind != challenges.Score && choice.Score != 0:
		return ErrNoScore.With("score", ErrNoScore.Code)
	}
	const query = `
		INSERT INTO waiting_votes (voter_id, idea_id, score, would_buy, address, network, browser, referrer)
		VALUES ($1, $2, nullif($3, 0), $4, nullif($5::bigint, 0), nullif($6::bigint, 0), nullif($7::text, ''), nullif($8::text, ''))
		ON CONFLICT (voter_id, idea_id) DO UPDATE
		SET score = excluded.score, would_buy = excluded.would_buy, asked_at = now(),
		    address = excluded.address, network = excluded.network, browser = excluded.browser, referrer = excluded.referrer`
	from := choice.From
	if _, err := s.db.ExecContext(ctx, query, actor.ID, on, choice.Score, choice.WouldBuy, from.Address, from.Network, from.Browser, from.Referrer); err != nil {
		return fmt.Errorf("keep a vote: %w", err)
	}
	return nil
}

func (s *Service) drop(ctx context.Context, voter accounts.ID, on ideas.ID) error {
	const query = `DELETE FROM waiting_votes WHERE voter_id = $1 AND idea_id = $2`
	if _, err := s.db.ExecContext(ctx, query, voter, on); err != nil {
		return fmt.Errorf("drop kept vote: %w", err)
	}
	return nil
}

// CastKept casts the votes that waited for this address to be confirmed. One
// that is refused by now is dropped; one the server is too busy for stays.
func (s *Service) CastKept(ctx context.Context, account accounts.Account) error {
	var kept []struct {
		Vote
		Origin
	}
	const list = `
		SELECT idea_id, coalesce(score, 0) AS score, would_buy, asked_at AS cast_at,
		       coalesce(address, 0) AS address, coalesce(network, 0) AS network, coalesce(browser, '') AS browser, coalesce(referrer, '') AS referrer
		FROM waiting_votes WHERE voter_id = $1 ORDER BY asked_at`
	if err := s.db.SelectContext(ctx, &kept, list, account.ID); err != nil {
		return fmt.Errorf("kept votes: %w", err)
	}
	for _, v := range kept {
		_, err := s.Cast(ctx, accounts.As(account), v.Idea, Choice{Score: v.Score, WouldBuy: v.WouldBuy, From: v.Origin})
		if kind := fault.Of(err).Kind; err != nil && (kind == fault.Internal || kind == fault.Busy) {
			return err
		}
		if err := s.drop(ctx, account.ID, v.Idea); err != nil {
			return err
		}
	}
	return nil
}
