// Package comments is the talk about ideas.
//
// It owns the comments, their former versions, whom they name, the thanks given
// for them, and the talk of an idea as a whole: its counts and its lock. It
// offers saying, answering, editing and taking back; thanks; what moderators
// and the team do; lists that begin with what helped most; and the talk brought
// in from elsewhere. It refuses to know HTTP, who is told how, and what is made
// of a comment that is taken up.
package comments
