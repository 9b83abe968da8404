package comments

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

const headColumns = `comments, threads, questions, suggestions, critiques, praises, fors, againsts, locked_at IS NOT NULL AS locked`

func headOf(ctx context.Context, q pg.Q, idea ideas.ID) (Head, error) {
	var h Head
	err := sqlx.GetContext(ctx, q, &h, `SELECT `+headColumns+` FROM talks WHERE idea_id = $1`, idea)
	if pg.Missing(err) {
		return Head{}, nil
	}
	if err != nil {
		return Head{}, fmt.Errorf("talk of idea %d: %w", idea, err)
	}
	return h, nil
}

// Talk gives a part of the talk of an idea that the caller knows the actor may
// see. It asks the database twice, and once where nothing was said.
func (s *Service) Talk(ctx context.Context, actor accounts.Actor, idea ideas.ID, q Query) (Page, error) {
	if q.Order == "" {
		q.Order = Useful
	}
	if !slices.Contains(Orders, q.Order) || q.Kind != "" && !slices.Contains(Kinds, q.Kind) || q.Stance != "" && q.Stance != For && q.Stance != Against {
		return Page{}, ErrCursor
	}
	var head struct {
		Head
		Newest ID `db:"newest"`
	}
	const query = `SELECT ` + headColumns + `, coalesce((SELECT max(id) FROM comments WHERE comments.idea_id = $1), 0) AS newest FROM talks WHERE idea_id = $1`
	err := s.talks.QueryRowxContext(ctx, query, idea).StructScan(&head)
	if pg.Missing(err) {
		return Page{}, nil
	}
	if err != nil {
		return Page{}, fmt.Errorf("talk of idea %d: %w", idea, err)
	}
	p := Page{Head: head.Head, Newest: head.Newest}
	if head.Newest == 0 {
		return p, nil
	}
	switch {
	case q.Thread != 0:
		return s.thread(ctx, actor, idea, q, p)
	case q.Since != 0:
		return s.arrived(ctx, actor, idea, q, p)
	}
	rows, err := s.rows(ctx, actor, idea, q)
	if err != nil {
		return Page{}, err
	}
	key, last := orderings[q.Order].key, row{}
	var list []Comment
	for _, r := range rows {
		switch {
		case r.Nth > q.limit():
			p.Next = cursor{key(last), int64(last.ID)}.String()
		case r.IsHead && r.OnTop:
			p.Pinned = append(p.Pinned, r.comment(actor))
		case r.IsHead:
			list, last = append(list, r.comment(actor)), r
		default:
			hang(p.Pinned, r.comment(actor))
			hang(list, r.comment(actor))
		}
	}
	p.Threads = list
	return p, nil
}

// hang puts a reply with the thread that it belongs to, in the order given.
func hang(threads []Comment, reply Comment) {
	for i := range threads {
		if threads[i].ID == reply.Thread {
			threads[i].Below = append(threads[i].Below, reply)
			return
		}
	}
}

func (s *Service) rows(ctx context.Context, actor accounts.Actor, idea ideas.ID, q Query) ([]row, error) {
	query, args, err := q.statement(idea, actor)
	if err != nil {
		return nil, err
	}
	var rows []row
	if err := s.talks.All(ctx, &rows, query, args...); err != nil {
		return nil, fmt.Errorf("talk of idea %d: %w", idea, err)
	}
	return rows, nil
}

// thread is one thread with its replies, from one on where there are many.
func (s *Service) thread(ctx context.Context, actor accounts.Actor, idea ideas.ID, q Query, p Page) (Page, error) {
	query := `
		WITH picked AS (
			SELECT c.id, true AS head FROM comments c WHERE c.id = $4 AND c.idea_id = $1 AND c.thread_id IS NULL
			UNION ALL
			(SELECT r.id, false FROM comments r
			 WHERE r.thread_id = $4 AND r.idea_id = $1 AND (r.branch_id, r.id) >= (coalesce((SELECT f.branch_id FROM comments f WHERE f.id = $5), 0), $5) AND ` + standing(`r`) + `
			 ORDER BY r.branch_id, r.id LIMIT ` + strconv.Itoa(threadReplies+1) + `)
		) SELECT 1 AS nth, false AS on_top, p.head, ` + columns + `
		FROM picked p ` + each + joins + ` ORDER BY p.head DESC, c.branch_id, c.id`
	var rows []row
	if err := s.db.SelectContext(ctx, &rows, query, idea, actor.ID, actor.Moderates(), q.Thread, q.From); err != nil {
		return Page{}, fmt.Errorf("thread %d: %w", q.Thread, err)
	}
	if len(rows) == 0 || !rows[0].IsHead {
		return Page{}, ErrNotFound
	}
	top := rows[0].comment(actor)
	if top.HTML.Empty() && top.Replies == 0 {
		return Page{}, ErrNotFound
	}
	if len(rows) > threadReplies+1 {
		p.More = rows[threadReplies+1].ID
		rows = rows[:threadReplies+1]
	}
	for _, r := range rows[1:] {
		top.Below = append(top.Below, r.comment(actor))
	}
	p.Threads = []Comment{top}
	return p, nil
}

// arrived is what was said since a comment, the oldest first.
func (s *Service) arrived(ctx context.Context, actor accounts.Actor, idea ideas.ID, q Query, p Page) (Page, error) {
	query := `SELECT 1 AS nth, false AS on_top, true AS head, ` + columns + ` FROM comments c ` + joins + `
		WHERE c.idea_id = $1 AND c.id > $3 AND c.shown ORDER BY c.id LIMIT ` + strconv.Itoa(mostArrived)
	var rows []row
	if err := s.db.SelectContext(ctx, &rows, query, idea, actor.ID, q.Since); err != nil {
		return Page{}, fmt.Errorf("what was said on idea %d since %d: %w", idea, q.Since, err)
	}
	for _, r := range rows {
		p.Threads = append(p.Threads, r.comment(actor))
	}
	if len(rows) == mostArrived {
		p.Newest = rows[len(rows)-1].ID
	}
	return p, nil
}

// Sides gives the most useful comments for and against, beside each other.
func (s *Service) Sides(ctx context.Context, actor accounts.Actor, idea ideas.ID) (Sides, error) {
	pro, err := s.Talk(ctx, actor, idea, Query{Stance: For})
	if err != nil {
		return Sides{}, err
	}
	con, err := s.Talk(ctx, actor, idea, Query{Stance: Against})
	if err != nil {
		return Sides{}, err
	}
	return Sides{Head: pro.Head, For: pro.Threads, Against: con.Threads}, nil
}

// ByID finds a comment as the actor may see it; ErrNotFound for what is not
// there for them, with its idea. What was deleted is there as long as it was
// answered.
func (s *Service) ByID(ctx context.Context, actor accounts.Actor, id ID) (Comment, error) {
	var r row
	query := `SELECT 1 AS nth, false AS on_top, true AS head, ` + columns + ` FROM comments c ` + joins + ` WHERE c.id = $1`
	err := s.db.GetContext(ctx, &r, query, id, actor.ID)
	if pg.Missing(err) {
		return Comment{}, ErrNotFound
	}
	if err != nil {
		return Comment{}, fmt.Errorf("comment %d: %w", id, err)
	}
	if _, err := s.ideas.ByID(ctx, actor, r.Idea); err != nil {
		return Comment{}, ErrNotFound
	}
	c := r.comment(actor)
	if r.Hidden && c.HTML.Empty() {
		return Comment{}, ErrNotFound
	}
	return c, nil
}

// Where says on which page of a talk a comment stands.
func (s *Service) Where(ctx context.Context, actor accounts.Actor, id ID) (idea ideas.Idea, thread, from ID, err error) {
	var at struct {
		Idea    ideas.ID `db:"idea_id"`
		Thread  ID       `db:"thread"`
		Branch  ID       `db:"branch"`
		Replies int      `db:"replies"`
	}
	const query = `
		SELECT c.idea_id, coalesce(c.thread_id, c.id) AS thread, coalesce(c.branch_id, 0) AS branch, h.replies
		FROM comments c JOIN comments h ON h.id = coalesce(c.thread_id, c.id) WHERE c.id = $1`
	err = s.db.GetContext(ctx, &at, query, id)
	if pg.Missing(err) {
		return ideas.Idea{}, 0, 0, ErrNotFound
	}
	if err != nil {
		return ideas.Idea{}, 0, 0, fmt.Errorf("comment %d: %w", id, err)
	}
	if idea, err = s.ideas.ByID(ctx, actor, at.Idea); err != nil {
		return ideas.Idea{}, 0, 0, ErrNotFound
	}
	if at.Replies > threadReplies {
		from = at.Branch
	}
	return idea, at.Thread, from, nil
}
