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
	History     int64       // names the move
	By          accounts.ID // who made it
	Reason      Reason      // of a refusal
	Undo        bool        // it takes a move back
	Past        bool        // dated back, by an import or the demo data: no news
}
