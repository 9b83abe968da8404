// Package triage is the team's own work on ideas: who looks after one, by when,
// private notes, saved views, moves of many at once, and how well the answer
// duty is kept.
//
// It refuses to know what the public sees, and how an idea moves: it asks
// internal/ideas.
package triage
