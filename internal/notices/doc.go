// Package notices tells people what became of what they voted for, follow or
// made.
//
// It owns who follows an idea, the notices themselves, and that nobody is told
// of one fact twice. It offers Tell, which writes a fact with the change it
// speaks of, and what a relay needs to spread it and mail it. It refuses to know
// why something happened, and how a mail is worded or sent.
package notices
