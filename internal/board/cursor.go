package board

import (
	"encoding/base64"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"prosumer/internal/fault"
)

// ErrCursor is what a cursor that is not ours gives.
var ErrCursor = fault.New(fault.Invalid, "board.cursor", "This link to the next page does not work. Begin again at the first page.")

// cursor names the last row of a page: what the list was ordered by, that
// row's key in text, and its id.
type cursor struct {
	order string
	key   string
	id    int64
}

// maxCursor bounds what is decoded.
const maxCursor = 400

func (c cursor) String() string {
	return base64.RawURLEncoding.EncodeToString([]byte(c.order + "\n" + c.key + "\n" + strconv.FormatInt(c.id, 10)))
}

// parseCursor reads what String wrote, for the order it was made for; anything
// else is ErrCursor.
func parseCursor(s, order string) (cursor, error) {
	if len(s) > maxCursor {
		return cursor{}, ErrCursor
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(s)
	if err != nil || !utf8.Valid(raw) || strings.ContainsRune(string(raw), 0) {
		return cursor{}, ErrCursor
	}
	parts := strings.Split(string(raw), "\n")
	if len(parts) != 3 || parts[0] != order {
		return cursor{}, ErrCursor
	}
	id, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil || id < 0 {
		return cursor{}, ErrCursor
	}
	c := cursor{order: parts[0], key: parts[1], id: id}
	if c.String() != s { // the same place has one name
		return cursor{}, ErrCursor
	}
	return c, nil
}

func (c cursor) float() (float64, error) {
	f, err := strconv.ParseFloat(c.key, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		return 0, ErrCursor
	}
	return f, nil
}

func (c cursor) integer() (int64, error) {
	n, err := strconv.ParseInt(c.key, 10, 64)
	if err != nil {
		return 0, ErrCursor
	}
	return n, nil
}

// moment reads a key of microseconds; the database knows no year past 9999 that
// this program would have written.
func (c cursor) moment() (time.Time, error) {
	n, err := c.integer()
	if err != nil || n < 0 || n > maxMicros {
		return time.Time{}, ErrCursor
	}
	return time.UnixMicro(n).UTC(), nil
}

// maxMicros is the last moment of the year 9999.
const maxMicros = 253_402_300_799_999_999

// micros is the SQL that writes the key which moment reads.
func micros(column string) string {
	return "(extract(epoch FROM " + column + ") * 1000000)::bigint::text"
}
