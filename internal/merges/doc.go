// Package merges puts two ideas that ask for the same together, and takes them
// apart again.
//
// It owns which votes were copied and what they replaced, who became a
// co-creator by it, and the rules of when it can be done. It offers Merge and
// Unmerge. It refuses to know how a vote is cast and how ideas are shown.
package merges
