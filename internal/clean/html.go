package clean

import (
	"database/sql/driver"
	"fmt"
)

// HTML is markup that is safe to write into a page as it is. Only this package
// makes one from typed text. Its zero value is an empty text.
type HTML struct{ markup string }

// String gives the markup.
func (h HTML) String() string { return h.markup }

// Empty reports whether a reader would see nothing: neither text nor a picture.
// The editor's empty paragraph is empty.
func (h HTML) Empty() bool {
	return !visible(Text(h)) && len(Images(h)) == 0
}

// Equal reports whether both hold the same markup.
func (h HTML) Equal(other HTML) bool { return h.markup == other.markup }

// Scan reads markup back from a column that only Value ever filled. It cleans
// nothing: never scan from a column or an expression that holds typed text.
func (h *HTML) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		h.markup = ""
	case string:
		h.markup = v
	case []byte:
		h.markup = string(v)
	default:
		return fmt.Errorf("clean: cannot read HTML from %T", src)
	}
	return nil
}

// Value gives the markup to the database as text.
func (h HTML) Value() (driver.Value, error) { return h.markup, nil }
