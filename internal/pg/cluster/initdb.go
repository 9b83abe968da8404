package cluster

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
)

// initialise makes the data under another name first: an interrupted initdb
// must not look like a database.
func (c *Cluster) initialise(ctx context.Context) error {
	draft := c.home.data() + ".new"
	if err := errors.Join(os.RemoveAll(draft), os.RemoveAll(c.home.data())); err != nil {
		return fmt.Errorf("clear the data folder: %w", err)
	}
	args := []string{
		"-D", draft, "-U", "postgres", "-E", "UTF8", "--locale=" + locale(),
		"--auth-local=trust", "--auth-host=reject", "--no-instructions",
	}
	if c.fast {
		args = append(args, "--no-sync")
	}
	out, err := c.who.as(exec.CommandContext(ctx, c.bin.path("initdb"), args...)).CombinedOutput()
	if err != nil {
		hint := ""
		if bytes.Contains(out, []byte("could not look up effective user ID")) {
			hint = "\nPostgreSQL needs a user with a name. In a container set DATABASE_URL, or run as a user of /etc/passwd."
		}
		return fmt.Errorf("initdb: %w\n%s%s", err, bytes.TrimSpace(out), hint)
	}
	if err := os.Rename(draft, c.home.data()); err != nil {
		return fmt.Errorf("place the data: %w", err)
	}
	return nil
}
