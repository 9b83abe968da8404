package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"prosumer/internal/i18n"
	"prosumer/internal/ideas"
	"prosumer/internal/imports"
	"prosumer/internal/standing"
)

type importCmd struct {
	Ideas    importIdeasCmd    `cmd:"" help:"Add the ideas of a CSV file; a second run changes nothing."`
	Comments importCommentsCmd `cmd:"" help:"Add the comments of a CSV file to the ideas that came from the same source; a second run changes nothing."`
	List     importListCmd     `cmd:"" help:"List the imports there were."`
	Undo     importUndoCmd     `cmd:"" help:"Take an import back as a whole."`
}

type importIdeasCmd struct {
	File   string `arg:"" type:"existingfile" help:"CSV file; the separator is found out."`
	Source string `required:"" help:"Short name of where it comes from, e.g. madrid."`
	Map    string `help:"Which column is what: id=id,title=title,story=summary+text,created=date,votes=numSupports,author=userId. Left out: found out from the header."`
	Status string `default:"open" enum:"open,under_review,shortlisted" help:"Status the ideas get."`
	Topic  string `help:"Topic (its slug) for ideas without one of ours."`
	DryRun bool   `help:"Show what would happen, and write nothing."`
}

// Run imports.
func (c *importIdeasCmd) Run(a *app) error {
	var mapping imports.Mapping
	if c.Map != "" {
		var err error
		if mapping, err = imports.ParseMapping(c.Map); err != nil {
			return err
		}
	}
	raw, err := os.ReadFile(c.File)
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	rows := bytes.Count(raw, []byte("\n"))
	p, done, err := a.command()
	if err != nil {
		return err
	}
	defer done()
	b := newBar()
	report, err := imports.Run(a.ctx, p.db, bytes.NewReader(raw), imports.Options{
		Source: c.Source, File: filepath.Base(c.File), Mapping: mapping, Status: ideas.Status(c.Status), Topic: c.Topic, DryRun: c.DryRun,
	}, func(done int) { b.step("import", done, max(done, rows)) })
	b.finish()
	print(a.out, report)
	if err != nil {
		return err
	}
	if report.Added > 0 {
		if err := p.ranker.CatchUp(a.ctx); err != nil {
			return err
		}
	}
	return nil
}

// print says what was read, how it was understood, and what became of it.
func print(out io.Writer, r imports.Report) {
	if len(r.Header) > 0 {
		fmt.Fprintf(out, "Columns: %s\nRead as: %s\n", strings.Join(r.Header, ", "), r.Mapping)
	}
	for _, row := range r.Sample {
		fmt.Fprintf(out, "  line %d: %s | %s | %d votes | %s\n", row.Line, row.ExternalID, row.Title, row.Votes, row.Created.Format("2006-01-02"))
	}
	for _, e := range r.Errors {
		text := i18n.Or(i18n.EN, "fault."+e.Code, e.Text)
		if e.Text != "" {
			text = e.Text
		}
		fmt.Fprintf(out, "  line %d (%s): %s [%s]\n", e.Line, e.ExternalID, text, e.Code)
	}
	for code, n := range r.Notices {
		fmt.Fprintf(out, "  mended: %s, %d rows\n", code, n)
	}
	would := ""
	if r.DryRun {
		would = " (nothing was written)"
	}
	fmt.Fprintf(out, "%d rows: %d added with %d votes carried over, %d here already, %d refused%s.\n", r.Rows, r.Added, r.CarriedOver, r.Skipped, r.Refused, would)
	if r.Import != 0 {
		fmt.Fprintf(out, "Take it back with: server import undo %d\n", r.Import)
	}
}

type importListCmd struct{}

// Run lists imports.
func (importListCmd) Run(a *app) error {
	p, done, err := a.command()
	if err != nil {
		return err
	}
	defer done()
	list, err := imports.List(a.ctx, p.db)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "IMPORT\tSOURCE\tFILE\tADDED\tSKIPPED\tREFUSED\tAT\tUNDONE")
	for _, i := range slices.Backward(list) {
		undone := ""
		if i.UndoneAt != nil {
			undone = i.UndoneAt.Format("2006-01-02 15:04")
		}
		fmt.Fprintf(w, "%d\t%s\t%s\t%d\t%d\t%d\t%s\t%s\n", i.ID, i.Source, i.File, i.Added, i.Skipped, i.Refused, i.At.Format("2006-01-02 15:04"), undone)
	}
	return w.Flush()
}

type importUndoCmd struct {
	Import int64 `arg:"" help:"Number of the import, from import list."`
}

// Run takes an import back.
func (c *importUndoCmd) Run(a *app) error {
	p, done, err := a.command()
	if err != nil {
		return err
	}
	defer done()
	n, err := imports.Undo(a.ctx, p.db, c.Import)
	if err != nil {
		return err
	}
	fmt.Fprintf(a.out, "%d ideas and comments are gone again.\n", n)
	return standing.NewKeeper(p.db, a.log()).All(a.ctx)
}
