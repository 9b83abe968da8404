package views

import "strconv"

// TakeUpURL takes a comment up into its idea (POST what_for, text: now, written or
// later), or takes that back (POST act=undo).
func TakeUpURL(comment int64) string { return CommentURL(comment) + "/take-up" }

// WorkInURL is the form of an idea into which something taken up is worked.
func WorkInURL(idea, taken int64) string {
	return address(EditIdeaURL(idea), "taken", strconv.FormatInt(taken, 10))
}

// InviteURL invites a co-creator (POST handle, what_for).
func InviteURL(idea int64) string { return ideaBase(idea) + "/invite" }

// LeaveIdeaURL takes one's own name off an idea (POST).
func LeaveIdeaURL(idea int64) string { return ideaBase(idea) + "/leave" }

// InvitationURL answers an invitation or takes it back (POST act: accept, decline
// or withdraw).
func InvitationURL(id int64) string { return "/invitations/" + strconv.FormatInt(id, 10) }

// BuildOnURL is the form of an idea that builds on another.
func BuildOnURL(idea int64) string {
	return address(ProposeURL, "of", strconv.FormatInt(idea, 10))
}
