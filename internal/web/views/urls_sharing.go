package views

import "net/url"

// Addresses of what travels outside: pictures, embeds, feeds.
const (
	OEmbedURL   = "/oembed"
	SitemapURL  = "/sitemap.xml"
	BoardAtom   = "/feeds/board.atom"
	BoardJSON   = "/feeds/board.json"
	MadeAtom    = "/feeds/made.atom"
	MadeJSON    = "/feeds/made.json"
	topicFeeds  = "/feeds/topics/"
	contestFeed = "/feeds/challenges/"
	peopleFeeds = "/feeds/people/"
	ideaFeeds   = "/feeds/ideas/"
)

// IdeaCardURL is the picture of an idea with its live number.
func IdeaCardURL(id int64) string { return "/cards/ideas/" + id64(id) + ".png" }

// ChallengeCardURL is the picture of a challenge.
func ChallengeCardURL(slug string) string {
	return "/cards/challenges/" + url.PathEscape(slug) + ".png"
}

// PersonCardURL is the picture of a person and their best idea. It answers 404
// for whoever has no public profile.
func PersonCardURL(handle string) string { return "/cards/people/" + url.PathEscape(handle) + ".png" }

// ShareURL is the page with every way to pass an idea on.
func ShareURL(id int64) string { return "/ideas/" + id64(id) + "/share" }

// PosterURL is an idea as a page to print.
func PosterURL(id int64) string { return "/ideas/" + id64(id) + "/poster" }

// EmbedIdeaURL is an idea as other sites show it in a frame.
func EmbedIdeaURL(id int64) string { return "/embed/ideas/" + id64(id) }

// EmbedChallengeURL is a challenge as other sites show it in a frame.
func EmbedChallengeURL(slug string) string { return "/embed/challenges/" + url.PathEscape(slug) }

// TopicFeedURL is the feed of a topic; kind is "atom" or "json".
func TopicFeedURL(slug, kind string) string { return topicFeeds + url.PathEscape(slug) + "." + kind }

// ChallengeFeedURL is the feed of a challenge; kind is "atom" or "json".
func ChallengeFeedURL(slug, kind string) string {
	return contestFeed + url.PathEscape(slug) + "." + kind
}

// PersonFeedURL is the feed of what somebody proposed; kind is "atom" or "json".
func PersonFeedURL(handle, kind string) string {
	return peopleFeeds + url.PathEscape(handle) + "." + kind
}

// IdeaFeedURL is the feed of an idea's answers and moves; kind is "atom" or "json".
func IdeaFeedURL(id int64, kind string) string { return ideaFeeds + id64(id) + "." + kind }
