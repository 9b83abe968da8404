package cluster

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"sync"
)

// Options say where a cluster lives and how careful it is.
type Options struct {
	Data string    // its folder; made when missing
	Fast bool      // trade durability for speed; only for what may be lost
	Log  io.Writer // sentences for the operator; nil drops them
}

// Cluster is a PostgreSQL that this process uses, and may have started.
type Cluster struct {
	bin  Binaries
	home folder
	who  identity
	fast bool
	log  io.Writer
	use  *os.File // shared lock, held as long as we use the cluster

	mu      sync.Mutex
	socket  string        // folder of the socket
	pid     int           // the postmaster
	exited  chan struct{} // closed once our child has ended; nil when it is not our child
	stopped bool
}

// Start makes the cluster in o.Data run and answers once it takes connections:
// it joins the one that runs there, brings back the one that crashed, or makes
// a new one. Call Stop when done.
func Start(ctx context.Context, o Options) (*Cluster, error) {
	log := o.Log
	if log == nil {
		log = io.Discard
	}
	who, err := unprivileged()
	if err != nil {
		return nil, err
	}
	home, err := settle(o.Data, who, log)
	if err != nil {
		return nil, err
	}
	bin, err := find(ctx, home, who)
	if err != nil {
		return nil, err
	}
	c := &Cluster{bin: bin, home: home, who: who, fast: o.Fast, log: log}
	if err := c.enter(ctx); err != nil {
		return nil, err
	}
	return c, nil
}

// Join gives the cluster in o.Data to a command beside the server: the running
// one, or one started for it. release stops it again if nobody else uses it.
func Join(ctx context.Context, o Options) (c *Cluster, release func(), err error) {
	if c, err = Start(ctx, o); err != nil {
		return nil, nil, err
	}
	return c, func() {
		if err := c.Stop(); err != nil {
			_, _ = fmt.Fprintln(c.log, err)
		}
	}, nil
}

// DSN is the address of a database in the cluster, as a URL. It stays the same
// when Supervise brings the cluster back.
func (c *Cluster) DSN(db string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return dsn(c.socket, db)
}

func dsn(socket, db string) string {
	u := url.URL{Scheme: "postgres", User: url.User("postgres"), Path: "/" + db}
	u.RawQuery = url.Values{"host": {socket}, "port": {"5432"}, "sslmode": {"disable"}}.Encode()
	return u.String()
}

// enter takes the shared lock and makes sure that the postmaster runs, while
// nobody else starts or stops it.
func (c *Cluster) enter(ctx context.Context) error {
	unlock, err := c.home.gate(ctx)
	if err != nil {
		return err
	}
	defer unlock()
	if c.use, err = openLock(filepath.Join(c.home.root, "users.lock")); err != nil {
		return err
	}
	if err = waitLock(ctx, c.use, shared); err == nil {
		c.mu.Lock()
		err = c.up(ctx)
		c.mu.Unlock()
	}
	if err != nil {
		release(c.use)
	}
	return err
}

// Stop ends our use of the cluster. The last of its users stops the postmaster,
// waiting for a clean shutdown. A second call does nothing.
func (c *Cluster) Stop() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.stopped {
		return nil
	}
	c.stopped = true
	unlock, err := c.home.gate(context.Background())
	if err != nil {
		return err
	}
	defer unlock()
	defer release(c.use)
	if last := tryLock(c.use, exclusive); !last {
		return nil
	}
	return c.down()
}
