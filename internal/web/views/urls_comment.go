package views

import "strconv"

// TalkQuery is which part of an idea's talk a page shows. Empty fields are not
// in the address.
type TalkQuery struct {
	Order  string // "newest" or "oldest"; empty: the most useful first
	Kind   string
	Sides  bool  // for and against beside each other
	Thread int64 // only this thread; 0: all of them
	From   int64 // of it: from this reply on
	Reply  int64 // with the form that answers this comment
	After  string
}

func (q TalkQuery) address(base string) string {
	sides := ""
	if q.Sides {
		sides = "sides"
	}
	return address(base, "talk", q.Order, "kind", q.Kind, "view", sides, "thread", someID(q.Thread), "from", someID(q.From), "reply", someID(q.Reply), "more", q.After)
}

func someID(id int64) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

// TalkURL is the page of an idea with a part of its talk. With a form to answer it
// has no anchor: a browser gives no field the focus where an address has one.
func TalkURL(id int64, slug string, q TalkQuery) string {
	to := q.address(IdeaURL(id, slug))
	if q.Reply != 0 {
		return to
	}
	return to + "#talk"
}

// TalkPartURL is the same part of the talk by itself, for scripts.
func TalkPartURL(id int64, q TalkQuery) string { return q.address(ideaBase(id) + "/talk") }

// CommentsURL takes a new comment (POST body, kind, stance, answers).
func CommentsURL(id int64) string { return ideaBase(id) + "/comments" }

// TalkLockURL closes the talk of an idea, or opens it (POST act: lock or unlock).
func TalkLockURL(id int64) string { return ideaBase(id) + "/talk/lock" }

// CommentURL leads to a comment, wherever it stands now.
func CommentURL(id int64) string { return "/comments/" + id64(id) }

// ReplyURL is the page of an idea with the form that answers a comment.
func ReplyURL(id int64) string { return CommentURL(id) + "/reply" }

// EditCommentURL is the form of one's own comment (GET), and takes it (POST).
func EditCommentURL(id int64) string { return CommentURL(id) + "/edit" }

// CommentVersionsURL lists what a comment said before.
func CommentVersionsURL(id int64) string { return CommentURL(id) + "/versions" }

// ThankURL thanks for a comment (POST reason), or takes that back (POST act=retract).
func ThankURL(id int64) string { return CommentURL(id) + "/thanks" }

// RuleCommentURL does something with a comment (POST act: delete, hide, restore,
// pin, unpin, answered or unanswered).
func RuleCommentURL(id int64) string { return CommentURL(id) + "/act" }

// CommentAnchor is where a comment stands on its page.
func CommentAnchor(id int64) string { return "comment-" + id64(id) }

// HandlesURL offers whom a comment may name (GET q, idea).
const HandlesURL = "/comments/handles"
