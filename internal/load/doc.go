// Package load brings a board to a size that is worth measuring.
//
// It owns the reading of Threadless's table of designs, the ballots that a
// design's aggregates stand for, and the large made-up set. It offers Replay,
// which casts those ballots through the vote service and can be interrupted and
// resumed, and Seed, which fills an empty board with ideas and votes by COPY. It
// refuses to know HTTP and terminals, and it guesses nothing: a row that
// contradicts itself is reported by its line and left alone. Like package
// fixture it writes times of the past, which no service offers.
package load
