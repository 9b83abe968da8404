package views

import (
	"net/url"
	"strconv"
)

// DeckURL is the scoring deck of a challenge: GET shows the next entry, POST
// takes a score of one.
func DeckURL(slug string) string { return ChallengesURL + "/" + url.PathEscape(slug) + "/score" }

// DeckAtURL is the deck with an entry up. last is the one that the member was
// done with before, which can be undone; 0 stands for none.
func DeckAtURL(slug string, entry, last int64) string {
	number := func(n int64) string {
		if n == 0 {
			return ""
		}
		return strconv.FormatInt(n, 10)
	}
	return address(DeckURL(slug), "entry", number(entry), "last", number(last))
}

// DeckSkipURL passes over an entry (POST).
func DeckSkipURL(slug string) string { return DeckURL(slug) + "/skip" }

// DeckUndoURL takes back a score or a skip (POST).
func DeckUndoURL(slug string) string { return DeckURL(slug) + "/undo" }

// DeckAgainURL offers what was skipped again (POST).
func DeckAgainURL(slug string) string { return DeckURL(slug) + "/again" }
