package load

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"prosumer/internal/clean"
	"prosumer/internal/votes"
)

// Design is a row of the table whose figures are sound.
type Design struct {
	Line      int
	Challenge string
	Name      string
	Designer  string
	Approved  time.Time
	Scores    votes.Scores
	Printed   bool // chosen in the end; kept out of the board, for whoever evaluates against it
}

// Ballots is how many scores the design got.
func (d Design) Ballots() int { return d.Scores.Count() }

// External names the design among all that come from Threadless.
func (d Design) External() string { return d.Challenge + "/" + d.Name }

// Table is a file that was read to its end.
type Table struct {
	Rows    int // with the refused ones
	Designs []Design
	Refused []RowError // in order
}

// Ballots is how many scores all designs got.
func (t Table) Ballots() (n int) {
	for _, d := range t.Designs {
		n += d.Ballots()
	}
	return n
}

// Most is the most scores that one design got.
func (t Table) Most() (n int) {
	for _, d := range t.Designs {
		n = max(n, d.Ballots())
	}
	return n
}

// The bounds of a file.
const (
	maxRows   = 1_000_000
	maxRow    = 64 << 10  // bytes; it bounds what a quote that is never closed can cost
	maxScores = 1_000_000 // of one design
	maxName   = 80        // bytes of a name in the file
)

var columns = []string{"challenge", "design", "designer", "approved_date", "scores", "average", "fives", "ones", "printed"}

// noFigure is how the table writes that it does not know.
const noFigure = "NA"

// ReadThreadless reads the table. A row that is broken, contradicts itself or
// another, or says nothing is reported by its line; a design of which rows
// differ is left out whole, since nobody knows which is right. An error is
// about the file: it cannot be read, or lacks columns.
func ReadThreadless(r io.Reader, now time.Time) (Table, error) {
	g := &guard{from: r, left: maxRow}
	reader := csv.NewReader(bufio.NewReader(g))
	reader.FieldsPerRecord = -1
	reader.ReuseRecord = true
	places, err := readHeader(reader)
	if err != nil {
		return Table{}, err
	}
	t, seen, spoilt := Table{}, map[string]Design{}, map[string]bool{}
	line := 1
	for {
		g.left = maxRow
		record, err := reader.Read()
		switch parse, broken := errors.AsType[*csv.ParseError](err); {
		case errors.Is(err, io.EOF):
			t.Designs = slices.DeleteFunc(t.Designs, func(d Design) bool { return spoilt[d.External()] })
			slices.SortStableFunc(t.Refused, func(a, b RowError) int { return a.Line - b.Line })
			return t, nil
		case broken:
			t.Rows++
			line = parse.Line
			t.Refused = append(t.Refused, RowError{parse.StartLine, "", "bad_quotes", "A quote in this row stands where none can stand, or is not closed."})
			continue
		case err != nil:
			return t, refuse("load.file_unreadable", "The file cannot be read after line %d: %v.", line, err)
		}
		line, _ = reader.FieldPos(0)
		if t.Rows++; t.Rows > maxRows {
			return t, refuse("load.file_long", "The file has more than %d rows.", maxRows)
		}
		d, bad := places.design(line, record, now)
		if bad != nil {
			t.Refused = append(t.Refused, *bad)
			continue
		}
		before, again := seen[d.External()]
		switch same := d; {
		case !again:
			seen[d.External()] = d
			t.Designs = append(t.Designs, d)
		default:
			same.Line = before.Line
			if same == before {
				t.Refused = append(t.Refused, RowError{line, d.Name, "repeated", fmt.Sprintf("The same row stands in line %d.", before.Line)})
				continue
			}
			t.Refused = append(t.Refused, RowError{line, d.Name, "contradicts", fmt.Sprintf("Line %d says something else of the same design; neither is used.", before.Line)})
			if !spoilt[d.External()] {
				spoilt[d.External()] = true
				t.Refused = append(t.Refused, RowError{before.Line, d.Name, "contradicts", fmt.Sprintf("Line %d says something else of the same design; neither is used.", line)})
			}
		}
	}
}

func readHeader(reader *csv.Reader) (places, error) {
	header, err := reader.Read()
	if err != nil {
		return nil, refuse("load.file_unreadable", "The file has no first line of column names.")
	}
	p := places{}
	for i, name := range header {
		p[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))] = i
	}
	var missing []string
	for _, name := range columns {
		if _, ok := p[name]; !ok {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return nil, refuse("load.columns_missing", "The file lacks the columns: %s.", strings.Join(missing, ", "))
	}
	p[width] = len(header)
	return p, nil
}

// places says where each column stands, and under width how many there are.
type places map[string]int

const width = ""

// design reads one row.
func (p places) design(line int, record []string, now time.Time) (Design, *RowError) {
	at := func(name string) string {
		if i := p[name]; i < len(record) {
			return strings.TrimSpace(record[i])
		}
		return ""
	}
	name := strings.Clone(at("design"))
	bad := func(code, format string, args ...any) (Design, *RowError) {
		return Design{}, &RowError{line, clean.Shorten(clean.Line(name), maxName), code, fmt.Sprintf(format, args...)}
	}
	if len(record) != p[width] {
		return bad("fields", "The row has %d fields where the first line has %d.", len(record), p[width])
	}
	for _, column := range []string{"challenge", "design", "designer"} {
		if v := at(column); v != noFigure && (v == "" || len(v) > maxName || !clean.ValidText(v) || clean.Line(v) != v) {
			return bad("name", "The %s is empty, longer than %d bytes, or no plain text.", column, maxName)
		}
	}
	for _, column := range columns {
		if at(column) == noFigure || column == "approved_date" && strings.Contains(at(column), noFigure) {
			return bad("no_figures", "The row has no figures: %s is %s.", column, noFigure)
		}
	}
	approved, err := time.Parse("January 2, 2006", at("approved_date"))
	if err != nil || approved.Year() < 2000 || approved.After(now) {
		return bad("date", "%q is no day of the past like July 24, 2012.", clean.Shorten(clean.Line(at("approved_date")), maxName))
	}
	var a Aggregate
	for column, into := range map[string]*int{"scores": &a.Count, "fives": &a.Fives, "ones": &a.Ones} {
		n, ok := whole(at(column))
		if !ok {
			return bad("figures", "A count is not a whole number from 0 to %d.", maxScores)
		}
		*into = n
	}
	var ok bool
	if a.Average, ok = hundredths(at("average")); !ok {
		return bad("figures", "The average is not a number with at most two decimals.")
	}
	printed := at("printed")
	scores, ok := a.Scores()
	switch {
	case printed != "0" && printed != "1":
		return bad("figures", "Printed is neither 0 nor 1.")
	case a.Count == 0:
		return bad("contradicts_itself", "There is an average, but not one score.")
	case a.Fives+a.Ones > a.Count:
		return bad("contradicts_itself", "There are more fives and ones (%d) than scores (%d).", a.Fives+a.Ones, a.Count)
	case !ok:
		return bad("contradicts_itself", "No %d scores with %d fives and %d ones have the mean %d.%02d.", a.Count, a.Fives, a.Ones, a.Average/100, a.Average%100)
	}
	return Design{line, strings.Clone(at("challenge")), name, strings.Clone(at("designer")), approved, scores, printed == "1"}, nil
}

func whole(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 0 && n <= maxScores && !strings.HasPrefix(text, "+")
}

// hundredths reads 3.9 as 390, exactly.
func hundredths(text string) (int, bool) {
	units, cents, _ := strings.Cut(text, ".")
	if len(units) != 1 || len(cents) > 2 {
		return 0, false
	}
	n, ok := whole(units + (cents + "00")[:2])
	return n, ok
}

var errRowTooLarge = errors.New("a row is too large; perhaps a quote is not closed")

// guard ends the reading when one row asks for more than its share. A buffered
// reader takes ahead of the row it serves, so its share is generous.
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
