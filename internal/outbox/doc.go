// Package outbox delivers facts at least once.
//
// It owns the table outbox. A fact is written with Put in the transaction of
// the change it tells of, and a Relay hands it to its listeners after the
// commit, with growing pauses after a failure and a dead letter at the end. A
// fact whose topic no relay listens to waits until one does. It refuses to know
// what any fact means.
package outbox
