package ideas

import "prosumer/internal/accounts"

// TopicMoved is the fact this package announces through the outbox: Moved.
const TopicMoved = "ideas.moved"

// Moved says that an idea changed its status. From is Draft when it was
// submitted.
type Moved struct {
	Idea        ID
	Contributor accounts.ID
	From, To    Status
}
