// Package challenges owns the time-boxed calls for ideas.
//
// It owns a challenge's dates, its kind of ballot and its seal. It offers the
// phase, which follows from the dates and is never stored. It refuses to know
// ideas, votes and pages; whether a vote falls into the window is decided in
// the vote's own statement.
package challenges
