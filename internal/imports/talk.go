package imports

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"prosumer/internal/accounts"
	"prosumer/internal/comments"
	"prosumer/internal/fault"
	"prosumer/internal/ideas"
	"prosumer/internal/pg"
)

// TalkOptions say how a file of comments is read in.
type TalkOptions struct {
	Source string // that the ideas came by
	File   string // its name, for the record
	Map    string // which column is what; empty: found out from the header
	DryRun bool
	Now    func() time.Time // nil: time.Now
}

// TalkReport says what a run did, or would have done.
type TalkReport struct {
	Import       int64 // what Undo takes; 0 when nothing was added
	Mapping      string
	Rows         int // read, the refused ones among them
	Added        int
	Skipped      int // here already
	Refused      int
	Threads      int        // of those added: begin a thread
	Lost         int        // whose parent is not in the file; they begin threads
	For, Against int        // votes from elsewhere, on those added
	Errors       []RowError // of the refused rows, in order, at most maxErrors
}

// talkRun is one run of Talk.
type talkRun struct {
	opts    TalkOptions
	rows    []talkRow
	at      map[string]int // external id to its row
	ideas   map[string]ideas.ID
	here    map[string]comments.ID
	authors map[string]accounts.ID
	done    map[int]bool
	report  TalkReport
	tell    func(done int)
}

// Talk reads a file of comments and adds them to the ideas that came from the
// same source. A row that is refused does not stop the rest, and one that is
// here already is skipped, so running it again is safe. All of it is one
// transaction: it is added as a whole, or not at all. progress is told how many
// rows are done.
func Talk(ctx context.Context, db *sqlx.DB, r io.Reader, o TalkOptions, progress func(done, total int)) (TalkReport, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if !sourceShape.MatchString(o.Source) {
		return TalkReport{}, refuse("imports.source_shape", "Name the source with at most 40 letters a to z, digits and hyphens.")
	}
	table, err := Open(r)
	if err != nil {
		return TalkReport{}, err
	}
	it := &talkRun{opts: o, at: map[string]int{}, ideas: map[string]ideas.ID{}, here: map[string]comments.ID{}, authors: map[string]accounts.ID{}, done: map[int]bool{}}
	if err := it.read(table); err != nil {
		return TalkReport{}, err
	}
	it.tell = func(done int) {
		if progress != nil {
			progress(done, len(it.rows))
		}
	}
	err = pg.InTx(ctx, db, func(tx pg.Q) error {
		if err := pg.Unhurried(ctx, tx); err != nil {
			return err
		}
		if err := it.write(ctx, tx); err != nil {
			return err
		}
		if o.DryRun || it.report.Added == 0 {
			it.report.Import = 0
			return errKeepNothing
		}
		return updateImport(ctx, tx, Report{Import: it.report.Import, Added: it.report.Added, Skipped: it.report.Skipped, Refused: it.report.Refused})
	})
	if err != nil && !errors.Is(err, errKeepNothing) {
		return it.report, fmt.Errorf("import %q: %w", o.File, err)
	}
	return it.report, nil
}

func (it *talkRun) refuse(row talkRow, code, text string) {
	it.report.Refused++
	if len(it.report.Errors) < maxErrors {
		it.report.Errors = append(it.report.Errors, RowError{Line: row.line, ExternalID: row.id, Code: code, Text: text})
	}
}

func (it *talkRun) write(ctx context.Context, tx pg.Q) error {
	if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('comments.import ' || $1, 0))`, it.opts.Source); err != nil {
		return fmt.Errorf("lock import of %q: %w", it.opts.Source, err)
	}
	if err := it.known(ctx, tx); err != nil {
		return err
	}
	for i := range it.rows {
		if err := it.row(ctx, tx, i, 0); err != nil {
			return err
		}
		if i%25 == 24 || i == len(it.rows)-1 {
			it.tell(i + 1)
		}
	}
	return nil
}

// known finds the ideas that came from the source, and the comments that did.
func (it *talkRun) known(ctx context.Context, tx pg.Q) error {
	var found []struct {
		ID       int64  `db:"id"`
		External string `db:"external_id"`
	}
	if err := sqlx.SelectContext(ctx, tx, &found, `SELECT id, external_id FROM ideas WHERE source = $1`, it.opts.Source); err != nil {
		return fmt.Errorf("ideas of %q: %w", it.opts.Source, err)
	}
	for _, f := range found {
		it.ideas[f.External] = ideas.ID(f.ID)
	}
	ids := make([]string, len(it.rows))
	for i, row := range it.rows {
		ids[i] = row.id
	}
	found = nil
	if err := sqlx.SelectContext(ctx, tx, &found, `SELECT id, external_id FROM comments WHERE import_source = $1 AND external_id = ANY($2)`, it.opts.Source, pq.Array(ids)); err != nil {
		return fmt.Errorf("comments of %q: %w", it.opts.Source, err)
	}
	for _, f := range found {
		it.here[f.External] = comments.ID(f.ID)
	}
	return nil
}

// deepest is how far up a row is followed: a file that goes in circles ends.
const deepest = 1000

// row adds one comment, and before it the one that it answers.
func (it *talkRun) row(ctx context.Context, tx pg.Q, i, depth int) error {
	row := it.rows[i]
	if it.done[i] || depth > deepest {
		return nil
	}
	it.done[i] = true
	if _, here := it.here[row.id]; here {
		it.report.Skipped++
		return nil
	}
	if row.refused {
		return nil
	}
	idea, ok := it.ideas[row.idea]
	if !ok {
		it.refuse(row, "imports.idea_unknown", fmt.Sprintf("No idea of this source has the id %q. Import the ideas first.", row.idea))
		return nil
	}
	answers, err := it.answered(ctx, tx, row, depth)
	if err != nil {
		return err
	}
	if it.report.Import == 0 {
		if it.report.Import, err = insertImport(ctx, tx, it.opts.Source, it.opts.File, it.opts.Now()); err != nil {
			return err
		}
	}
	if err := savepoint(ctx, tx); err != nil {
		return err
	}
	added, err := it.add(ctx, tx, row, idea, answers)
	if f := refusal(err); err != nil && (f != nil && f.Kind != fault.Internal || badValue(err)) {
		it.refuse(row, "imports.row_refused", "The board cannot hold this row.")
		delete(it.authors, authorOf(it.opts.Source, row.author).external) // who may be gone again
		return rollbackToSavepoint(ctx, tx)
	}
	if err != nil {
		return err
	}
	if added {
		it.report.Added++
		it.report.For += row.pro
		it.report.Against += row.con
		if answers == 0 {
			it.report.Threads++
		}
	}
	return releaseSavepoint(ctx, tx)
}

func (it *talkRun) add(ctx context.Context, tx pg.Q, row talkRow, idea ideas.ID, answers comments.ID) (bool, error) {
	if it.report.Import == 0 {
		var err error
		if it.report.Import, err = insertImport(ctx, tx, it.opts.Source, it.opts.File, it.opts.Now()); err != nil {
			return false, err
		}
	}
	a := authorOf(it.opts.Source, row.author)
	by, ok := it.authors[a.external]
	if !ok {
		var err error
		if by, err = accounts.Imported(ctx, tx, it.opts.Source, a.external, a.name); err != nil {
			return false, err
		}
		it.authors[a.external] = by
	}
	at := row.created
	if now := it.opts.Now(); at.After(now) {
		at = now
	}
	id, added, err := comments.Import(ctx, tx, comments.Imported{
		Source: it.opts.Source, ExternalID: row.id, Import: it.report.Import, Idea: idea, Answers: answers, Author: by, Text: row.text, For: row.pro, Against: row.con, At: at,
	})
	if err != nil {
		return false, err
	}
	it.here[row.id] = id
	return added, nil
}
