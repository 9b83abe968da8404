// Package feed carries what changes to the sockets of this server.
//
// It owns the way from a change to the hub: from this server's own writer, from
// other servers over the bus, and, because either may be lost, from a look at
// the database every few seconds. It offers Snapshot for who begins to watch,
// and Tallies, Moved and Ended for what happened here. It refuses to know
// websockets, how a vote is written, and who may vote.
//
// Messages are hints: what is shown is read from the database, and one that is
// lost is made up for at the next look. An older tally never follows a newer.
package feed
