// Package shortlists is the team's closer look: a named list of ideas in an
// order, with the crowd's figures beside the team's own score cards, and the
// decisions prepared on it.
//
// It owns lists, criteria, cards and prepared decisions, and that a reviewer
// sees no other card before handing in their own. It reads votes and tallies
// for its figures; it refuses to know how votes are cast and what a decision
// means for an idea.
package shortlists
