package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"prosumer/internal/fixture"
)

type seedCmd struct{}

// Run adds the demo data.
func (seedCmd) Run(a *app) error {
	p, done, err := a.command()
	if err != nil {
		return err
	}
	defer done()
	if err := seedDemo(a.ctx, p); err != nil {
		return err
	}
	fmt.Fprint(a.out, demoSignIns())
	return nil
}

// seedDemo fills the board with the demo data unless it is there already.
func seedDemo(ctx context.Context, p *parts) error {
	b := newBar()
	sum, err := fixture.SeedDemo(ctx, fixture.Services{
		DB: p.db, Accounts: p.accounts, Topics: p.topics, Ideas: p.ideas, Votes: p.votes, Products: p.products, Media: p.media,
	}, time.Now(), b.step)
	b.finish()
	if err != nil {
		return errors.Join(errors.New("the demo data could not be added"), err)
	}
	if !sum.Already {
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
