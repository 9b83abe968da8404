//go:build !race

package api_test

// pace is every how many-th naughty string begins a request.
const pace = 1
