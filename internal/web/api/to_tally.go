package api

import (
	"encoding/json"
	"fmt"

	"prosumer/internal/challenges"
	"prosumer/internal/votes"
	"prosumer/internal/web/api/wire"
	"prosumer/internal/web/views"
)

// TallyOf is a tally as the contract writes it. One under a seal loses its
// figures here, whoever left them in: votes.Tally.Seen lifts the seal for those
// who may see them.
func TallyOf(t votes.Tally) wire.Tally {
	var written wire.Tally
	var err error
	if t.Seal != challenges.Unsealed {
		err = written.FromSealedTally(sealedTally(t))
	} else {
		err = written.FromOpenTally(openTally(t))
	}
	if err != nil {
		panic(fmt.Sprintf("a tally is not JSON: %v", err)) // numbers always are
	}
	return written
}

// TallyJSON is the same as TallyOf, in bytes: what the socket sends.
func TallyJSON(t votes.Tally) json.RawMessage {
	var tally any = openTally(t)
	if t.Seal != challenges.Unsealed {
		tally = sealedTally(t)
	}
	written, err := json.Marshal(tally)
	if err != nil {
		panic(fmt.Sprintf("a tally is not JSON: %v", err))
	}
	return written
}

func sealedTally(t votes.Tally) wire.SealedTally {
	return wire.SealedTally{Idea: int64(t.Idea), Sealed: true}
}

// meanParts is how fine the contract tells a mean: in hundredths.
const meanParts = 100

func openTally(t votes.Tally) wire.OpenTally {
	open := wire.OpenTally{
		Idea: int64(t.Idea), Voters: t.Voters, Staff: t.Staff, Scores: t.Scores[:], WouldBuy: t.WouldBuy, Revision: t.Revision,
	}
	if n, ok := views.MeanIn(meanParts, t.Scores); ok {
		mean := float64(n) / meanParts
		open.Mean = &mean
	}
	return open
}
