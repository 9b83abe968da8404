package load

import (
	"fmt"

	"prosumer/internal/fault"
)

// The refusals of this package. What is wrong with a single row of a file is a
// RowError instead.
var (
	ErrBusy      = fault.New(fault.Conflict, "load.busy", "Another load of this kind is running on this board. Wait for it, or stop it first.")
	ErrRange     = fault.New(fault.Invalid, "load.range", "These numbers do not fit each other or lie outside what can be loaded.")
	ErrOtherSet  = fault.New(fault.Conflict, "load.other_set", "This board was loaded with other numbers. Give the same ones to go on, or use a new database.")
	ErrHandles   = fault.New(fault.Conflict, "load.handles_taken", "Some of the names that the made-up members need are taken on this board. Use a new database.")
	ErrChallenge = fault.New(fault.Conflict, "load.challenge_taken", "A challenge of the file has the address of another challenge on this board.")
)

// refuse makes a refusal whose sentence names what it is about.
func refuse(code, format string, args ...any) error {
	return fault.New(fault.Invalid, code, fmt.Sprintf(format, args...))
}

// saying is a refusal with a sentence that tells more.
func saying(f *fault.Fault, format string, args ...any) error {
	c := *f
	c.Text = fmt.Sprintf(format, args...)
	return &c
}

// RowError says why a row of a file was left out as a whole.
type RowError struct {
	Line   int    // where the row begins, from 1
	Design string // as the file names it, where it was readable
	Code   string // stable and machine-readable
	Text   string // one English sentence
}

// Error gives the line and the sentence.
func (e RowError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Text) }
