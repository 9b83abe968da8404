// Package fault says what a refusal is.
//
// It owns the kinds of refusal and their wire-stable codes. It offers New and
// Of. It refuses to know HTTP: only the web floor turns a kind into a status.
package fault
