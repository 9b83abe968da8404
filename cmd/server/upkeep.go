package main

import (
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/alecthomas/kong"

	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/votes"
)

type recountCmd struct {
	Check      bool `help:"Only compare; end with an error when something differs."`
	FromLedger bool `help:"Compare tallies and votes with the ledger of all votes ever cast. Without --check the votes are restored from it."`
	Standing   bool `help:"Recount standings alone: totals, and whether the ledger holds all that is due and no more."`
}

var errDiffers = fault.New(fault.Conflict, "recount.differs", "Some tallies differ from their votes; run recount without --check to mend them.")

// Run recounts, and brings ranks and standings up to date.
func (c *recountCmd) Run(a *app) error {
	p, done, err := a.command()
	if err != nil {
		return err
	}
	defer done()
	if c.Standing {
		return c.standings(a, p)
	}
	exact := true
	if c.FromLedger {
		if exact, err = c.replay(a, p); err != nil {
			return err
		}
	}
	b := newBar()
	found, err := p.votes.Recount(a.ctx, !c.Check, func(done, total int) { b.step("recount", done, total) })
	b.finish()
	if err != nil {
		return err
	}
	list(a.out, found, "votes")
	orphans, err := p.votes.Orphans(a.ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "%d tallies differed from their votes, %d votes without an idea.\n", len(found), orphans)
	if c.Check {
		if len(found) > 0 || orphans > 0 || !exact {
			return errDiffers
		}
		return nil
	}
	if err := p.ranker.CatchUp(a.ctx); err != nil {
		return err
	}
	return p.standing.All(a.ctx)
}

var errStandingDiffers = fault.New(fault.Conflict, "recount.standing_differs", "Some standings differ from what is due; run recount --standing without --check to mend them.")

// standings compares totals with their entries, and the ledger with what is due;
// without --check it settles everybody first.
func (c *recountCmd) standings(a *app, p *parts) error {
	if !c.Check {
		if err := p.standing.All(a.ctx); err != nil {
			return err
		}
	}
	found, err := p.standing.Check(a.ctx)
	if err != nil {
		return err
	}
	for _, t := range found.Totals {
		fmt.Fprintf(a.out, "account %d has %d points; its entries come to %d\n", t.Account, t.Says, t.Sum)
	}
	fmt.Fprintf(a.out, "%d people, %d entries: %d totals differed from their entries, %d entries were due.\n", found.People, found.Entries, len(found.Totals), found.Due)
	if !found.Exact() {
		return errStandingDiffers
	}
	return nil
}

// replay compares with the ledger and says whether all agreed.
func (c *recountCmd) replay(a *app, p *parts) (bool, error) {
	b := newBar()
	found, err := p.votes.ReplayLedger(a.ctx, !c.Check, func(done, total int) { b.step("replay of the ledger", done, total) })
	b.finish()
	if err != nil {
		return false, err
	}
	list(a.out, found.Tallies, "the ledger")
	fmt.Fprintf(a.out, "%d tallies differed from the ledger, %d ideas had votes that did.\n", len(found.Tallies), len(found.Votes))
	return found.Exact(), nil
}

// list says what differs from what, the first hundred in full.
func list(out io.Writer, found []votes.Difference, from string) {
	const most = 100
	for i, d := range found {
		if i == most {
			fmt.Fprintf(out, "and %d more\n", len(found)-most)
			break
		}
		fmt.Fprintf(out, "idea %d says %s; by %s %s\n", d.Idea, d.Says, from, d.Right)
	}
}

type recleanCmd struct{}

// Run renders every story and answer again.
func (recleanCmd) Run(a *app) error {
	p, done, err := a.command()
	if err != nil {
		return err
	}
	defer done()
	b := newBar()
	changed, err := p.ideas.Reclean(a.ctx, func(done, total int) { b.step("ideas and answers", done, total) })
	if err != nil {
		return err
	}
	more, err := p.products.Reclean(a.ctx, func(done, total int) { b.step("products", done, total) })
	if err != nil {
		return err
	}
	bios, err := ideas.Recleanable{Name: "accounts", Source: "bio_source", HTML: "bio_html"}.Run(a.ctx, p.db, func(done, total int) { b.step("profiles", done, total) })
	if err != nil {
		return err
	}
	more += bios
	for _, table := range []string{"challenge_texts", "challenge_terms"} {
		posed, err := ideas.Recleanable{Name: table, Source: "source", HTML: "html"}.Run(a.ctx, p.db, func(done, total int) { b.step("challenges", done, total) })
		if err != nil {
			return err
		}
		more += posed
	}
	said, err := p.comments.Reclean(a.ctx, func(done, total int) { b.step("comments", done, total) })
	if err != nil {
		return err
	}
	more += said
	b.finish()
	fmt.Fprintf(a.out, "%d texts came out differently and were stored.\n", changed+more)
	return nil
}

type healthcheckCmd struct {
	Address string `default:"" help:"Address to ask; the server's own by default."`
}

// Run asks /readyz.
func (c *healthcheckCmd) Run(a *app) error {
	address := c.Address
	if address == "" {
		_, port, _ := strings.Cut(a.cfg.Addr, ":")
		address = "http://127.0.0.1:" + port
	}
	client := http.Client{Timeout: 3 * time.Second}
	answer, err := client.Get(address + "/readyz")
	if err != nil {
		return fmt.Errorf("not reachable: %w", err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s", answer.Status)
	}
	return nil
}

type versionCmd struct{}

// Run says the version.
func (versionCmd) Run(a *app) error {
	fmt.Fprintln(a.out, version())
	return nil
}

// version is that of the module, or the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 10 {
			return s.Value[:10]
		}
	}
	return strings.Trim(info.Main.Version, "()")
}

type routesCmd struct{}

// Run lists the addresses of the site.
func (routesCmd) Run(a *app) error {
	site, err := newSite(a, &parts{}, siteOptions{log: a.log()})
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	seen := map[string]bool{}
	var lines []string
	for _, r := range site.GetRoutes(true) {
		line := r.Path + "\t" + r.Method
		if r.Method == http.MethodHead || seen[line] {
			continue
		}
		seen[line] = true
		lines = append(lines, line)
	}
	slices.Sort(lines)
	for _, line := range lines {
		path, method, _ := strings.Cut(line, "\t")
		fmt.Fprintf(w, "%s\t%s\n", method, path)
	}
	return w.Flush()
}

type settingsCmd struct{}

var secrets = []string{"DATABASE_URL", "NATS_URL", "SECRET_KEY", "SMTP_URL"}

// Run lists the settings.
func (settingsCmd) Run(a *app, parser *kong.Kong) error {
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "VARIABLE\tFLAG\tDEFAULT\tNOW\tWHAT IT IS")
	for _, f := range parser.Model.Flags {
		if len(f.Tag.Envs) == 0 {
			continue
		}
		name, now := f.Tag.Envs[0], fmt.Sprint(f.Target.Interface())
		if slices.Contains(secrets, name) && now != "" {
			now = "(set)"
		}
		fmt.Fprintf(w, "%s\t--%s\t%s\t%s\t%s\n", name, f.Name, f.Default, now, f.Help)
	}
	return w.Flush()
}
