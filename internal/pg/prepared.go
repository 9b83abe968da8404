package pg

import (
	"context"
	"fmt"
	"sync"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
)

// preparedKept bounds how many questions are kept prepared. Filters and orders
// of a list make some hundred different ones; beyond that they are asked plainly.
const preparedKept = 200

// Prepared asks each question by a statement that is prepared once, and so
// planned once: planning a list takes the database longer than answering it. Use
// it where one plan is good whatever the arguments are.
type Prepared struct {
	db *sqlx.DB

	mu   sync.Mutex
	kept map[string]*sqlx.Stmt
}

// NewPrepared asks db.
func NewPrepared(db *sqlx.DB) *Prepared { return &Prepared{db: db, kept: map[string]*sqlx.Stmt{}} }

// All reads every row of the answer.
func (p *Prepared) All(ctx context.Context, into any, query string, args ...any) error {
	s, err := p.statement(ctx, query)
	if err != nil {
		return err
	}
	if s == nil {
		return p.db.SelectContext(ctx, into, query, args...)
	}
	err = s.SelectContext(ctx, into, args...)
	if pq.As(err, pqerror.FeatureNotSupported) != nil { // a migration changed a table under the plan
		p.forget(query, s)
		return p.db.SelectContext(ctx, into, query, args...)
	}
	return err
}

// QueryRowxContext asks for one row, for Together. A question whose columns a
// migration changes in type is not to be asked this way.
func (p *Prepared) QueryRowxContext(ctx context.Context, query string, args ...any) *sqlx.Row {
	if s, err := p.statement(ctx, query); err == nil && s != nil {
		return s.QueryRowxContext(ctx, args...)
	}
	return p.db.QueryRowxContext(ctx, query, args...)
}

// statement gives the question prepared, or nil when too many are.
func (p *Prepared) statement(ctx context.Context, query string) (*sqlx.Stmt, error) {
	p.mu.Lock()
	s, full := p.kept[query], len(p.kept) >= preparedKept
	p.mu.Unlock()
	if s != nil || full {
		return s, nil
	}
	s, err := p.db.PreparexContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if other := p.kept[query]; other != nil { // somebody else was quicker
		_ = s.Close()
		return other, nil
	}
	p.kept[query] = s
	return s, nil
}

func (p *Prepared) forget(query string, s *sqlx.Stmt) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept[query] == s {
		delete(p.kept, query)
		_ = s.Close()
	}
}
