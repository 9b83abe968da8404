// Package live carries what changes to whoever is looking at it.
//
// It owns the hub: who watches which topic, the newest value each of them still
// has to hear, and the websocket connections themselves. It offers New, Latest
// and Event for what changed, Here, Watched and Stats for who looks on, Admit and
// Serve for a connection, EndSession, EndAccount and Close for its end, and
// NonBlocking for the connection under a websocket. It refuses to know what an idea or a vote
// is, who may see a topic (Options.Snapshot says so), and any web framework.
//
// # How it moves
//
// One loop writes all data to all sockets. It never blocks: a write that does
// not fit into the kernel's buffer leaves its tail with the connection, and what
// changes meanwhile only marks the connection's topics stale. There is no queue
// per connection. Once the tail is gone a fresh snapshot of the stale topics is
// asked for, and permission with it. All who hear the same in a round share one
// frame, made once, and get it with one write. Each connection costs one
// goroutine, which reads, with the smallest stack and no buffer while it waits:
// for that, and for one write per round, websocket frames are read and written
// here, and gorilla does the handshake only. Snapshots are asked for by a few workers, never by the loop. A topic
// being asked for gets nothing else until its snapshot is out, so that nobody
// sees a topic before Snapshot has allowed it.
//
// # Messages
//
// Text frames with one JSON object. From the client {"watch":[...]} and
// {"unwatch":[...]}, or both, unwatch first. "me" means the signed-in account's
// own topic. Watching a topic again asks for a fresh snapshot. To the client one
// kind per frame: {"<kind>":[item,...]}, or {"<kind>":item} for here and the
// kinds of Options.Single, and {"refused":[{"topic":"idea:9","code":"..."}]}
// with these codes:
//
//	not_found    no such topic, or not for you
//	sign_in      "me" without an account
//	too_many     more topics than Options.MaxTopics
//	unavailable  cannot be answered now: watch it again later
//
// # Close codes
//
//	code  sent when                                    come back?
//	1002  a broken frame                               no: the client is at fault
//	1003  a binary message                             no: the client is at fault
//	1008  a message that is not one of the above       no: the client is at fault
//	1009  a message over Options.MessageLimit          no: the client is at fault
//	1011  the server failed on this connection         yes, after a random wait
//	1012  the server restarts; reason "spread=10"      yes, after a random wait of up to that many seconds
//	1013  too many sockets of one account or address   yes, after half a minute or more
//	4001  signed out, banned, or the role changed      not as this person: load the page again first
//	4008  more messages than Options.MessageRate       yes, after ten seconds or more
//
// A reader that is stuck for Options.StuckAfter, or silent for a ping and a pong,
// is cut without a code, which a browser reports as 1006: come back after a
// random wait, as after any lost connection.
package live
