package fault

import (
	"errors"
	"fmt"
	"maps"
	"time"
)

// Kind says whose move it is after a refusal.
type Kind int

// The kinds, and what the person can do next.
const (
	Internal    Kind = iota // nothing: it is our fault, and the outside is told no more
	Invalid                 // mend the fields named in Fields
	SignIn                  // sign in, then try again
	Forbidden               // nothing: this person may not
	NotFound                // look elsewhere; also the answer for what one may not see
	Conflict                // look at the thing as it is now
	TooLarge                // send less
	Unsupported             // send another type of content
	TooMany                 // wait for RetryAfter
	Busy                    // wait for RetryAfter; the server or its database is away
)

// Fault is a refusal the program meant to give.
type Fault struct {
	Kind       Kind
	Code       string            // stable and machine-readable, e.g. "votes.own_idea"; its key in the catalogues too
	Text       string            // one plain English sentence, the fallback of the catalogues
	Fields     map[string]string // form field to the code of its remedy; only with Invalid
	RetryAfter time.Duration     // only with TooMany and Busy
}

// New makes a refusal of a kind, with its stable code and English sentence.
func New(kind Kind, code, text string) *Fault {
	return &Fault{Kind: kind, Code: code, Text: text}
}

// Error gives the code and the sentence, for logs.
func (f *Fault) Error() string { return fmt.Sprintf("%s: %s", f.Code, f.Text) }

// Is makes a refusal equal to any other with its code, so that a copy carrying
// fields still matches the one its package declared.
func (f *Fault) Is(target error) bool {
	other, ok := target.(*Fault)
	return ok && other.Code == f.Code
}

// With returns a copy that also names a field and the code of its remedy.
func (f *Fault) With(field, code string) *Fault {
	c := *f
	c.Fields = maps.Clone(f.Fields)
	if c.Fields == nil {
		c.Fields = map[string]string{}
	}
	c.Fields[field] = code
	return &c
}

// After returns a copy that asks the caller to wait.
func (f *Fault) After(wait time.Duration) *Fault {
	c := *f
	c.RetryAfter = wait
	return &c
}

var errInternal = New(Internal, "internal", "Something went wrong on our side.")

// Of finds the refusal inside err. Anything else is Internal and says nothing.
func Of(err error) *Fault {
	if f, ok := errors.AsType[*Fault](err); ok {
		return f
	}
	return errInternal
}

// Check gathers the remedies of one input. Its zero value is ready to use.
type Check struct{ fields map[string]string }

// Need notes the remedy's code for field when ok is false. The first remedy of
// a field stays.
func (c *Check) Need(ok bool, field, code string) {
	if ok {
		return
	}
	if c.fields == nil {
		c.fields = map[string]string{}
	}
	if _, taken := c.fields[field]; !taken {
		c.fields[field] = code
	}
}

// Err is nil when nothing was noted, else an Invalid refusal with the fields.
func (c *Check) Err() error {
	if len(c.fields) == 0 {
		return nil
	}
	return &Fault{Kind: Invalid, Code: "invalid", Text: "Some fields need another look.", Fields: c.fields}
}
