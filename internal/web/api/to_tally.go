package api

import (
	"encoding/json"
	"fmt"

	"prosumer/internal/votes"
	"prosumer/internal/web/api/wire"
)

// TallyOf is a tally as the contract writes it.
func TallyOf(t votes.Tally) wire.Tally {
	var written wire.Tally
	if err := written.FromOpenTally(openTally(t)); err != nil {
		panic(fmt.Sprintf("a tally is not JSON: %v", err)) // numbers always are
	}
	return written
}

// TallyJSON is the same as TallyOf, in bytes: what the socket sends.
func TallyJSON(t votes.Tally) json.RawMessage {
	written, err := json.Marshal(openTally(t))
	if err != nil {
		panic(fmt.Sprintf("a tally is not JSON: %v", err))
	}
	return written
}

// openTally has no scores yet: every ballot of the open board is support.
func openTally(t votes.Tally) wire.OpenTally {
	return wire.OpenTally{
		Idea: int64(t.Idea), Voters: t.Voters, Staff: t.Staff, Scores: make([]int, 5), WouldBuy: t.WouldBuy, Revision: t.Revision,
	}
}
