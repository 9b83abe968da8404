//go:build !race

package ideas_test

// pace is every how many-th naughty string begins a request.
const pace = 1
