//go:build !race

package accounts_test

// pace is every how many-th naughty string begins a request.
const pace = 1
