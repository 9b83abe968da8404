package imports

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"
	"unicode/utf8"
)

// Row is one idea of a file, in our words.
type Row struct {
	Line       int // where the row begins in the file, from 1
	ExternalID string
	Title      string    // one line, at most titleLimit characters
	Story      string    // plain text; a blank line parts its paragraphs
	Author     string    // a name or an id, as the file has it
	Created    time.Time // zero where the file has none
	Votes      int
	Topic      string
	Status     string // the other tool's word
	Tags       []string
	Notices    []string // codes of what was mended: imports.title_cut, imports.date_day_first
}

// RowError says why a row was left out.
type RowError struct {
	Line       int
	ExternalID string // where it was readable
	Code       string // its key in the catalogues
	Text       string // one English sentence
	Ends       bool   // nothing after this line could be read
	cause      error
}

// Error gives the line and the sentence.
func (e *RowError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Text) }

// Unwrap gives the refusal or the read error below, if there is one.
func (e *RowError) Unwrap() error { return e.cause }

// rowLimit is how many bytes one row may take. It bounds the memory a quote
// that is never closed can cost.
const rowLimit = 1 << 20

// Table is an opened file whose header has been read.
type Table struct {
	Header []string
	csv    *csv.Reader
	guard  *guard
}

// Open reads the header: UTF-8 with or without a byte order mark; comma,
// semicolon and tab are told apart. It refuses an empty file, one in another
// encoding, and one without column names.
func Open(r io.Reader) (*Table, error) {
	g := &guard{from: r, left: rowLimit}
	buffered := bufio.NewReaderSize(g, 64<<10)
	start, err := buffered.Peek(16 << 10)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	if bytes.HasPrefix(start, []byte("\xff\xfe")) || bytes.HasPrefix(start, []byte("\xfe\xff")) {
		return nil, refuse("imports.not_utf8", "The file is not in UTF-8; save it as CSV UTF-8 and try again.")
	}
	if mark := []byte("\ufeff"); bytes.HasPrefix(start, mark) {
		start = start[len(mark):]
		if _, err := buffered.Discard(len(mark)); err != nil {
			return nil, fmt.Errorf("read the file: %w", err)
		}
	}
	t := &Table{csv: csv.NewReader(buffered), guard: g}
	t.csv.Comma = separator(start)
	t.csv.FieldsPerRecord = -1
	header, err := t.csv.Read()
	switch {
	case errors.Is(err, io.EOF):
		return nil, refuse("imports.empty_file", "The file is empty.")
	case err != nil:
		return nil, refuse("imports.bad_header", "The first line is not a list of column names.")
	}
	for i, name := range header {
		if !utf8.ValidString(name) {
			return nil, refuse("imports.not_utf8", "The file is not in UTF-8; save it as CSV UTF-8 and try again.")
		}
		header[i] = oneLine(name)
	}
	if strings.Join(header, "") == "" {
		return nil, refuse("imports.bad_header", "The first line is not a list of column names.")
	}
	t.Header = header
	return t, nil
}

// Read opens a file and yields its rows, with the mapping or, when that is
// empty, with what Detect makes of the header. A refused row does not stop the
// rest. A file or mapping that is refused as a whole is one error that Ends,
// with the refusal below it.
func Read(r io.Reader, m Mapping) iter.Seq2[Row, *RowError] {
	return func(yield func(Row, *RowError) bool) {
		t, err := Open(r)
		if err != nil {
			yield(Row{}, ended(1, err))
			return
		}
		if m.Empty() {
			m = Detect(t.Header)
		}
		t.Rows(m)(yield)
	}
}

// Rows yields the rows after the header, once. An error stands for the row it
// was found in and does not stop the rest, unless it Ends the file.
func (t *Table) Rows(m Mapping) iter.Seq2[Row, *RowError] {
	return func(yield func(Row, *RowError) bool) {
		places, err := m.places(t.Header)
		if err != nil {
			yield(Row{}, ended(1, err))
			return
		}
		reading := reading{places: places, seen: map[string]int{}}
		line := 1
		for {
			t.guard.left = rowLimit
			record, err := t.csv.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				refused := unreadable(line, err)
				if !yield(Row{}, refused) || refused.Ends {
					return
				}
				continue
			}
			line, _ = t.csv.FieldPos(0)
			if strings.TrimSpace(strings.Join(record, "")) == "" {
				continue
			}
			row, refused := reading.row(line, record, len(t.Header))
			if !yield(row, refused) {
				return
			}
		}
	}
}

func unreadable(line int, err error) *RowError {
	if errors.Is(err, errRowTooLarge) {
		return &RowError{
			Line: line + 1, Code: "imports.row_too_large", Ends: true, cause: err,
			Text: "A row is larger than 1 MiB; perhaps a quote is not closed. Nothing after it was read.",
		}
	}
	if parse, ok := errors.AsType[*csv.ParseError](err); ok {
		// A quote still open at the end of the file has swallowed all that follows.
		open := errors.Is(err, csv.ErrQuote) && parse.Line > parse.StartLine
		return &RowError{
			Line: parse.StartLine, Code: "imports.bad_quotes", cause: err,
			Text: quotesText(open),
		}
	}
	return ended(line+1, err)
}

func quotesText(open bool) string {
	if open {
		return "A quote in this row is not closed, or closes lines further down; those lines were left out with it."
	}
	return "A quote in this row stands where none can stand; a quote inside a text is written twice."
}

func ended(line int, err error) *RowError {
	e := &RowError{Line: line, Code: "imports.unreadable", Text: "The file could not be read further.", Ends: true, cause: err}
	if f := refusal(err); f != nil {
		e.Code, e.Text = f.Code, f.Text
	}
	return e
}

// separator counts what could part the columns in the first line, outside
// quotes. A comma wins a tie.
func separator(start []byte) rune {
	counts := map[byte]int{}
	quoted := false
line:
	for _, c := range start {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n' && len(counts) > 0:
			break line
		case c == ',' || c == ';' || c == '\t':
			counts[c]++
		}
	}
	best := byte(',')
	for _, c := range []byte{';', '\t'} {
		if counts[c] > counts[best] {
			best = c
		}
	}
	return rune(best)
}

var errRowTooLarge = errors.New("row too large")

// guard ends the reading when one row asks for more than its share.
type guard struct {
	from io.Reader
	left int
}

func (g *guard) Read(p []byte) (int, error) {
	if g.left <= 0 {
		return 0, errRowTooLarge
	}
	n, err := g.from.Read(p)
	g.left -= n
	return n, err
}
