// Package milestones makes votes count for something: an open idea has its time,
// votes give it more, and the last milestone puts it under review.
//
// It owns the ladder, what was reached, and when an idea's time is over. The
// rule: an idea stays open for the usual days, and for those that each milestone
// it ever reached gave it, counted from when it last opened here. So an idea that
// comes back gets all of that again, and an imported one counts from its import.
// An entry of a challenge never runs out of time. A milestone is reached once,
// whatever becomes of the votes afterwards; while a tally is sealed none is, and
// at the end of the seal they are counted. Of several reached at one moment the
// highest is told of.
//
// It offers Changed and Run, which follow the votes, and Expire, which parks
// what is over. Every server may run them: the database decides who is first. It
// refuses to know what an idea says and how people are told.
package milestones
