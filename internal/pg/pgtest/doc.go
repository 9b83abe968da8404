// Package pgtest gives every test a migrated database of its own.
//
// It owns the server that tests run on and the template their databases are
// cloned from. It offers Main, New, NewWithDSN, Empty and Counted. It refuses to know
// what the tests are about; it is imported by tests only.
package pgtest
