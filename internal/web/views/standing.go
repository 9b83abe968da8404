package views

import (
	"strings"
	"time"
)

// EarnedBadge is something a person has to show for what they did, given by a rule.
type EarnedBadge struct {
	Name string // such as "adopted_5"
	At   time.Time
}

// LedgerLine is one entry of a standing's ledger.
type LedgerLine struct {
	Kind    string
	Points  int // below zero where it takes something back
	Worth   int // what it would have counted without the cap of its day
	At      time.Time
	Counter bool   // it takes an earlier entry back
	Undone  bool   // a later entry takes it back
	Title   string // what it was for, in its own words; empty where there is nothing to name
	URL     string // empty where there is nothing to look at
}

// LedgerDay is what one day brought.
type LedgerDay struct {
	Day   time.Time
	Sum   int
	Lines []LedgerLine
}

// word says what the entry is for.
func (l LedgerLine) word(s Shell) string { return s.T("views.standing.kind." + l.Kind) }

// figure writes points with their sign.
func (l LedgerLine) figure(s Shell) string { return signed(s, l.Points) }

func signed(s Shell, n int) string {
	if n < 0 {
		return "−" + s.N(-n)
	}
	return "+" + s.N(n)
}

// capped reports whether the cap of the day left something out.
func (l LedgerLine) capped() bool { return !l.Counter && l.Points < l.Worth }

// icon is the symbol of a badge.
func (b EarnedBadge) icon() string {
	name, _, _ := strings.Cut(b.Name, "_")
	switch name {
	case "first":
		return "lightbulb"
	case "adopted":
		return "package-check"
	case "launched":
		return "rocket"
	case "critic":
		return "message-square"
	case "co":
		return "users"
	case "joined":
		return "git-merge"
	case "scored":
		return "star"
	case "tested":
		return "flask-conical"
	case "built":
		return "git-branch"
	default:
		return "heart-handshake"
	}
}
