package views

import (
	"prosumer/internal/clean"
	"prosumer/internal/web/views/ui"
)

// DeckView is the scoring deck of a challenge.
type DeckView struct {
	Shell
	Challenge Challenge
	Early     bool       // voting has not opened
	Late      bool       // voting has closed
	Entry     *DeckEntry // nil when none is left, and outside of voting
	Total     int        // entries to score, scored ones among them
	Scored    int
	Skipped   int
	Own       int    // entries of the reader, which are not in the deck
	Last      int64  // the entry that can be taken back; 0 for none
	Refusal   string // why the last vote was not taken
	WouldBuy  bool   // as it was ticked when it was refused
	Chosen    int    // the score that was refused
}

// DeckEntry is the entry that is up.
type DeckEntry struct {
	ID          int64
	Slug        string
	Title       string
	Contributor Person
	Story       clean.HTML
	Pictures    []ui.Image // the cover first
}

func (v DeckView) title() string { return v.T("views.deck.title", "Title", v.Challenge.Title) }

// progress says how far one is; the script says it again by the same sentence,
// with its own figures in the holes.
func (v DeckView) progress() string { return v.progressOf(v.N(v.Scored), v.N(v.Total)) }

func (v DeckView) progressForScript() string { return v.progressOf("{done}", "{total}") }

func (v DeckView) progressOf(done, total string) string {
	if v.Challenge.Score {
		return v.T("views.deck.progress", "Done", done, "Total", total)
	}
	return v.T("views.deck.progress_support", "Done", done, "Total", total)
}

// summary says what came of the deck.
func (v DeckView) summary() string {
	if v.Challenge.Score {
		return v.T("views.deck.scored", "Done", v.N(v.Scored), "Total", v.N(v.Total))
	}
	return v.T("views.deck.supported", "Done", v.N(v.Scored), "Total", v.N(v.Total))
}

// keysLine lists the keys for those who have some.
func (v DeckView) keysLine() string {
	if v.Challenge.Score {
		return v.T("views.deck.keys")
	}
	return v.T("views.deck.keys_support")
}
