package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"prosumer/internal/accounts"
)

type userCmd struct {
	Create        userCreateCmd  `cmd:"" help:"Make a confirmed account. The password comes from PASSWORD or standard input."`
	Promote       userPromoteCmd `cmd:"" help:"Add a role to an account; member takes all others away."`
	ResetPassword userResetCmd   `cmd:"" help:"Set a password. It comes from PASSWORD or standard input."`
	List          userListCmd    `cmd:"" help:"List accounts, newest first."`
}

type userCreateCmd struct {
	Email  string   `arg:"" help:"Address."`
	Name   string   `required:"" help:"Name that stands beside ideas."`
	Handle string   `help:"Handle in addresses; made from the name when left out."`
	Role   []string `help:"Roles besides member: trusted, moderator, team, admin."`
}

// Run makes the account.
func (c *userCreateCmd) Run(a *app) error {
	password, err := password()
	if err != nil {
		return err
	}
	p, done, err := a.command()
	if err != nil {
		return err
	}
	defer done()
	var roles []accounts.Role
	for _, r := range c.Role {
		roles = append(roles, accounts.Role(r))
	}
	account, err := p.accounts.Create(a.ctx, accounts.SignUp{Email: c.Email, Password: password, Name: c.Name, Handle: c.Handle}, "", roles)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "Made @%s (%s).\n", account.Handle, strings.Join(account.RoleNames, ", "))
	return nil
}

type userPromoteCmd struct {
	Email string `arg:"" help:"Address of the account."`
	Role  string `arg:"" enum:"member,trusted,moderator,team,admin" help:"Role to add."`
}

// Run adds the role; the person signs in again to have it.
func (c *userPromoteCmd) Run(a *app) error {
	p, done, err := a.command()
	if err != nil {
		return err
	}
	defer done()
	account, err := p.accounts.ByEmail(a.ctx, c.Email)
	if err != nil {
		return err
	}
	if err := p.accounts.Promote(a.ctx, account, accounts.Role(c.Role)); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "@%s is %s now. They are signed out and sign in again.\n", account.Handle, c.Role)
	return nil
}

type userResetCmd struct {
	Email string `arg:"" help:"Address of the account."`
}

// Run sets the password and ends every session.
func (c *userResetCmd) Run(a *app) error {
	password, err := password()
	if err != nil {
		return err
	}
	p, done, err := a.command()
	if err != nil {
		return err
	}
	defer done()
	account, err := p.accounts.ByEmail(a.ctx, c.Email)
	if err != nil {
		return err
	}
	if err := p.accounts.SetPassword(a.ctx, account, password); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "@%s has a new password; every session ended.\n", account.Handle)
	return nil
}

// password never comes from the command line, where other users could read it.
func password() (string, error) {
	if p := os.Getenv("PASSWORD"); p != "" {
		return p, nil
	}
	if terminal(os.Stdin) {
		fmt.Fprint(os.Stderr, "Password (it is shown while you type): ")
	}
	var line strings.Builder
	one := make([]byte, 1)
	for line.Len() < 1024 {
		n, err := os.Stdin.Read(one)
		if n == 1 && one[0] != '\n' {
			line.WriteByte(one[0])
			continue
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("read password: %w", err)
		}
		break
	}
	if line.Len() == 0 {
		return "", errors.New("give the password in PASSWORD or on standard input")
	}
	return strings.TrimSuffix(line.String(), "\r"), nil
}

type userListCmd struct {
	Limit int `default:"100" help:"How many at most."`
}

// Run lists accounts.
func (c *userListCmd) Run(a *app) error {
	p, done, err := a.command()
	if err != nil {
		return err
	}
	defer done()
	list, err := p.accounts.List(a.ctx, c.Limit)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tHANDLE\tEMAIL\tROLES\tSINCE")
	for _, account := range list {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\n", account.ID, account.Handle, *account.Email, strings.Join(account.RoleNames, ","), account.CreatedAt.Format(time.DateOnly))
	}
	return w.Flush()
}

type tokenCmd struct {
	Create tokenCreateCmd `cmd:"" help:"Make an API token and print it, once."`
}

type tokenCreateCmd struct {
	Email  string   `required:"" help:"Address of the account it acts for."`
	Scopes []string `required:"" help:"What it may do: read, write, vote, team, admin."`
	Name   string   `default:"made on the command line" help:"Name in the list of tokens."`
	Days   int      `default:"365" help:"Days until it runs out, at most 365."`
}

// Run makes the token.
func (c *tokenCreateCmd) Run(a *app) error {
	p, done, err := a.command()
	if err != nil {
		return err
	}
	defer done()
	account, err := p.accounts.ByEmail(a.ctx, c.Email)
	if err != nil {
		return err
	}
	secret, err := p.accounts.NewToken(a.ctx, account.ID, c.Name, c.Scopes, time.Duration(c.Days)*24*time.Hour)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.out, secret)
	return nil
}
