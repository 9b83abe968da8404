// Package merges puts two ideas that ask for the same together, and takes them
// apart again.
//
// It owns which idea went into which, who became a co-creator by it, and the
// rules of when it can be done. It offers Preview, Merge, Unmerge, and Part, which
// says what went where. Which votes are copied, and what they replaced, is a
// matter of votes.Carry and votes.GiveBack. It refuses to know how a vote is cast
// and how ideas are shown.
package merges
