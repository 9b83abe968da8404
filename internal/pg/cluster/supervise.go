package cluster

import (
	"context"
	"fmt"
	"time"
)

// Supervise watches the postmaster and brings it back whenever it has died. It
// looks every second, and at once when the postmaster is our child. Failures
// are written to Options.Log and tried again. It returns when ctx ends.
func (c *Cluster) Supervise(ctx context.Context) {
	pause := 250 * time.Millisecond
	for ctx.Err() == nil {
		c.mu.Lock()
		exited, stopped := c.exited, c.stopped
		c.mu.Unlock()
		if stopped {
			<-ctx.Done()
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-exited:
		case <-time.After(time.Second):
		}
		revived, err := c.revive(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			_, _ = fmt.Fprintf(c.log, "PostgreSQL did not come back, trying again: %v\n", err)
			_ = sleep(ctx, pause)
			pause = min(2*pause, 5*time.Second)
		case revived:
			_, _ = fmt.Fprintln(c.log, "PostgreSQL had died and runs again.")
			pause = 250 * time.Millisecond
		}
	}
}

// revive starts the postmaster if it is dead and was not stopped by us.
func (c *Cluster) revive(ctx context.Context) (revived bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopped || c.alive() {
		return false, nil
	}
	unlock, err := c.home.gate(ctx)
	if err != nil {
		return false, err
	}
	defer unlock()
	if err := c.up(ctx); err != nil {
		return false, err
	}
	return true, nil
}
