// Command server is the board: the site, its API, and the commands of whoever
// runs it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"prosumer/internal/config"
	"prosumer/internal/fault"
)

// cli is every command and setting; `server help` lists them.
type cli struct {
	config.Config

	Serve       serveCmd       `cmd:"" default:"withargs" help:"Run the board (the default)."`
	Migrate     migrateCmd     `cmd:"" help:"Bring the database's schema up to date."`
	Seed        seedCmd        `cmd:"" help:"Add the demo data, once."`
	Replay      replayCmd      `cmd:"" help:"Cast the ballots that a table of Threadless sums up; a second run goes on or changes nothing."`
	Evaluate    evaluateCmd    `cmd:"" help:"Compare the order of shortlists with what a table of Threadless says was printed."`
	Import      importCmd      `cmd:"" help:"Bring in what another tool exported."`
	Digest      digestCmd      `cmd:"" help:"Send the digests of what waits now, without waiting for their hour. One a day for each reader."`
	Recount     recountCmd     `cmd:"" help:"Compare every tally with its votes, and mend it."`
	Reclean     recleanCmd     `cmd:"" help:"Render every stored text again, after a change of the policy."`
	User        userCmd        `cmd:"" help:"Accounts: create, promote, reset-password, list."`
	Token       tokenCmd       `cmd:"" help:"API tokens."`
	Postgres    postgresCmd    `cmd:"" help:"PostgreSQL for other programs."`
	Routes      routesCmd      `cmd:"" help:"List every address of the site."`
	Settings    settingsCmd    `cmd:"" name:"config" help:"List every setting, its default, and what it is now. Secrets are not shown."`
	Healthcheck healthcheckCmd `cmd:"" help:"Ask a running server whether it is ready; for containers."`
	Version     versionCmd     `cmd:"" help:"Say which version this is."`
}

// app is what every command gets.
type app struct {
	ctx context.Context
	cfg *config.Config
	out io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "server:", sentence(err))
		os.Exit(1)
	}
}

// sentence says a refusal plainly, and anything else as it is.
func sentence(err error) string {
	f := fault.Of(err)
	if f.Kind == fault.Internal {
		return err.Error()
	}
	text := f.Text
	for field, code := range f.Fields {
		text += fmt.Sprintf(" (%s: %s)", field, code)
	}
	return text
}

// run is the whole program with everything it reads handed in.
func run(ctx context.Context, args []string, out io.Writer) error {
	if err := config.FromFiles(); err != nil {
		return err
	}
	var c cli
	parser, err := kong.New(&c, kong.Name("server"), kong.Description("An open-source co-creation idea board."),
		kong.UsageOnError(), kong.Writers(out, os.Stderr), kong.Exit(func(code int) { panic(exit(code)) }))
	if err != nil {
		return fmt.Errorf("commands: %w", err)
	}
	parsed, err := parse(parser, args)
	if err != nil || parsed == nil {
		return err
	}
	if err := c.Config.Check(); err != nil {
		return err
	}
	err = parsed.Run(&app{ctx: ctx, cfg: &c.Config, out: out}, parser)
	if errors.Is(err, context.Canceled) && ctx.Err() != nil {
		return nil
	}
	return err
}

// exit carries kong's wish to end the program out of its parser.
type exit int

// parse gives nil without an error when help was asked for and shown.
func parse(parser *kong.Kong, args []string) (parsed *kong.Context, err error) {
	defer func() {
		switch code := recover().(type) {
		case nil:
		case exit:
			parsed = nil
			if code != 0 {
				err = errors.New("see server --help")
			}
		default:
			panic(code)
		}
	}()
	if len(args) > 0 && args[0] == "help" {
		args = append(args[1:], "--help")
	}
	return parser.Parse(args)
}
