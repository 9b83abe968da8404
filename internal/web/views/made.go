package views

import (
	"time"

	"prosumer/internal/clean"
	"prosumer/internal/web/views/ui"
)

// Stages are a product's stages on its way, in order; "stopped" stands apart.
var Stages = []string{"adopted", "designing", "prototype", "beta", "in_production", "launched"}

// MadeView lists what came of ideas.
type MadeView struct {
	Shell
	Stage    string       // the one chosen; empty for all
	Stages   []StageCount // those that a product is at; "" is all
	Products []ProductCard
	Next     string
}

// StageCount is how many products are at a stage.
type StageCount struct {
	Stage    string
	Products int
}

// ProductCard is a product in a list.
type ProductCard struct {
	ID       int64
	Slug     string
	Name     string
	Stage    string
	Cover    ui.Image
	By       []Person // credited, contributor first
	Voters   int      // of its ideas, as far as everybody may know
	TestedBy int
}

// ProductView is the page of one product.
type ProductView struct {
	Shell
	ID            int64
	Slug          string
	Name          string
	Stage         string
	Cover         ui.Image
	Sharing       *Sharing
	Story         clean.HTML
	Beats         []Beat
	Ideas         []IdeaCard // it came of these
	Credits       []Credit
	AdoptedAt     time.Time
	PipelineSince time.Time // zero: it was new to the company
	ShopURL       string
	Terms         clean.HTML // what the credited get; may be empty
	Rewards       []RewardRow
	TestedBy      int
	Beta          *Beta    // nil: no testers were asked for
	Verdict       *Verdict // nil: it was never launched
}

// Beat is a moment in the making of a product: a stage it reached, or a milestone.
type Beat struct {
	At      time.Time
	Stage   string // empty for a milestone
	Title   string // of a milestone
	Text    string // public words
	Picture ui.Image
	Ahead   bool // it is still to come
}

// Credit is a person's public due on a product.
type Credit struct {
	Person Person
	Role   string
	For    string // what for, in words
	Mine   bool   // the reader's own
}

// certified is the handle whose certificate everybody, or the reader, may see.
func (c Credit) certified() string { return c.Person.Handle }

// RewardRow is what somebody was given.
type RewardRow struct {
	ID     int64
	Person Person
	Text   string
	Amount string // with its currency; empty for none
	On     time.Time
	Mine   bool
}

// Beta is the test of a product by customers, as its reader may know it.
type Beta struct {
	Words    string
	Closes   time.Time
	Open     bool
	Places   int
	Taken    int
	Applied  int
	May      bool   // the reader may apply
	Status   string // of the reader's application; empty for none
	Offer    string // the words of it, as typed
	Reports  []Report
	Mine     ReportForm
	Reported bool // the reader did
	Errors   Errors
}

// Report is what a tester found.
type Report struct {
	By     Person
	Rating int
	Body   string
	Public bool
	At     time.Time
}

// ReportForm is a tester's report as typed.
type ReportForm struct {
	Rating string
	Body   string
	Public bool
	Errors Errors
}

// Verdict is what customers say of a launched product.
type Verdict struct {
	Counts []VerdictCount
	Total  int
	Said   []Said
	May    bool   // the reader may judge
	Mine   string // the reader's verdict
	Words  string
	Errors Errors
}

// VerdictCount is how many gave a verdict.
type VerdictCount struct {
	Verdict string
	Count   int
}

// Said is a verdict with its words.
type Said struct {
	By      Person
	Verdict string
	Words   string
	At      time.Time
}
