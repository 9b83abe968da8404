// Package notices tells people what became of what they voted for, follow or
// made.
//
// It owns who follows an idea, the notices themselves, and who wants mail. It
// offers Tell, which writes a fact with the change it speaks of; Spread, which a
// relay calls to make notices of it, a page of readers at a time; and Letter and
// Mailed, between which a relay sends the mail. A notice is one fact told to one
// person, and its key holds that nobody hears of one fact twice.
//
// A mail is marked as sent after the mail server has taken it. So a server that
// is away or answers with an error loses nothing; one that takes a mail and
// whose answer is lost gets it again, under the same Message-ID. Whether its
// reader may still see the idea and wants mail is asked at that moment.
//
// It refuses to know why something happened, and how a notice is worded or sent.
package notices
