// Package sharing is how word of an idea travels, and what came of it.
//
// It owns the codes in members' links and the count of the votes that came by
// one, the press that draws cards, and feeds as Atom and JSON write them. It
// offers Code, BroughtPart, Service.Card and Feed. It stores nothing: a code
// follows from the site's secret, and the vote that it led to keeps it. It
// refuses to know pages, addresses and who may see what: it writes down what it
// is given.
package sharing
