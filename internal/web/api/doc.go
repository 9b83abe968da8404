// Package api answers the JSON API, version 1.
//
// It owns the contract (openapi.yaml), from which package wire is made, and
// how what the domain knows is written there: the to_ files. It offers API, one
// handler for each operation, and the tally in the shape that the socket sends
// too. Which scope an operation needs is held in one place, mayRun; all other
// rights are the domain's. It refuses to know sessions and cookies, rate
// limits, and how a refusal becomes a status.
package api
