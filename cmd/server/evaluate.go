package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"
	"time"

	"prosumer/internal/load"
)

type evaluateCmd struct {
	File string `arg:"" type:"existingfile" help:"Table of Threadless: CSV with challenge, design, designer, approved_date, scores, average, fives, ones, printed."`
}

// Run compares the order of shortlists with what was printed. It needs no
// database and changes nothing.
func (c *evaluateCmd) Run(a *app) error {
	file, err := os.Open(c.File)
	if err != nil {
		return fmt.Errorf("read: %w", err)
	}
	defer func() { _ = file.Close() }()
	table, err := load.ReadThreadless(file, time.Now())
	if err != nil {
		return err
	}
	return tellEvaluation(a.out, filepath.Base(c.File), table, load.Evaluate(table))
}

// nameWidth keeps the names of challenges on the left of a table that is set right.
const nameWidth = 26

// orderWords head the columns, in the order of load.Orders.
const orderWords = "shrunk score\tplain average\tnumber of scores\tshare of fives"

func tellEvaluation(out io.Writer, file string, table load.Table, e load.Evaluation) error {
	fmt.Fprintf(out, "%s: %d rows, %d left out, %d designs with %d scores; %d challenges printed %d of them.\n\n",
		file, table.Rows, len(table.Refused), len(table.Designs), table.Ballots(), len(e.Challenges), e.Printed)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(w, "%-*s\tdesigns\tprinted\t%s\t\n", nameWidth, "AREA UNDER THE CURVE", orderWords)
	for _, c := range e.Challenges {
		fmt.Fprintf(w, "%-*s\t%d\t%d\t", nameWidth, c.Challenge, c.Designs, c.Printed)
		for _, order := range load.Orders {
			fmt.Fprintf(w, "%.3f\t", c.By[order].AUC)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%-*s\t\t%d\t", nameWidth, "all, by what was printed", e.Printed)
	for _, order := range load.Orders {
		fmt.Fprintf(w, "%.4f\t", e.AUC[order])
	}
	fmt.Fprintf(w, "\n\t\t\t\t\t\t\t\n%-*s\tplaces\tprinted\t%s\t\n", nameWidth, "PRINTED IN THE TOP 5 %", orderWords)
	places := 0
	for _, c := range e.Challenges {
		fmt.Fprintf(w, "%-*s\t%d\t%d\t", nameWidth, c.Challenge, c.Top, c.Printed)
		for _, order := range load.Orders {
			fmt.Fprintf(w, "%.1f\t", c.By[order].Hits)
		}
		fmt.Fprintln(w)
		places += c.Top
	}
	fmt.Fprintf(w, "%-*s\t%d\t%d\t", nameWidth, "all, as a part", places, e.Printed)
	for _, order := range load.Orders {
		fmt.Fprintf(w, "%.4f\t", e.Recall[order])
	}
	fmt.Fprintln(w)
	return w.Flush()
}
