//go:build race

package web_test

// pace is every how many-th naughty string begins a request. The detector makes
// each many times dearer, and the others still come by in the further fields.
const pace = 40

// raced says that the detector is on.
const raced = true
