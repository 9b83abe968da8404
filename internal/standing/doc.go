// Package standing computes what used contributions add up to.
//
// It owns the table standings, a first standing computed from ideas, votes and
// credits. It offers the points of each kind and the refresh of the people
// whose ideas changed. It refuses to know followers, posting and HTTP.
package standing
