// Package apitest holds the API to its contract.
//
// It offers Check, which every API test calls with what was asked and
// answered, and keeps the contract itself in order by its own tests. It
// refuses to know handlers, so that it can judge all of them. Only tests
// import it.
package apitest
