package views

import "strconv"

// MergeURL is where the team merges an idea into another: GET chooses and looks
// (into), POST does it (into, note, back). into is a number or an address.
func MergeURL(id int64) string { return ideaBase(id) + "/merge" }

// MergeIntoURL looks at what merging an idea into another would come to.
func MergeIntoURL(id, into int64) string {
	return MergeURL(id) + "?into=" + strconv.FormatInt(into, 10)
}

// UnmergeURL takes a merged idea out again (POST back).
func UnmergeURL(id int64) string { return ideaBase(id) + "/unmerge" }

// MergedIdeaURL is the page that an idea had before it was merged: its own
// address leads on to the idea that it went into.
func MergedIdeaURL(id int64, slug string) string { return IdeaURL(id, slug) + "?merged=1" }
