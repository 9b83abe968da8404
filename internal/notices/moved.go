package notices

import (
	"fmt"

	"prosumer/internal/accounts"
	"prosumer/internal/ideas"
)

// moved are the moves that people are told of, with those who are. What a
// product's stage brought about is told by its product, a merge by the merge,
// and what somebody took back by nobody.
var moved = map[ideas.Status]Audience{
	ideas.UnderReview: Contributor | CoCreators | Followers | Voters,
	ideas.Shortlisted: Contributor | CoCreators | Followers | Voters,
	ideas.Declined:    Contributor | CoCreators | Followers | Voters,
	ideas.NeedsWork:   Contributor | CoCreators | Followers | Voters,
	ideas.Parked:      Contributor | CoCreators | Followers | Voters,
	ideas.Open:        Contributor | CoCreators | Followers | Voters,
}

// OfMove is what there is to tell of a move, or false. The board itself is
// heard when it parks an idea; that votes put one under review is told as the
// milestone it is.
func OfMove(m ideas.Moved, board accounts.ID) (Fact, bool) {
	also, told := moved[m.To]
	if !told || m.Past || m.History == 0 || m.From == ideas.Draft || m.From == ideas.Merged {
		return Fact{}, false
	}
	if m.From == ideas.Held { // nobody else has seen it yet
		also = Contributor
	}
	f := Fact{
		Kind: Decided, Key: fmt.Sprintf("move:%d", m.History), Idea: m.Idea, Also: also, But: m.By,
		Data: map[string]string{"status": string(m.To), "reason": string(m.Reason)},
	}
	if m.Undo {
		f.Data["undone"] = string(m.From)
	}
	if m.By == board {
		if m.To != ideas.Parked {
			return Fact{}, false
		}
		f.Kind, f.Data = Expired, nil
	}
	return f, true
}
