// Package insights sums up how the board does: what became of ideas, how votes
// and ideas come in, on which topics, and how concentrated the support is.
//
// It owns the reports and how long they are kept. It offers one report a period.
// It refuses to know single people: a report holds counts and shares alone.
package insights
