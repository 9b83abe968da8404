package views

// The search across everything on the board.
const (
	SearchURL  = "/search"
	SuggestURL = "/search/suggest" // what the box offers while somebody types
)

// SearchFor is what the search finds for words: in everything, or in one realm.
func SearchFor(q, in, after string) string {
	return address(SearchURL, "q", q, "in", in, "after", after)
}
