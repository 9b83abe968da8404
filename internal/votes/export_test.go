package votes

// QueueSize is how many ballots wait before the writer says Busy.
const QueueSize = queueSize

// Queued is how many ballots wait for the next batch.
func (w *Writer) Queued() int { return len(w.queue) }
