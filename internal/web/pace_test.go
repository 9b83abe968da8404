//go:build !race

package web_test

// pace is every how many-th naughty string begins a request.
const pace = 1

// raced says that the detector is on.
const raced = false
