package pages

import (
	"prosumer/internal/board"
	"prosumer/internal/ideas"
	"prosumer/internal/web/views"
)

// addRound gives the page of a challenge its picture, its feeds, its frame, and
// ways to pass it on.
func (p *Pages) addRound(v *views.ChallengeView) {
	slug := v.ChallengeCard.Slug
	v.ShareImage = p.BaseURL + withLang(views.ChallengeCardURL(slug), v.Lang)
	v.Alternates = append(p.alternates(v.Lang, v.ChallengeCard.Title, func(kind string) string { return views.ChallengeFeedURL(slug, kind) }), p.embedding(v.CanonicalURL, v.Lang, v.ChallengeCard.Title))
	v.Sharing = &views.Sharing{
		URL: v.CanonicalURL, Title: v.ChallengeCard.Title, Card: withLang(views.ChallengeCardURL(slug), v.Lang),
		Embed: views.EmbedCode(p.BaseURL+withLang(views.EmbedChallengeURL(slug), v.Lang), v.CanonicalURL, v.ShareImage, v.ChallengeCard.Title, views.EmbedWidth, views.EmbedChallengeHeight),
	}
}

// addFeeds names the feeds of the board, or of what it is narrowed to, and the
// one address of all orders of a list.
func (p *Pages) addFeeds(v *views.BoardView) {
	q := v.Query
	v.CanonicalURL = p.BaseURL + views.BoardURL(views.BoardQuery{Challenge: q.Challenge, Topic: q.Topic, Tag: q.Tag, Status: q.Status})
	switch {
	case q.Challenge != "" && v.Challenge != nil && v.Challenge.Phase != "coming":
		v.Alternates = p.alternates(v.Lang, v.Challenge.Title, func(kind string) string { return views.ChallengeFeedURL(q.Challenge, kind) })
	case q.Challenge != "":
	case q.Topic != "":
		v.Alternates = p.alternates(v.Lang, v.T("views.feeds.topic", "Name", topicName(v.Topics, q.Topic)), func(kind string) string { return views.TopicFeedURL(q.Topic, kind) })
	default:
		v.Alternates = p.alternates(v.Lang, v.T("views.feeds.board"), func(kind string) string { return "/feeds/board." + kind })
	}
}

func topicName(list []views.Topic, slug string) string {
	for _, t := range list {
		if t.Slug == slug {
			return t.Name
		}
	}
	return slug
}

// personFeeds names the feeds of somebody with a public profile.
func (p *Pages) personFeeds(s views.Shell, name, handle string) []views.Alternate {
	return p.alternates(s.Lang, s.T("views.feeds.person", "Name", name), func(kind string) string { return views.PersonFeedURL(handle, kind) })
}

// madeFeeds names the feeds of what came of ideas.
func (p *Pages) madeFeeds(s views.Shell) []views.Alternate {
	return p.alternates(s.Lang, s.T("views.feeds.made"), func(kind string) string { return "/feeds/made." + kind })
}

// productImage is the picture of a product for where its page is shared: its
// own, else the card of the idea it came of.
func (p *Pages) productImage(product board.ProductPage) string {
	if product.Picture != nil {
		return p.BaseURL + product.Picture.URL()
	}
	for _, idea := range product.Ideas {
		if idea.Status == ideas.Merged {
			continue
		}
		return p.BaseURL + views.IdeaCardURL(int64(idea.ID))
	}
	return ""
}
