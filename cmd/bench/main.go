// Command bench measures the hot paths of the built server against a limit of
// the same run, and writes bench/report.md.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"prosumer/internal/pg"
	"prosumer/internal/pg/cluster"
	"prosumer/migrations"
)

// options is how long and with what the run works.
type options struct {
	server  string
	report  string
	clients int
	rounds  int
	round   time.Duration
}

func main() {
	var o options
	flag.StringVar(&o.server, "server", "bin/server", "the built server")
	flag.StringVar(&o.report, "report", "bench/report.md", "where the report goes")
	flag.IntVar(&o.clients, "clients", 64, "connections that vote at once")
	flag.IntVar(&o.rounds, "rounds", 5, "rounds of each design, interleaved")
	flag.DurationVar(&o.round, "round", 2*time.Second, "length of a round")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	dir, err := os.MkdirTemp("/var/tmp", "prosumer-bench-")
	if err != nil {
		return fmt.Errorf("a folder to work in: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := os.Chmod(dir, 0o755); err != nil { // PostgreSQL runs as another user when we are root
		return err
	}
	fmt.Println("Starting a durable PostgreSQL (fsync and synchronous_commit on).")
	own, err := cluster.Start(ctx, cluster.Options{Data: filepath.Join(dir, "pg"), Log: os.Stderr})
	if err != nil {
		return err
	}
	defer func() { _ = own.Stop() }()

	r := report{Machine: machine(), Go: runtime.Version(), Clients: o.clients, Rounds: o.rounds, Round: o.round, At: time.Now()}
	if err := measureVotes(ctx, o, own, dir, &r); err != nil {
		return err
	}
	if err := measureFirstLoad(ctx, o, own, dir, &r); err != nil {
		return err
	}
	fmt.Print(r.markdown())
	if err := os.MkdirAll(filepath.Dir(o.report), 0o755); err != nil {
		return err
	}
	return os.WriteFile(o.report, []byte(r.markdown()), 0o644)
}

// prepare makes a migrated database of its own.
func prepare(ctx context.Context, own *cluster.Cluster, name string) (string, error) {
	if err := own.EnsureDatabase(ctx, name); err != nil {
		return "", err
	}
	db, err := pg.Open(ctx, own.DSN(name))
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }()
	return own.DSN(name), pg.Migrate(ctx, db, migrations.FS)
}
