// Package accounts knows who is asking.
//
// It owns accounts, sessions, one-use links and API tokens. It offers sign-up,
// sign-in, the Actor of a request, profiles' own fields, and the commands of
// `server user` and `server token`. It refuses to know HTTP, ideas and votes.
package accounts
