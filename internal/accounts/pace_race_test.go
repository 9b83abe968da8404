//go:build race

package accounts_test

// pace is every how many-th naughty string begins a request. The detector makes
// each many times dearer, and the others still come by in the further fields.
const pace = 40
