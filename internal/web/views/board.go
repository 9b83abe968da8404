package views

// Orders are the board's orders, as they stand on the page.
// By score stands only in a challenge that asks for scores.
var Orders = []string{"trending", "rising", "newest", "votes", "unseen"}

// BoardView is the board: what was asked for, and one page of ideas.
type BoardView struct {
	Shell
	Query     BoardQuery
	Challenge *Challenge     // what the list is narrowed to; nil for the whole board
	Running   *ChallengeCard // what one can take part in now, on the front page; nil for none
	Topics    []Topic
	Statuses  []string // those one may filter by
	Ideas     []IdeaCard
	Next      string // cursor of the next page; empty on the last

	Follow        Follow // of the topic it is narrowed to
	NewcomerEvery int    // on the whole board by what trends, one card in so many is a newcomer; 0 for none
}

func (v BoardView) orders() []string {
	if v.Challenge != nil {
		return v.Challenge.orders()
	}
	return Orders
}

// order is how the list is sorted. A search has an order of its own, by how
// well an idea fits the words.
func (v BoardView) order() string {
	switch {
	case v.Query.Q != "":
		return "found"
	case v.Query.Order != "":
		return v.Query.Order
	case v.Challenge != nil:
		return v.Challenge.UsualOrder()
	default:
		return "trending"
	}
}

// filtered reports whether the list is narrowed in any way.
func (v BoardView) filtered() bool {
	q := v.Query
	return q.Q != "" || q.Tag != "" || q.Topic != "" || q.Status != "" || q.Challenge != ""
}

// newcomers reports whether the list has ideas in it that few have seen.
func (v BoardView) newcomers() bool {
	return v.NewcomerEvery > 1 && !v.filtered() && v.order() == "trending"
}

// front reports whether this is the plain first page, where a visitor is told
// what the place is.
func (v BoardView) front() bool {
	return !v.filtered() && v.Query.After == "" && v.Query.Order == ""
}

func (v BoardView) with(change func(*BoardQuery)) string {
	q := v.Query
	q.After = ""
	change(&q)
	return BoardURL(q)
}

func (v BoardView) topicName() string {
	for _, t := range v.Topics {
		if t.Slug == v.Query.Topic {
			return t.Name
		}
	}
	return v.Query.Topic
}

// heading says in one line what the list shows.
func (v BoardView) boardHeading() string {
	switch {
	case v.Challenge != nil:
		return v.Challenge.Title
	case v.Query.Q != "":
		return v.T("views.board.found", "Query", v.Query.Q)
	case v.Query.Tag != "":
		return v.T("views.board.tagged", "Tag", v.Query.Tag)
	case v.Query.Topic != "":
		return v.T("views.board.on_topic", "Topic", v.topicName())
	default:
		return v.T("views.board.title")
	}
}
