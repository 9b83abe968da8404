// Package bus carries short messages between the servers of one board.
//
// It owns the connection they are heard on, how often this server speaks, and
// the messages' form. It offers New, Say, On, OnGap, Run and Up. It refuses to
// know what an idea or a session is: a subject and its keys are words to it.
//
// # What may be relied on
//
// A message is a hint: it says that something changed, never what it became.
// Whoever hears one asks the database. So a message that comes twice, late, in
// another order than it was said, or from a stranger costs a question and does
// no harm.
//
// What one server says, every other that is Up is told once or more, or its
// OnGap is called: after each (re)connection, the first included; when its own
// queue ran over; and when the speaker had more to say than it may keep or send
// at once. Speaking never waits: Say only notes the key. What cannot be sent
// now is kept, at most maxKeys per subject, and sent when the way is clear.
// What is still unsaid a second after Run was told to stop is lost, as it is
// when the server dies: whoever must not miss a thing also polls.
//
// # How it travels
//
// By PostgreSQL's NOTIFY on one channel of the board's database, in a statement
// of its own outside any transaction; or, with a NATS address, as a core message
// on "prosumer.<board>.bus". Which servers form a board is thus decided by the
// database, or by the NATS server together with Options.Board. The DSN must lead
// to PostgreSQL itself: through a pooler in transaction mode LISTEN hears
// nothing, which Up and the log then say.
//
// A server hears its own messages too, and ignores them, but that they come back
// is how it knows that it can hear and be heard. In silence it says an empty
// word every five seconds. When nothing comes back it connects anew.
//
// # Messages
//
// ASCII text of less than 8,000 bytes, PostgreSQL's limit. The first line is
// "prosumer/1 <server> <number> <said|gap>", each further line a subject and one
// or more keys, parted by single spaces. Anything else is dropped and logged.
package bus
