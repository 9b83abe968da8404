package bus

import "time"

// Hurry shortens the waits that are meant for a network.
func (b *Bus) Hurry() {
	b.pace.every, b.pace.retry, b.pace.beat = 5*time.Millisecond, 20*time.Millisecond, 50*time.Millisecond
	b.pace.speak, b.pace.echo, b.pace.open = 2*time.Second, 2*time.Second, 3*time.Second
	b.pace.gap, b.pace.maxPause = time.Millisecond, 100*time.Millisecond
}

// Waiting counts the keys that are unsaid, and says whether they are too many
// to name.
func (b *Bus) Waiting() (keys int, gap bool) {
	b.unsaid.mu.Lock()
	defer b.unsaid.mu.Unlock()
	for _, set := range b.unsaid.words.said {
		keys += len(set)
	}
	return keys, b.unsaid.words.gap
}

// What the tests of the transports need to know.
const (
	Channel = channel
	MaxKeys = maxKeys
)
