package views

// Orders are the board's orders, as they stand on the page.
var Orders = []string{"trending", "newest", "votes", "unseen"}

// BoardView is the board: what was asked for, and one page of ideas.
type BoardView struct {
	Shell
	Query    BoardQuery
	Orders   []string // those on offer to this viewer; nil means all of Orders
	Topics   []Topic
	Statuses []string // those one may filter by
	Ideas    []IdeaCard
	Next     string // cursor of the next page; empty on the last
}

func (v BoardView) orders() []string {
	if v.Orders == nil {
		return Orders
	}
	return v.Orders
}

// order is how the list is sorted. A search has an order of its own, by how
// well an idea fits the words.
func (v BoardView) order() string {
	switch {
	case v.Query.Q != "":
		return "found"
	case v.Query.Order == "":
		return "trending"
	default:
		return v.Query.Order
	}
}

// filtered reports whether the list is narrowed in any way.
func (v BoardView) filtered() bool {
	q := v.Query
	return q.Q != "" || q.Tag != "" || q.Topic != "" || q.Status != ""
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
