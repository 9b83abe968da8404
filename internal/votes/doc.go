// Package votes owns votes, tallies and what the orders rank by.
//
// It owns votes, tallies, ranks and the votes that wait for a confirmed
// address. It offers Cast, Retract, tallies and the recount. A vote is
// acknowledged only after its commit; the tally in the database equals its
// votes at every commit. It refuses to know HTTP, HTML and the socket.
package votes
