// Package wire is the API's contract in Go: the shapes of openapi.yaml, the
// interface its handlers fill in, and the routes.
//
// It owns how a request's parameters are read and how an answer is spelled;
// wire.gen.go is generated and never edited. It offers ServerInterface,
// RegisterHandlersWithOptions and OperationOf. It refuses to know services,
// accounts and what any of it means.
package wire
