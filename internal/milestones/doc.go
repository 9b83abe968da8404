// Package milestones makes votes count for something: an open idea has its time,
// votes give it more, and the last milestone puts it under review.
//
// It owns the ladder, what was reached, and when an idea's time is over. It
// refuses to know what an idea says and how people are told.
package milestones
