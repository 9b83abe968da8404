package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"prosumer/internal/imports"
)

type importCommentsCmd struct {
	File   string `arg:"" type:"existingfile" help:"CSV file; the separator is found out."`
	Source string `required:"" help:"The source that the ideas were imported from, e.g. madrid."`
	Map    string `help:"Which column is what: id=id,parent=parentId,idea=proposalId,author=userId,created=date+time,text=text,for=numPositiveVotes,against=numNegativeVotes. Left out: found out from the header."`
	DryRun bool   `help:"Show what would happen, and write nothing."`
}

// Run imports.
func (c *importCommentsCmd) Run(a *app) error {
	raw, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	p, done, err := a.command()
	if err != nil {
		return err
	}
	defer done()
	b := newBar()
	r, err := imports.Talk(a.ctx, p.db, bytes.NewReader(raw), imports.TalkOptions{
		Source: c.Source, File: filepath.Base(c.File), Map: c.Map, DryRun: c.DryRun,
	}, func(done, total int) { b.step("import", done, total) })
	b.finish()
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "Read as: %s\n", r.Mapping)
	for _, e := range r.Errors {
		fmt.Fprintf(a.out, "  line %d (%s): %s [%s]\n", e.Line, e.ExternalID, e.Text, e.Code)
	}
	would := ""
	if c.DryRun {
		would = " (nothing was written)"
	}
	fmt.Fprintf(a.out, "%d rows: %d added with %d votes for and %d against carried over, %d here already, %d refused%s.\n", r.Rows, r.Added, r.For, r.Against, r.Skipped, r.Refused, would)
	fmt.Fprintf(a.out, "%d begin a thread; %d answer what is not in the file.\n", r.Threads, r.Lost)
	if r.Import != 0 {
		fmt.Fprintf(a.out, "Take it back with: server import undo %d\n", r.Import)
	}
	return nil
}
