package triage

import "time"

// Late gives what a query compares with to find what is overdue at a moment: the
// moment before which an idea came that should have had its answer by then, the
// same for decisions, and the day it is at the site, before which lie the days
// set by hand that are over.
func (t Terms) Late(now time.Time) (answer, decision, today time.Time) {
	return t.answerBefore(now), t.decisionBefore(now), t.day(now)
}
