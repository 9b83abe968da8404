package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"prosumer/internal/fixture"
	"prosumer/internal/load"
	"prosumer/internal/notices"
	"prosumer/internal/products"
)

type seedCmd struct {
	Ideas   int `placeholder:"N" help:"Load a made-up set of so many ideas instead, to measure with."`
	Votes   int `placeholder:"N" help:"Its votes."`
	Members int `placeholder:"N" help:"Its members; left out: a fiftieth of the votes, between 1,000 and 200,000."`
}

// Validate is kong's hook.
func (c *seedCmd) Validate() error {
	switch {
	case c.Ideas < 0 || c.Votes < 0 || c.Members < 0:
		return errors.New("--ideas, --votes and --members are whole numbers from 1")
	case c.Ideas == 0 && (c.Votes > 0 || c.Members > 0):
		return errors.New("--votes and --members go with --ideas")
	}
	return nil
}

// Run adds the demo data, or loads a large set.
func (c *seedCmd) Run(a *app) error {
	p, done, err := a.command()
	if err != nil {
		return err
	}
	defer done()
	if c.Ideas > 0 {
		return c.load(a, p)
	}
	if err := seedDemo(a.ctx, p); err != nil {
		return err
	}
	fmt.Fprint(a.out, demoSignIns())
	return nil
}

// load loads a large set, or what is missing of it.
func (c *seedCmd) load(a *app, p *parts) error {
	b := newBar()
	set, err := load.Seed(a.ctx, p.db, load.SeedOptions{Ideas: c.Ideas, Votes: c.Votes, Members: c.Members, Progress: b.step})
	b.finish()
	if errors.Is(err, context.Canceled) && a.ctx.Err() != nil {
		fmt.Fprintf(a.out, "Stopped after %d ideas and %d votes, which are kept. Give the same numbers to go on; until the end the board may lack indexes.\n", set.Ideas, set.Votes)
		return err
	}
	if err != nil {
		return err
	}
	if set.Already {
		fmt.Fprintln(a.out, "This set is here already.")
		return nil
	}
	slowly := ""
	if set.RowByRow {
		slowly = " The board was not empty, so that its indexes grew row by row; an empty one takes a fraction of the time."
	}
	fmt.Fprintf(a.out, "%d ideas and %d votes of %d members in %s.%s\n", set.Ideas, set.Votes, set.Members, set.Took.Round(time.Second), slowly)
	return nil
}

// seedDemo fills the board with the demo data unless it is there already.
func seedDemo(ctx context.Context, p *parts) error {
	b := newBar()
	sum, err := fixture.SeedDemo(ctx, fixture.Services{
		DB: p.db, Accounts: p.accounts, Topics: p.topics, Ideas: p.ideas, Votes: p.votes, Media: p.media,
		Products: products.NewService(p.db, p.ideas, notices.Silent(p.db)), // nobody is told of what never happened
	}, time.Now(), b.step)
	b.finish()
	if err != nil {
		return errors.Join(errors.New("the demo data could not be added"), err)
	}
	if !sum.Already {
		if err := p.milestones.Settle(ctx); err != nil { // nobody is told of votes that were drawn
			return err
		}
		fmt.Fprintf(b.out, "Demo data: %d ideas, %d people, %d votes, %d products.\n", sum.Ideas, sum.People+sum.Members, sum.Votes, sum.Products)
	}
	return nil
}

// demoSignIns lists who to sign in as: one of each kind.
func demoSignIns() string {
	content, err := fixture.Demo()
	if err != nil {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "  Sign in with the password %s as\n", fixture.Password)
	seen := map[string]bool{}
	for _, person := range content.People {
		kind := person.Lang + " member"
		if person.Role != "" {
			kind = person.Role
		}
		if !seen[kind] {
			seen[kind] = true
			fmt.Fprintf(&b, "    %-28s %s, %s\n", fixture.Email(person.Handle), person.Name, kind)
		}
	}
	return b.String()
}
