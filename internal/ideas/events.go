package ideas

import "prosumer/internal/accounts"

// The facts this package announces through the outbox.
const (
	TopicMoved    = "ideas.moved"
	TopicPictured = "ideas.pictured"
)

// Moved says that an idea changed its status. From is Draft when it was
// submitted.
type Moved struct {
	Idea        ID
	Contributor accounts.ID
	From, To    Status
}

// Pictured says that an idea shows these pictures from now on.
type Pictured struct{ Images []string }
