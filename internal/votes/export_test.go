package votes

// QueueSize is how many ballots wait before the writer says Busy.
const QueueSize = queueSize

// Queued is how many ballots wait for the next batch of their lane.
func (w *Writer) Queued() (n int) {
	for _, l := range w.lanes {
		n += len(l.queue)
	}
	return n
}
