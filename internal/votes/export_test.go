package votes

import (
	"log/slog"

	"github.com/jmoiron/sqlx"
)

// QueueSize is how many ballots wait before the writer says Busy.
const QueueSize = queueSize

// TestLanes is how many lanes a writer under test has, whatever the machine has.
const TestLanes = 2

// NewTestWriter is NewWriter with TestLanes.
func NewTestWriter(db *sqlx.DB, publish func([]Tally), log *slog.Logger) *Writer {
	return newWriter(db, publish, log, TestLanes)
}

// Queued is how many ballots wait for the next batch of their lane.
func (w *Writer) Queued() (n int) {
	for _, l := range w.lanes {
		n += len(l.queue)
	}
	return n
}
