package views

// What is somebody's own.
const (
	MineURL        = "/mine"
	MyDraftsURL    = "/mine/drafts"
	MyCommentsURL  = "/mine/comments"
	MyCoCreatedURL = "/mine/co-created"
	DataURL        = "/settings/data"
	ExportURL      = "/settings/data/export" // POST
	EraseURL       = "/settings/erase"
	KeepURL        = "/settings/erase/keep" // POST
)

// MyVotesQuery is which of somebody's votes a page shows. Empty fields are not in
// the address.
type MyVotesQuery struct {
	Stage     string // "open" or "decided"
	Kind      string // "support" or "score"
	Buy       bool   // only what they would buy
	Challenge string
	After     string
}

// MyVotesURLFor is the page of these votes.
func MyVotesURLFor(q MyVotesQuery) string {
	buy := ""
	if q.Buy {
		buy = "yes"
	}
	return address(MyVotesURL, "stage", q.Stage, "kind", q.Kind, "buy", buy, "challenge", q.Challenge, "after", q.After)
}
