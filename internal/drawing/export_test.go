package drawing

import "time"

// Wait says how long a card waits for its turn.
func (p *Press) Wait(d time.Duration) { p.waits = d }
