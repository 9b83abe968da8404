package outbox

import "time"

// NeverPoll leaves a relay with nothing but NOTIFY to wake it.
func (r *Relay) NeverPoll() { r.poll = time.Hour }
