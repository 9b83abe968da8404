// Package challenges owns the time-boxed calls for ideas.
//
// It owns a challenge's dates, its kind of ballot and its seal, what it says
// (brief, prize, demands, terms by version, pictures, a template to start from),
// and the jury's verdict. It offers the phase, which follows from the dates and
// is never stored, what the team may plan and change and until when, and telling
// once that results are out. It refuses to know what an idea is beyond its
// number, and pages; whether a vote falls into the window is decided in the
// vote's own statement, and whether an idea may enter in the package of ideas.
package challenges
