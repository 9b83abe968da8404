// Command drill breaks things on purpose and looks at what is left.
//
// It runs the built server on a PostgreSQL of its own, under load, kills what
// can be killed, and lets a journal of what clients were told decide: not the
// server's word. It writes bench/drills.md and bench/drills.json, and ends with
// 1 when a goal is missed.
package main
