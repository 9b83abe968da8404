package imports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// Options say how a file is read in.
type Options struct {
	Source  string           // the short name of where it comes from: a-z, 0-9 and -
	File    string           // its name, for the record
	Mapping Mapping          // empty: what Detect makes of the header
	Status  ideas.Status     // open, under_review or shortlisted; empty: open
	Topic   string           // slug for rows whose own topic is none of ours; may be empty
	DryRun  bool             // find out what would happen, and write nothing
	Now     func() time.Time // nil: time.Now
}

// Report says what a run did, or would have done.
type Report struct {
	Import      int64 // what Undo takes; 0 when nothing was added
	DryRun      bool
	Header      []string
	Mapping     Mapping // as used
	Rows        int     // read, the refused ones among them
	Added       int
	Skipped     int // here already: from this source, with this id
	Refused     int
	CarriedOver int            // votes from elsewhere, on the ideas added
	Errors      []RowError     // of the refused rows, in order, at most maxErrors
	Notices     map[string]int // how often something of an added row was mended, by code
	Sample      []Row          // the first rows that could be read, as they were understood
}

const (
	batchSize  = 50   // rows in one transaction
	maxErrors  = 1000 // kept in a report; more are only counted
	sampleSize = 5
)

var (
	sourceShape = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)
	statuses    = []ideas.Status{ideas.Open, ideas.UnderReview, ideas.Shortlisted}
)

// run is one run of Run.
type run struct {
	db      *sqlx.DB
	opts    Options
	topics  map[string]string // plain name or slug to slug
	authors map[string]accounts.ID
	report  Report
	tell    func(done int)
}

// Run reads a file and adds its ideas. A row that is refused does not stop the
// rest, and one that is here already is skipped, so running it again is safe
// and changes nothing. A file, mapping or option that is refused as a whole is
// an error and adds nothing. Any other error stops the run; the report says
// what had been added until then. progress is told how many rows are done.
func Run(ctx context.Context, db *sqlx.DB, r io.Reader, o Options, progress func(done int)) (Report, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Status == "" {
		o.Status = ideas.Open
	}
	if progress == nil {
		progress = func(int) {}
	}
	if !sourceShape.MatchString(o.Source) {
		return Report{}, refuse("imports.source_shape", "Name the source with at most 40 letters a to z, digits and hyphens.")
	}
	if !slices.Contains(statuses, o.Status) {
		return Report{}, refuse("imports.status", "Imported ideas can be open, under_review or shortlisted, not %q.", string(o.Status))
	}
	names, err := topicNames(ctx, db)
	if err != nil {
		return Report{}, err
	}
	if o.Topic != "" && names[plainName(o.Topic)] == "" {
		return Report{}, refuse("imports.no_topic", "There is no topic %q on this board.", o.Topic)
	}
	table, err := Open(r)
	if err != nil {
		return Report{}, err
	}
	if o.Mapping.Empty() {
		o.Mapping = Detect(table.Header)
	}
	if err := o.Mapping.Check(table.Header); err != nil {
		return Report{}, err
	}
	it := &run{
		db: db, opts: o, topics: names, authors: map[string]accounts.ID{}, tell: progress,
		report: Report{DryRun: o.DryRun, Header: table.Header, Mapping: o.Mapping, Notices: map[string]int{}},
	}
	if err := it.all(ctx, table); err != nil {
		return it.report, fmt.Errorf("import %q: %w", o.File, err)
	}
	return it.report, nil
}

// all reads a batch before it opens a transaction, so that a slow reader holds
// none open.
func (it *run) all(ctx context.Context, table *Table) error {
	var batch []Row
	for row, refused := range table.Rows(it.opts.Mapping) {
		it.report.Rows++
		if refused != nil {
			it.refuse(*refused)
			it.tell(it.report.Rows - len(batch))
			continue
		}
		if len(it.report.Sample) < sampleSize {
			it.report.Sample = append(it.report.Sample, row)
		}
		if batch = append(batch, row); len(batch) == batchSize {
			if err := it.write(ctx, batch); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	if err := it.write(ctx, batch); err != nil {
		return err
	}
	slices.SortStableFunc(it.report.Errors, func(a, b RowError) int { return a.Line - b.Line })
	if it.report.Import == 0 {
		return nil
	}
	return updateImport(ctx, it.db, it.report)
}

func (it *run) refuse(e RowError) {
	it.report.Refused++
	if len(it.report.Errors) < maxErrors {
		it.report.Errors = append(it.report.Errors, e)
	}
}

// errKeepNothing rolls a transaction back whose outcome is all that was wanted.
var errKeepNothing = errors.New("keep nothing")

// write adds a batch in one transaction, each row behind a savepoint. The import
// gets its own row together with the first idea; a batch that adds nothing
// leaves no trace.
func (it *run) write(ctx context.Context, batch []Row) error {
	if len(batch) == 0 {
		return nil
	}
	here, err := known(ctx, it.db, it.opts.Source, batch)
	if err != nil {
		return err
	}
	before, authors := it.report.Rows-len(batch), map[string]accounts.ID{}
	b := result{Import: it.report.Import, notices: map[string]int{}}
	err = pg.InTx(ctx, it.db, func(tx pg.Q) error {
		if b.Import == 0 && len(here) < len(batch) {
			if b.Import, err = insertImport(ctx, tx, it.opts.Source, it.opts.File, it.opts.Now()); err != nil {
				return err
			}
		}
		for i, row := range batch {
			if here[row.ExternalID] {
				b.skipped++
			} else if err := it.row(ctx, tx, row, &b, authors); err != nil {
				return err
			}
			it.tell(before + i + 1)
		}
		if it.opts.DryRun || b.added == 0 {
			return errKeepNothing
		}
		return updateImport(ctx, tx, it.report.with(b))
	})
	if err != nil && !errors.Is(err, errKeepNothing) {
		return err
	}
	if err != nil {
		b.Import, authors = it.report.Import, nil // what the transaction made is gone again
	}
	for author, id := range authors {
		it.authors[author] = id
	}
	it.report = it.report.with(b)
	for _, refused := range b.errors {
		it.refuse(refused)
	}
	for code, n := range b.notices {
		it.report.Notices[code] += n
	}
	return nil
}

// result is what became of a batch, before it is known whether it is kept.
type result struct {
	Import                      int64
	added, skipped, carriedOver int
	errors                      []RowError
	notices                     map[string]int
}

func (r Report) with(b result) Report {
	r.Import = b.Import
	r.Added += b.added
	r.Skipped += b.skipped
	r.CarriedOver += b.carriedOver
	return r
}
