package comments

import (
	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
)

// Statement is the query that a list asks.
func Statement(q Query, idea ideas.ID, reader accounts.Actor) (string, []any, error) {
	return q.statement(idea, reader)
}
