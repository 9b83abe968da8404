package comments

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/clean"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/notices"
	"prosumer/internal/pg"
)

// Say adds a comment to the talk of an idea: a new thread when answers is 0,
// else a reply to that comment. A reply to what lies on the second level joins
// it there. Whoever it concerns is told, each once.
func (s *Service) Say(ctx context.Context, actor accounts.Actor, idea ideas.ID, answers ID, text Text) (ID, error) {
	if actor.Visitor() {
		return 0, ErrSignIn
	}
	t, err := text.tidy(answers != 0)
	if err != nil {
		return 0, s.first(ctx, actor, idea, err)
	}
	var id ID
	err = pg.InTx(ctx, s.db, func(tx pg.Q) error {
		if _, err := s.enter(ctx, tx, actor, idea); err != nil {
			return err
		}
		at, err := placeOf(ctx, tx, idea, answers)
		if err != nil {
			return err
		}
		if err := s.claim(ctx, tx, actor, t); err != nil {
			return err
		}
		const query = `
			INSERT INTO comments (idea_id, thread_id, parent_id, reply_to, author_id, kind, stance, source, html, text, policy_version, staff)
			VALUES ($1, nullif($2, 0), nullif($3, 0), nullif($4, 0), $5, $6, nullif($7, ''), $8, $9, $10, $11, $12) RETURNING id`
		err = sqlx.GetContext(ctx, tx, &id, query, idea, at.Thread, at.Parent, at.ReplyTo, actor.ID, t.Kind, t.Stance, t.Body, t.HTML, t.Plain, clean.PolicyVersion, actor.Staff())
		if err != nil {
			return fmt.Errorf("comment on idea %d: %w", idea, err)
		}
		named, err := mention(ctx, tx, id, actor.ID, t.Names)
		if err != nil {
			return err
		}
		if err := s.tell(ctx, tx, actor, idea, id, at.Answers, named); err != nil {
			return err
		}
		return announce(ctx, tx, idea)
	})
	if err != nil {
		return 0, err
	}
	return id, nil
}

// first says that somebody may not, before what is wrong with their words.
func (s *Service) first(ctx context.Context, actor accounts.Actor, idea ideas.ID, wrong error) error {
	found, err := s.ideas.ByID(ctx, actor, idea)
	if err != nil {
		return err
	}
	head, err := headOf(ctx, s.db, idea)
	if err != nil {
		return err
	}
	if refused := Refusal(actor, found, head.Locked); refused != nil {
		return refused
	}
	return wrong
}

// enter holds the idea and its talk as they are until the end of the
// transaction, and refuses who may not add to it. The talk's row is taken
// before any comment's, so that those who speak at once take turns.
func (s *Service) enter(ctx context.Context, tx pg.Q, actor accounts.Actor, idea ideas.ID) (ideas.Idea, error) {
	found, err := s.ideas.SeeShared(ctx, tx, actor, idea)
	if err != nil {
		return found, err
	}
	locked, err := takeTalk(ctx, tx, idea)
	if err != nil {
		return found, err
	}
	return found, Refusal(actor, found, locked)
}

// takeTalk locks the row of a talk, which it makes where there was none.
func takeTalk(ctx context.Context, tx pg.Q, idea ideas.ID) (locked bool, err error) {
	if _, err := tx.ExecContext(ctx, `INSERT INTO talks (idea_id) VALUES ($1) ON CONFLICT DO NOTHING`, idea); err != nil {
		return false, fmt.Errorf("talk of idea %d: %w", idea, err)
	}
	err = sqlx.GetContext(ctx, tx, &locked, `SELECT locked_at IS NOT NULL FROM talks WHERE idea_id = $1 FOR NO KEY UPDATE`, idea)
	if err != nil {
		return false, fmt.Errorf("talk of idea %d: %w", idea, err)
	}
	return locked, nil
}

// place is where a comment goes.
type place struct {
	Thread, Parent, ReplyTo ID
	Answers                 accounts.ID // who is answered; 0 for nobody
}

// placeOf finds where an answer goes: below what it answers, or, where that is
// on the second level already, beside it.
func placeOf(ctx context.Context, tx pg.Q, idea ideas.ID, answers ID) (place, error) {
	if answers == 0 {
		return place{}, nil
	}
	var to struct {
		Thread ID          `db:"thread_id"`
		Parent ID          `db:"parent_id"`
		Author accounts.ID `db:"author_id"`
		Shown  bool        `db:"shown"`
	}
	const query = `SELECT coalesce(thread_id, 0) AS thread_id, coalesce(parent_id, 0) AS parent_id, author_id, shown FROM comments WHERE id = $1 AND idea_id = $2 FOR SHARE`
	err := sqlx.GetContext(ctx, tx, &to, query, answers, idea)
	switch {
	case pg.Missing(err):
		return place{}, ErrNotFound
	case err != nil:
		return place{}, fmt.Errorf("comment %d: %w", answers, err)
	case !to.Shown:
		return place{}, ErrGone
	case to.Thread == 0: // begins a thread
		return place{Thread: answers, Parent: answers, Answers: to.Author}, nil
	case to.Parent == to.Thread: // on the first level
		return place{Thread: to.Thread, Parent: answers, Answers: to.Author}, nil
	}
	return place{Thread: to.Thread, Parent: to.Parent, ReplyTo: answers, Answers: to.Author}, nil
}

// claim holds the pictures of a comment against who wrote it.
func (s *Service) claim(ctx context.Context, tx pg.Q, actor accounts.Actor, t tidied) error {
	err := s.ideas.Claim(ctx, tx, actor.ID, t.HTML)
	if f := fault.Of(err); err != nil && f.Kind != fault.Internal {
		if f.Fields != nil {
			return errInvalid.With("body", "media.not_yours")
		}
		return errInvalid.With("body", f.Code)
	}
	return err
}

// tell has everybody told whom a new comment concerns. All facts of one comment
// have one key, so that who stands in several hears of it once, by the first.
func (s *Service) tell(ctx context.Context, tx pg.Q, actor accounts.Actor, idea ideas.ID, id ID, answered accounts.ID, named []accounts.ID) error {
	fact := func(kind notices.Kind, also notices.Audience, to ...accounts.ID) error {
		return s.notices.Tell(ctx, tx, notices.Fact{
			Kind: kind, Key: "comment:" + id.String(), Idea: idea, To: to, Also: also, But: actor.ID, Data: map[string]string{"comment": id.String()},
		})
	}
	var failed error
	if answered != 0 && answered != actor.ID {
		failed = errors.Join(failed, fact(notices.Replied, 0, answered))
	}
	if len(named) > 0 {
		failed = errors.Join(failed, fact(notices.NamedInTalk, 0, named...))
	}
	return errors.Join(failed, fact(notices.Commented, notices.Contributor|notices.CoCreators))
}
